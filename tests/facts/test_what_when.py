"""Cuts of another day, sides confirmed before the operation, findings made after it."""

import pytest

from notecheck import check

REVISION = """PROCEDURE: Revision of right above-knee amputation stump.
INDICATIONS: Sloughed scar of the right above-knee stump.
DESCRIPTION: {before}The right thigh was prepped. {act} The skin was closed with nylon.
"""


def _report(act: str, before: str = "", *others: dict[str, str]):
    text = REVISION.format(act=act, before=before)
    note = {"doc_id": "op", "type": "operative_note", "date": "2026-06-08", "text": text}
    return check({"encounter_id": "E", "documents": [note, *others]}, code="27596")


@pytest.mark.parametrize(
    "earlier",
    [
        "In May 2019 I sawed the femur off at mid-thigh.",
        "The femur was divided with a Gigli saw in 2019.",
        "In 2020 we cut the femur with an oscillating saw.",
        "Four years ago the femur was transected with a saw.",
    ],
)
def test_a_cut_that_its_sentence_dates_is_an_earlier_one(earlier):
    report = _report(f"{earlier} Today the scar alone was excised.")
    assert report.facts.bone_resected.value is False
    assert report.supported_code.value == "27594"


def test_a_date_of_the_stump_does_not_date_the_cut():
    report = _report("The above-knee stump of 2019 was opened and the femur cut with a saw.")
    assert report.facts.bone_resected.value is True


def test_a_fraction_of_the_bone_is_no_date():
    report = _report("The femur was divided with the saw at the distal 1/3.")
    assert report.facts.bone_resected.value is True


def test_a_time_out_for_the_other_side_is_a_conflict():
    cut = "The femur was divided with the saw."
    assert _report(cut, "Time-out confirmed left leg. ").facts.laterality.value == "conflicting"
    assert _report(cut, "Time-out confirmed right leg. ").facts.laterality.value == "right"


def test_what_a_visit_after_the_operation_finds_is_no_reason_for_it():
    visit = {"type": "progress_note", "text": "Stump: wound breakdown with purulent drainage."}
    cut = "The femur was divided with the saw."
    after = _report(cut, "", {"doc_id": "pn", "date": "2026-06-12", **visit})
    assert "infection" not in {i.value for i in after.facts.indications}
    before = _report(cut, "", {"doc_id": "pn", "date": "2026-06-06", **visit})
    assert "infection" in {i.value for i in before.facts.indications}


def test_an_amputation_named_with_its_day_is_dated():
    visit = {"doc_id": "hp", "type": "history_and_physical", "date": "2026-06-07"}
    history = {"text": "HISTORY: Right AKA 4/2/26, back for the open scar.", **visit}
    report = _report("The femur was divided with the saw.", "", history)
    assert "2026-04-02" in {o.date for o in report.operations if o.status == "earlier"}
