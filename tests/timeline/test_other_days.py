"""The operative note of another day tells another operation, and nothing of today's."""

import pytest

from notecheck import check

from .notes import status_of, told

TODAY = """\
PREOPERATIVE DIAGNOSIS: Open left thigh wound.
OPERATION: {title}
INDICATIONS: He comes back for closure, clean and off pressors.
DESCRIPTION: The left thigh was prepped. {done} Quadriceps was sewn to hamstrings over the bone, the
fascia was closed and the skin was stapled.
"""
OPEN = """\
OPERATION: Guillotine amputation, left thigh, for gas gangrene.
DESCRIPTION: A circular cut was made. The femur was divided with a Gigli saw in the distal third.
The wound was packed open, for closure another day.
"""


def report(
    title: str,
    done: str,
    earlier: str,
    day: str = "2026-03-02",
    *,
    first: bool = False,
    billed: str = "2026-03-09",
):
    note = {"doc_id": "op", "type": "operative_note", "date": "2026-03-09"}
    note["text"] = TODAY.format(title=title, done=done)
    before = {"doc_id": "b", "type": "operative_note", "date": day, "text": earlier}
    documents = [before, note] if first else [note, before]
    line = {"code": "27596", "modifiers": ["LT", "58"], "service_date": billed}
    claim = {"form": "professional", "lines": [line]}
    return check({"encounter_id": "E", "documents": documents, "claim": claim}, code="27596")


@pytest.mark.parametrize("first", [True, False])
def test_the_cut_of_an_earlier_note_is_not_todays(first):
    found = report(
        "Secondary closure, left thigh stump", "The bone was left alone.", OPEN, first=first
    )
    assert str(found.operation_date) == "2026-03-09"
    assert found.supported_code.value == "27594"
    assert not found.facts.bone_resected.value
    assert status_of(found, "new-level") == "missing"
    assert {r.value for r in found.facts.reconstruction} >= {"myoplasty", "fascial_closure"}
    assert "left_open" not in {r.value for r in found.facts.reconstruction}


def test_the_earlier_amputation_has_the_day_of_its_note():
    found = report("Formal left thigh stump", "The femur was cut in the middle third.", OPEN)
    assert told(found, status="earlier", kind="division", date="2026-03-02", side="left")
    assert found.facts.prior_level.value == "transfemoral"
    assert found.supported_code.value == "27596"
    assert (status_of(found, "new-level"), status_of(found, "global-period")) == ("met", "met")


def test_the_stump_that_the_earlier_operation_converted_is_no_second_level():
    converted = OPEN.replace(
        "Guillotine amputation, left thigh, for gas gangrene.",
        "Left above-knee amputation, conversion of the below-knee stump.",
    )
    found = report("Revision of left AKA", "The femur was cut at midshaft.", converted)
    assert found.facts.prior_level.value == "transfemoral"
    assert status_of(found, "prior-level") == "met"


def test_an_earlier_note_of_the_other_limb_tells_no_earlier_level():
    other = OPEN.replace("left thigh", "right thigh")
    found = report("Left above-knee amputation", "The femur was cut at midshaft.", other)
    assert found.facts.laterality.value == "left"
    assert found.facts.prior_level is None


def test_two_notes_dated_a_day_apart_are_of_one_operation():
    brief = "OPERATION: Revision of left AKA.\nThe femur was cut with a saw.\n"
    found = report("Revision of left AKA", "The femur was cut at midshaft.", brief, "2026-03-08")
    assert not told(found, status="earlier", date="2026-03-08")


def test_the_note_of_the_day_that_the_line_bills_is_the_one_in_question():
    again = "OPERATION: Revision of right AKA.\nDESCRIPTION: The right femur was cut at midshaft.\n"
    first = report("Revision of left AKA", "The femur was cut.", again, "2026-03-16")
    later = report(
        "Revision of left AKA", "The femur was cut.", again, "2026-03-16", billed="2026-03-16"
    )
    assert (first.facts.laterality.value, str(first.operation_date)) == ("left", "2026-03-09")
    assert (later.facts.laterality.value, str(later.operation_date)) == ("right", "2026-03-16")
