"""Two operations in one text: each is read by itself, and each claim line asks for its own."""

import pytest

from notecheck import check
from notecheck.facts.extract import extract
from notecheck.models import Document
from notecheck.timeline.todays import Question

THIGH_AND_TOE = """PROCEDURE: 1. Re-amputation of left thigh. 2. Amputation of right third toe.
INDICATIONS: Osteomyelitis of the left above-knee stump; the right third toe is gangrenous.
DESCRIPTION: The left thigh was draped. The femur was divided with the saw 9 cm above its old end.
Myodesis through drill holes. We then turned to the right foot. The third toe was disarticulated
at the MTP joint and the skin closed with nylon.
"""
THIGH_AND_LEG = """PROCEDURE: Right below-knee amputation and revision of left above-knee stump.
DESCRIPTION: Right: the tibia was cut 14 cm below the joint line and a long posterior flap folded
up. Left: the femur was cut 5 cm above its old end with the saw. The fascia was closed.
"""


LABELLED = """PROCEDURES: Right above-knee stump re-amputation. Left fourth toe amputation.
DETAILS: Right: The femur was cut at mid-shaft and deep fascia closed. Left foot: a racquet
incision, and the fourth toe was disarticulated at the MTP joint. Skin closed with nylon.
"""


def _facts(text: str, code: str | None, side: str | None = None):
    note = Document(doc_id="op", type="operative_note", date="2026-03-02", text=text)
    return extract([note], Question(code, side))[0]


@pytest.mark.parametrize(
    ("text", "code", "side", "level", "supported"),
    [
        (THIGH_AND_TOE, "27596", "left", "transfemoral", "27596"),
        (THIGH_AND_TOE, "28820", "right", "toe", "28820"),
        (THIGH_AND_LEG, "27596", "left", "transfemoral", "27596"),
        (THIGH_AND_LEG, "27880", "right", "transtibial", "27880"),
    ],
)
def test_each_code_is_judged_by_its_own_operation(text, code, side, level, supported):
    case = _facts(text, code)
    assert case.facts.laterality.value == side
    assert case.facts.new_level.value == level
    assert case.supported_code.value == supported


def test_the_words_of_the_other_operation_are_no_evidence():
    left = _facts(THIGH_AND_LEG, "27596")
    assert left.facts.new_level.measurement_cm == 5
    assert {r.value for r in left.facts.reconstruction} == {"fascial_closure"}
    right = _facts(THIGH_AND_LEG, "27880")
    assert right.facts.new_level.measurement_cm == 14
    assert right.facts.prior_level is None


def test_a_headings_side_holds_until_the_section_turns_to_the_other_limb():
    toe = _facts(LABELLED, "28820").facts.reconstruction
    assert [r.value for r in toe] == ["layered_closure"]
    thigh = _facts(LABELLED, "27596").facts.reconstruction
    assert [r.value for r in thigh] == ["fascial_closure"]


TURNED_TO = """PROCEDURE: 1. Revision left above-knee stump, scar excision. 2. Revision of right
below-knee amputation.
DESCRIPTION: We began on the left. The scar was excised and the fascia was closed over intact
muscle. The right stump was next. The tibia was divided with the saw 4 cm above its end. Myodesis
through drill holes.
"""


@pytest.mark.parametrize(("code", "side", "cut"), [("27596", "left", None), ("27886", "right", 4)])
def test_what_follows_a_turn_to_a_limb_is_of_its_operation(code, side, cut):
    facts = _facts(TURNED_TO, code, side).facts
    assert facts.laterality.value == side
    assert (facts.new_level and facts.new_level.measurement_cm) == cut
    assert ("myodesis" in {r.value for r in facts.reconstruction}) == (cut is not None)


def test_a_limb_that_is_only_padded_is_not_turned_to():
    told = (
        "The left stump was draped. The right leg was padded. The fascia was closed in one layer."
    )
    text = TURNED_TO[: TURNED_TO.index("We began")] + told
    assert len([o for o in check(text, "27596").operations if o.status == "today"]) == 1


def test_what_belongs_to_the_other_operation_is_listed_with_its_reason():
    report = check(THIGH_AND_LEG, code="27596")
    assert "other_operation" in {item.reason for item in report.excluded}


def test_the_first_in_the_title_is_meant_when_nobody_asks():
    assert _facts(THIGH_AND_LEG, None).facts.laterality.value == "right"


def test_the_code_decides_before_the_side_of_its_line():
    assert _facts(THIGH_AND_LEG, "27596", "right").facts.laterality.value == "left"


def test_every_operation_is_reported_once_with_its_code():
    report = check(THIGH_AND_LEG, code="27596")
    today = {(o.side, o.level, o.code) for o in report.operations if o.status == "today"}
    assert today == {("left", "transfemoral", "27596"), ("right", "transtibial", "27880")}
    assert len({o.id for o in report.operations}) == len(report.operations)


@pytest.mark.parametrize(
    "text",
    [
        "PROCEDURE: Revision of right and left above-knee stumps.\nDESCRIPTION: Both femurs were "
        "divided with the saw, first the right, then the left.",
        "PROCEDURE: Revision of left above-knee amputation in a man with a right below-knee "
        "amputation.\nDESCRIPTION: The left femur was divided with the saw.",
    ],
)
def test_one_operation_on_both_sides_and_an_old_stump_are_no_second_operation(text):
    report = check(text, code="27596")
    assert len([o for o in report.operations if o.status == "today"]) == 1


def test_of_two_notes_of_one_day_the_one_that_tells_the_operation_is_read():
    toe = "PROCEDURE: Amputation of left second toe.\nDESCRIPTION: The left toe was disarticulated."
    thigh = (
        "PROCEDURE: Re-amputation of right thigh.\nINDICATIONS: Right above-knee stump, exposed "
        "bone.\nDESCRIPTION: The right femur was divided with the saw at mid-thigh."
    )
    notes = [
        Document(doc_id=name, type="operative_note", date="2026-03-02", text=text)
        for name, text in (("a", toe), ("b", thigh))
    ]
    case, _ = extract(notes, Question("27596"))
    assert case.supported_code.value == "27596"
    assert case.facts.laterality.value == "right"
    assert {e.doc_id for e in case.facts.new_level.evidence} == {"b"}
