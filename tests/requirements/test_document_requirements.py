"""The requirements that the documents alone decide: every status, and the words that decide it."""

from __future__ import annotations

import pytest

from notecheck.facts.case import CaseFacts, NewLevelSigns, PreopDocument, PriorSigns, SideSigns
from notecheck.models import (
    BoneFact,
    IndicationFact,
    LevelFact,
    NewLevelFact,
    ReconstructionFact,
)

from .builders import case, result, side, texts, words


def femur(**place: object) -> NewLevelFact:
    return NewLevelFact.model_validate(
        {"value": "transfemoral", "evidence": words("femur cut"), **place}
    )


def other_level(value: str) -> NewLevelFact:
    return NewLevelFact.model_validate({"value": value, "evidence": words("other cut")})


def closures(*values: str) -> tuple[ReconstructionFact, ...]:
    return tuple(
        ReconstructionFact.model_validate({"value": value, "evidence": words(value)})
        for value in values
    )


def preop(**said: str) -> PreopDocument:
    return PreopDocument("hp", "consult", **{key: words(text) for key, text in said.items()})


TIBIA = LevelFact(value="transtibial", evidence=words("BKA"))
CONTRADICTION = NewLevelSigns(conflict=words("two places"))
BONE_LEFT = BoneFact(value=False, evidence=words("bone left alone"))
CONTRACTURE = IndicationFact(value="other", evidence=words("contracture"))

CASES: list[tuple[str, str, CaseFacts, str, list[str]]] = [
    ("prior-level", "level named", case(), "met", ["prior level"]),
    ("prior-level", "any level named", case({"prior_level": TIBIA}), "met", ["BKA"]),
    (
        "prior-level",
        "a stump of no level",
        case({"prior_level": None}, prior=PriorSigns(unlevelled=words("stump"))),
        "partial",
        ["stump"],
    ),
    ("prior-level", "nothing", case({"prior_level": None}), "missing", []),
    (
        "prior-level",
        "two levels, and the fact follows one",
        case(prior=PriorSigns(conflict=words("AKA or BKA"))),
        "conflict",
        ["AKA or BKA"],
    ),
    ("new-level", "segment", case(), "met", ["new level"]),
    ("new-level", "length", case({"new_level": femur(measurement_cm=2.0)}), "met", ["femur cut"]),
    (
        "new-level",
        "landmark",
        case({"new_level": femur()}, new_level=NewLevelSigns(landmark=words("two fingers"))),
        "met",
        ["femur cut", "two fingers"],
    ),
    ("new-level", "femur, no place", case({"new_level": femur()}), "partial", ["femur cut"]),
    (
        "new-level",
        "only called a revision",
        case({"new_level": None}, new_level=NewLevelSigns(vague=words("revision amputation"))),
        "partial",
        ["revision amputation"],
    ),
    ("new-level", "nothing", case({"new_level": None}), "missing", []),
    (
        "new-level",
        "tibia",
        case({"new_level": other_level("transtibial")}),
        "missing",
        ["other cut"],
    ),
    (
        "new-level",
        "hip joint, called higher",
        case(
            {"new_level": other_level("hip_disarticulation")},
            new_level=NewLevelSigns(vague=words("higher")),
        ),
        "missing",
        ["other cut"],
    ),
    ("new-level", "two places", case(new_level=CONTRADICTION), "conflict", ["two places"]),
    (
        "new-level",
        "two places, but the description cuts the tibia",
        case({"new_level": other_level("transtibial")}, new_level=CONTRADICTION),
        "missing",
        ["other cut"],
    ),
    ("indication", "a reason of the list", case(), "met", ["infection"]),
    (
        "indication",
        "a specific other",
        case({"indications": (CONTRACTURE,)}),
        "met",
        ["contracture"],
    ),
    (
        "indication",
        "specific beside vague",
        case(vague_indication=words("failed stump")),
        "met",
        ["infection"],
    ),
    (
        "indication",
        "vague only",
        case({"indications": ()}, vague_indication=words("failed stump")),
        "partial",
        ["failed stump"],
    ),
    ("indication", "nothing", case({"indications": ()}), "missing", []),
    ("indication-preop", "specific", case(), "met", ["preop reason"]),
    (
        "indication-preop",
        "one of several documents says it",
        case(preop=(preop(), preop(vague="for revision"), preop(specific="abscess"))),
        "met",
        ["abscess"],
    ),
    (
        "indication-preop",
        "one silent, one vague",
        case(preop=(preop(), preop(vague="for revision"))),
        "partial",
        ["for revision"],
    ),
    ("indication-preop", "silent", case(preop=(preop(),)), "missing", []),
    ("indication-preop", "no such document", case(preop=()), "not_assessed", []),
    ("revision-necessity", "need and bone", case(), "met", ["necessity", "bone"]),
    ("revision-necessity", "bone alone", case(necessity=()), "partial", ["bone"]),
    (
        "revision-necessity",
        "need, but no bone cut",
        case({"bone_resected": BONE_LEFT}),
        "missing",
        ["bone left alone"],
    ),
    ("revision-necessity", "no operative note", case({"bone_resected": None}), "missing", []),
    ("reconstruction", "a specific closure", case(), "met", ["myodesis"]),
    (
        "reconstruction",
        "left open",
        case({"reconstruction": closures("left_open")}),
        "met",
        ["left_open"],
    ),
    (
        "reconstruction",
        "layers alone",
        case({"reconstruction": closures("layered_closure")}),
        "partial",
        ["layered_closure"],
    ),
    ("reconstruction", "nothing", case({"reconstruction": ()}), "missing", []),
    ("laterality-note", "named in the note", case(), "met", ["side in note", "side"]),
    (
        "laterality-note",
        "only elsewhere",
        case(side=SideSigns(elsewhere_words=words("left in H&P"))),
        "partial",
        ["left in H&P", "side"],
    ),
    ("laterality-note", "nowhere", case({"laterality": None}, side=SideSigns()), "missing", []),
    (
        "laterality-note",
        "two sides, though the note names one",
        case({"laterality": side("conflicting")}),
        "conflict",
        ["side"],
    ),
]


@pytest.mark.parametrize(
    ("identity", "told", "status", "evidence"),
    [pytest.param(i, c, s, e, id=f"{i}: {name}") for i, name, c, s, e in CASES],
)
def test_status_and_deciding_words(
    identity: str, told: CaseFacts, status: str, evidence: list[str]
) -> None:
    found = result(identity, told, None)
    assert found.status == status
    assert texts(found) == evidence


def test_message_says_what_is_wrong_and_what_would_meet_it() -> None:
    found = result("new-level", case({"new_level": femur()}), None)
    assert found.message == (
        "The femur was cut, but no place is documented. "
        "State the segment, a measured length, or a landmark."
    )


def test_level_is_named_in_plain_words() -> None:
    found = result("new-level", case({"new_level": other_level("hip_disarticulation")}), None)
    assert "hip disarticulation" in found.message
