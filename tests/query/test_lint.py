"""The lint of queries: leading and payment wording, and what a query must have."""

from __future__ import annotations

import pytest

from notecheck.errors import InputError
from notecheck.query.lint import lint_text

GOOD = """\
Subject: The bone in this operation
From the record: "The description ends with skin closure."
What, if anything, was done to the bone?
[ ] cut, length ___
[ ] smoothed only
[ ] other: ___
[ ] unable to determine
"""


def rules(text: str) -> list[str]:
    return [fault.rule for fault in lint_text(text, "query.txt")]


def asking(sentence: str) -> str:
    return GOOD.replace("What, if anything, was done to the bone?", sentence)


def test_a_good_query_passes() -> None:
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "What was done to the bone, so the claim is paid?",
        "What was done to the bone? The payer will deny it otherwise.",
        "What was done? Reimbursement depends on it.",
        "What was done to the bone? This affects the DRG.",
        "What was done to the bone? It is worth $660.",
        "What was done to the bone? 27596 pays more.",
        "What was done? Medicare asks.",
        "What was done to the bone? Our quality score suffers.",
        "Which code fits best?",
    ],
)
def test_payment_is_refused(sentence: str) -> None:
    assert "payment" in rules(asking(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Please document that the femur was cut. What was the length?",
        "Would you agree that the femur was cut?",
        "The femur was cut, wasn't it?",
        "The note must state that bone was resected. Where?",
        "What was done to the bone to support re-amputation?",
        "We believe the femur was cut. Where?",
        "The bone was obviously cut. Where?",
        "Please confirm the bone cut: where was it?",
    ],
)
def test_leading_is_refused(sentence: str) -> None:
    assert "leading" in rules(asking(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Kindly addend the length of bone. What was it?",
        "The femur was shortened, correct?",
        "The stump was infected, right?",
        "The culture suggests osteomyelitis. What was found?",
        "The findings are consistent with an abscess. What was it?",
    ],
)
def test_confirming_is_refused(sentence: str) -> None:
    assert "confirming" in rules(asking(sentence))


def test_a_question_of_sides_confirms_nothing() -> None:
    assert rules(asking("On which side was the operation, left or right?")) == []


@pytest.mark.parametrize("sentence", ["Was the femur cut?", "Did you resect bone?"])
def test_yes_or_no_is_refused(sentence: str) -> None:
    assert "yes-no" in rules(asking(sentence))


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("[ ] other: ___\n", "", "no-other"),
        ("[ ] unable to determine\n", "", "no-unable"),
        ('"The description ends with skin closure."', "the description", "no-indicator"),
        ("was done to the bone?", "was done to the bone.", "no-question"),
        ("Subject: The bone", "Subject: Bone smoothed only", "subject"),
    ],
)
def test_what_a_query_must_have(old: str, new: str, rule: str) -> None:
    assert old in GOOD
    assert rules(GOOD.replace(old, new)) == [rule]


def test_the_records_own_words_are_not_held_against_a_query() -> None:
    quoted = '"Claim denied; please document the femur was cut. Wasn\'t it?"'
    assert rules(GOOD.replace('"The description ends with skin closure."', quoted)) == []


def test_a_fault_names_its_line() -> None:
    (fault,) = lint_text(asking("Was the femur cut?"), "query.txt")
    assert str(fault).startswith("query.txt:3: yes-no: ")


def test_several_queries_in_one_file_are_judged_apart() -> None:
    two = GOOD.replace("Subject:", "Query 1 of 2:") + GOOD.replace("Subject:", "Query 2 of 2:")
    assert rules(two) == []
    lacking = two.replace("[ ] other: ___\n", "", 1)
    assert [str(fault).partition(":")[2] for fault in lint_text(lacking, "q")] == [
        "1: no-other: the options have no `other`"
    ]


@pytest.mark.parametrize("text", ["", " \n", "{}", '{"schema": "notecheck.queries/1"}', "{oops"])
def test_what_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^q.json: "):
        lint_text(text, "q.json")


@pytest.mark.parametrize(
    "subject",
    [
        "Osteomyelitis", "Infected stump", "Resection of the femur", "Missing level of the cut",
        "Myodesis at the end of the stump", "Support for a re-amputation",
    ],
)  # fmt: skip
def test_a_title_that_names_a_finding_is_refused(subject: str) -> None:
    assert "titled" in rules(GOOD.replace("The bone in this operation", subject))
    assert "titled" not in rules(GOOD.replace("skin closure", subject))


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Please amend the note: what was cut?", "leading"),
        ("Pls confirm what was cut. Where was it?", "leading"),
        ("The left side. Agree?", "leading"),
        ("Should the report read left, or what side?", "leading"),
        ("You failed to tell the length. What was it?", "blaming"),
        ("What was found, to capture severity?", "payment"),
    ],
)
def test_orders_blame_and_scores_are_refused(sentence: str, rule: str) -> None:
    assert rule in rules(asking(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Could you please clarify what was done to the bone?",
        "Was the wound present when she was admitted?",
        "Please document your clinical judgment. What was the state of the bone?",
        "Can you further specify the place of the cut?",
    ],
)
def test_polite_and_permitted_questions_pass(sentence: str) -> None:
    assert rules(asking(sentence)) == []


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("confirming", "The femur was cut, was it? How long was the piece?"),
        ("confirming", "Confirm the length. What was it?"),
        ("confirming", "Blood was seen, therefore bone was cut. What was done?"),
        ("leading", "Please go ahead and document the cut. What was done?"),
        ("leading", "It appears that bone was cut. What was done?"),
        ("leading", "We need you to add the cut. What was done?"),
        ("leading", "I am certain that bone was cut. What was done?"),
        ("leading", "Fuller words would help. What was done?"),
        ("leading", "The correct level is higher. What was done?"),
        ("leading", "State the level as proximal. What was done?"),
        ("blaming", "Your report lacks the bone. What was done?"),
        ("yes-no", "Could you clarify that the femur was cut?"),
        ("yes-no", "Would you document a cut of the femur?"),
        ("payment", "This avoids a downgrade. What was done?"),
    ],
)
def test_newer_ways_to_lead_are_refused(rule: str, sentence: str) -> None:
    assert rule in rules(asking(sentence))


@pytest.mark.parametrize("label", ["Query", "Title", "Topic", "RE"])
def test_a_title_by_any_label_names_no_finding(label: str) -> None:
    titled = GOOD.replace("Subject: The bone in this operation", f"{label}: osteomyelitis.")
    assert rules(titled) == ["titled"]


def test_a_subject_may_say_what_the_record_says() -> None:
    text = GOOD.replace("The bone in this operation", "The smoothed bone")
    text = text.replace("[ ] smoothed only", "[ ] smoothed")
    assert rules(text) == ["subject"]
    assert rules(text.replace("skin closure", "the bone was smoothed")) == []


def test_a_refusing_option_gives_no_answer_away() -> None:
    text = GOOD.replace("The bone in this operation", "Significance of the finding")
    assert rules(text.replace("[ ] smoothed only", "[ ] no significance")) == []


def test_clinically_undetermined_is_unable_to_determine() -> None:
    assert rules(GOOD.replace("unable to determine", "clinically undetermined")) == []
