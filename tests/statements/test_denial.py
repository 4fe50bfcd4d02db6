"""A denial reaches what it denies and no further."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = "OPERATION: Revision of left above-knee amputation.\nDESCRIPTION: The femur was cut. {}\n"


def told(statement: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The closures of the report, and those seen and not counted with the reason."""
    report = check(NOTE.format(statement), code="27596")
    counted = {fact.value for fact in report.facts.reconstruction}
    return counted, {(item.value, item.reason) for item in report.excluded}


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("Equal anterior and posterior flaps were raised, cautery not required.", "flap"),
        ("With no drain the fascia was closed.", "fascial_closure"),
        ("We began by planning a fish-mouth incision.", "flap"),
        ("The nerve could not be found and the fascia was closed.", "fascial_closure"),
        ("The fascia was closed without tension.", "fascial_closure"),
        ("Once the vessels had been tied the fascia was closed.", "fascial_closure"),
        ("The wound was left open for a second look on Monday.", "left_open"),
        ("Packed open, not safe to close.", "left_open"),
        ("The quadriceps was sewn to the hamstrings and was not closed tightly.", "myoplasty"),
        ("The quadriceps was sewn to the hamstrings, tension: none.", "myoplasty"),
        ("We closed the fascia rather than leave the wound open.", "fascial_closure"),
        ("A myodesis was not possible, so the quadriceps was sewn to the hamstrings.", "myoplasty"),
        ("Skin that would not meet was closed with staples all the same.", "layered_closure"),
    ],
)
def test_what_is_not_denied_counts(statement: str, value: str) -> None:
    assert value in told(statement)[0]


@pytest.mark.parametrize(
    ("statement", "value", "reason"),
    [
        ("No myodesis was done.", "myodesis", "negated"),
        ("Myodesis was attempted but did not hold.", "myodesis", "negated"),
        ("We were unable to close the fascia.", "fascial_closure", "negated"),
        ("The quadriceps was too frail to be sewn to the hamstrings.", "myoplasty", "negated"),
        ("No wound vac was put on.", "negative_pressure", "negated"),
        ("Debridement: none.", "performed", "negated"),
        ("The tissue looked healthy, and nothing had to be debrided.", "performed", "negated"),
        ("The skin could not be stapled.", "layered_closure", "negated"),
        (
            "The hamstrings were swung up and were not sewn into the rectus over the bone.",
            "myoplasty",
            "negated",
        ),
        ("We considered a myodesis.", "myodesis", "hypothetical"),
        ("Back on Monday for myoplasty.", "myoplasty", "planned"),
    ],
)
def test_what_is_denied_is_seen_and_not_counted(statement: str, value: str, reason: str) -> None:
    counted, seen = told(statement)
    assert value not in counted
    assert (value, reason) in seen


@pytest.mark.parametrize(
    "statement",
    [
        "The groin incision was closed in layers.",
        "The wound at the harvest site was stapled.",
        "The fascia of the abdominal wound was closed.",
        "His first operation on 3/14 left the wound open.",
        "He came with a wound VAC.",
        "The wound has never closed.",
        "The old split-thickness graft had broken down.",
    ],
)
def test_another_wound_or_day_is_no_closure_of_today(statement: str) -> None:
    assert not told(statement)[0]


def test_what_describes_a_thing_of_a_denied_verb_is_denied_with_it() -> None:
    statement = "The hamstrings were {}sewn to the femur through drill holes placed below the stem."
    assert "myodesis" in told(statement.format(""))[0]
    assert "myodesis" not in told(statement.format("not "))[0]


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ("The adductor would be sewn to the femur through drill holes.", set()),
        ("The wound would be left open and packed.", set()),
        ("The muscle would have been closed over the bone.", set()),
        ("The hamstrings could have been sutured to the femur.", set()),
        ("There was no soft tissue left that could have been closed over the bone.", set()),
        ("The muscle could be closed over the bone without tension.", {"myoplasty"}),
        ("It would have slid off, so the adductor was sewn to the femur.", {"myodesis"}),
        ("The adductor was sewn to the femur, as it would have slid off.", {"myodesis"}),
        ("Had the flaps been dead, we would have left the wound open.", set()),
        ("The adductor was too short to be tied to the femur.", set()),
        ("The bone was cut so a long posterior flap would fold over it.", {"flap"}),
        ("So that it would not slip the adductor was sewn to the femur.", {"myodesis"}),
        ("The flaps would not meet, and so the wound was left open and packed.", {"left_open"}),
    ],
)
def test_what_is_only_supposed_is_not_done(told: str, values: set[str]) -> None:
    note = f"PROCEDURE: Revision of left above-knee amputation\nDESCRIPTION: {told}"
    assert {fact.value for fact in check(note, code="27596").facts.reconstruction} == values


@pytest.mark.parametrize(
    "told",
    [
        "I cut the femur and the skin was closed.",
        "We then divided the femur and the muscle was short.",
        "We cut the femur so that the muscle would cover it.",
    ],
)
def test_what_a_person_does_something_to_is_no_subject_of_the_next_verb(told: str) -> None:
    note = f"PROCEDURE: Revision of left above-knee amputation\nDESCRIPTION: {told}"
    assert check(note, code="27596").facts.bone_resected.value is True
