"""Which contexts reach which mentions: direction, reach, facts, and the strongest of several."""

from __future__ import annotations

import pytest

from notecheck.models import Document
from notecheck.pipeline.all_cues import AllCues
from notecheck.pipeline.analyse import pipeline
from notecheck.pipeline.context import ContextFinder
from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.pipeline.section import Section
from notecheck.rules.model import ContextRecord


def record(
    rule_id: str, reason: str, direction: str, *literals: str, **more: object
) -> ContextRecord:
    return ContextRecord.model_validate(
        {"id": rule_id, "reason": reason, "direction": direction, "literals": literals, **more}
    )


CUES = AllCues(
    [
        record("before", "negated", "FORWARD", "no", "not"),
        record("after", "negated", "BACKWARD", "was absent", max_scope=3),
        record("if", "hypothetical", "FORWARD", "if"),
        record("planned", "planned", "FORWARD", "will need", facts=["graft"]),
        record("history", "history", "FORWARD", "old", not_facts=["prior"]),
        record("short", "history", "FORWARD", "earlier", max_scope=2),
        record("other", "other_limb", "BIDIRECTIONAL", "opposite", max_scope=4),
        record("two-ways", "planned", "FORWARD", "deferred"),
        record("two-ways.after", "negated", "BACKWARD", "deferred", max_scope=2),
        record("stop", "terminate", "TERMINATE", "but", ";"),
        record("reason", "terminate", "TERMINATE", "because", spares_reasons=["other_person"]),
        record("person", "other_person", "FORWARD", "his|her uncle (in law)", unless_then=["saw"]),
        record("pseudo", "none", "PSEUDO", "not only"),
        record("weighed", "hypothetical", "BACKWARD", "was weighed", only_then=[",", "at"]),
        record(
            "letter",
            "quoted_report",
            "FORWARD",
            "speaks of",
            only_after=["letter"],
            only_before=["but", "; none"],
            unless_between=["we"],
        ),
        record("healed", "history", "BACKWARD", "it healed", max_scope=12, unended=True),
        record(
            "after-all",
            "restored",
            "BACKWARD",
            "and did so",
            "is back",
            unended=True,
            restores=["hypothetical", "history"],
        ),
    ]
)
FINDER = ContextFinder(CUES)


def reasons(*sentences: str, fact: str = "graft") -> list[str | None]:
    """The reasons of the words in capitals, each the one mention of its kind in the text."""
    text = "\n".join(sentences)
    whole = Section(0, 0, len(text), None)
    mentions: list[Mention] = []
    start = 0
    for index, words in enumerate(sentences):
        sentence = Sentence(index, start, start + len(words), whole)
        place = start
        for word in words.split(" "):
            bare = word.strip(".,;")
            if len(bare) > 1 and bare.isupper():
                mentions.append(Mention("r", fact, "v", place, place + len(bare), sentence))
            place += len(word) + 1
        start += len(words) + 1
    FINDER.apply(text.lower(), mentions)
    return [mention.reason for mention in mentions]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("a GRAFT was used", [None]),
        ("no GRAFT was used", ["negated"]),
        ("GRAFT no", [None]),
        ("no drain but a GRAFT", [None]),
        ("no drain ; a GRAFT", [None]),
        ("no GRAFT but a FLAP", ["negated", None]),
        ("not only a GRAFT", [None]),
        ("GRAFT was absent", ["negated"]),
        ("GRAFT that we had so much wanted was absent", [None]),
        ("if so a GRAFT", ["hypothetical"]),
        ("will need a GRAFT", ["planned"]),
        ("an earlier GRAFT", ["history"]),
        ("an earlier and very good GRAFT", [None]),
        ("the opposite GRAFT", ["other_limb"]),
        ("a GRAFT of the opposite leg", ["other_limb"]),
        ("if no GRAFT", ["negated"]),  # the stronger of the two
        ("deferred GRAFT", ["planned"]),
        ("GRAFT deferred", ["negated"]),
        ("GRAFT was in the end deferred", [None]),
        ("no drain because a GRAFT was used", [None]),
        ("her uncle lost a FLAP because the GRAFT failed", ["other_person", "other_person"]),
        ("her uncle lost a FLAP but the GRAFT held", ["other_person", None]),
        ("his uncle in law had a GRAFT", ["other_person"]),
        ("his uncle saw the GRAFT", [None]),
        ("his uncle also saw the GRAFT", [None]),
        ("his uncle had what he saw, a GRAFT", ["other_person"]),
        ("his uncle , who is a nurse , saw the GRAFT", [None]),
        ("his uncle , who is old , had a GRAFT", ["other_person"]),
        ("his uncle from the farm , with whom he lives , had a GRAFT", ["other_person"]),
        ("the letter speaks of a GRAFT but of no drain", ["quoted_report"]),
        ("the letter speaks of a GRAFT; none was there", ["quoted_report"]),
        ("the letter speaks of a GRAFT", [None]),
        ("he speaks of a GRAFT but of no drain", [None]),
        ("the letter speaks of what we did , a GRAFT , but", [None]),
        ("a GRAFT was weighed", ["hypothetical"]),
        ("a GRAFT was weighed , a FLAP raised", ["hypothetical", None]),
        ("a GRAFT was weighed at length", ["hypothetical"]),
        ("a GRAFT was weighed down", [None]),
        ("a GRAFT came off ; it healed", ["history"]),
        ("a GRAFT came off , but then it healed at once", ["history"]),
        ("if so a GRAFT ; and did so", [None]),
        ("an earlier GRAFT but it is back", [None]),
        ("if no GRAFT and did so", ["negated"]),
        ("will need a GRAFT and did so", ["planned"]),  # which it does not restore
    ],
)
def test_direction_reach_and_strength(sentence: str, expected: list[str | None]) -> None:
    assert reasons(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "fact", "expected"),
    [
        ("will need STUMP", "prior", [None]),
        ("the old STUMP", "prior", [None]),
        ("the old STUMP", "graft", ["history"]),
    ],
)
def test_a_context_speaks_only_of_its_facts(
    sentence: str, fact: str, expected: list[str | None]
) -> None:
    assert reasons(sentence, fact=fact) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The flap, where no pus was seen, was a GRAFT.", [None]),
        ("The skin that will need care was a GRAFT.", [None]),
        ("The skin, which is no GRAFT, was closed.", ["negated"]),
        ("The GRAFT, which it healed, was closed.", ["history"]),
        ("The GRAFT, which had been laid on a wide bed, was absent.", ["negated"]),
        ("No GRAFT, which is thin but strong, was laid.", ["negated"]),
        ("The skin, if all is well, was a GRAFT.", ["hypothetical"]),
    ],
)
def test_a_clause_between_subject_and_verb_keeps_its_words_to_itself(
    sentence: str, expected: list[str | None]
) -> None:
    assert reasons(sentence) == expected


def test_a_context_ends_with_its_sentence() -> None:
    assert reasons("no GRAFT", "a FLAP") == ["negated", None]


def test_a_long_note_is_read_like_many_short_ones() -> None:
    pattern = ["no GRAFT was used", "a FLAP was used", "if so a GRAFT", "the rest"]
    expected = ["negated", None, "hypothetical"]
    assert reasons(*(pattern * 40)) == expected * 40


def test_the_cue_is_told() -> None:
    text = "no graft"
    sentence = Sentence(0, 0, len(text), Section(0, 0, len(text), None))
    mention = Mention("r", "graft", "v", 3, 8, sentence)
    FINDER.apply(text, [mention])
    assert (mention.reason, mention.cue, mention.counts) == ("negated", "before", False)


def test_a_cue_within_the_mention_belongs_to_it() -> None:
    text = "muscle was not viable"
    sentence = Sentence(0, 0, len(text), Section(0, 0, len(text), None))
    mention = Mention("r", "indication", "nonviable", 0, len(text), sentence)
    FINDER.apply(text, [mention])
    assert mention.counts


def test_a_document_may_have_no_mentions() -> None:
    FINDER.apply("", [])
    assert pipeline().analyse(Document(doc_id="d", text="The weather was fine.")).mentions == []
