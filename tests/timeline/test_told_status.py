"""What is told of another day, another patient, or of nothing done at all, is no fact of today."""

import pytest

from notecheck import InputError, check

from .notes import report_of, revision, told

HISTORY = "Man with a left above-knee amputation in 2019."
_FIELD = "The left thigh was prepped. The old scar was opened. "
_CLOSED = " Fascia and skin were closed."


@pytest.mark.parametrize("place", ["{report} {today}", "{today} {report}"])
@pytest.mark.parametrize(
    "report",
    [
        "August report: femur sawn 13 cm above the joint, no closure.",
        "Report of 8/3/2025 says: femur divided with a Gigli saw at 13 cm, wound packed open.",
        "From the note of the first operation: the femur was cut 13 cm above the joint.",
        "The first surgeon wrote: femur cut 13 cm above the joint, skin left open.",
        "The operative note from County General (8/2025): bone sawn 13 cm above the joint line.",
    ],
)
def test_a_pasted_report_is_none_of_today(place, report):
    today = "The femur was cut with the saw."
    text = _FIELD + place.format(report=report, today=today) + _CLOSED
    facts = report_of(revision(HISTORY, text)).facts
    assert facts.new_level.measurement_cm is None
    assert {r.value for r in facts.reconstruction} == {"fascial_closure"}


def test_a_pasted_paragraph_ends_where_the_note_turns_to_today():
    pasted = "Outside dictation of 6/2/2024:\nThe femur was cut 11 cm above the joint. Left open."
    today = "\n\nToday the femur was cut with a saw. Fascia was closed."
    facts = report_of(revision(HISTORY, f"{_FIELD}\n{pasted}{today}")).facts
    assert facts.new_level.value == "transfemoral"
    assert facts.new_level.measurement_cm is None
    assert {r.value for r in facts.reconstruction} == {"fascial_closure"}


def test_the_notes_own_heading_brings_in_no_other_report():
    note = "REPORT OF OPERATION\nOPERATIVE NOTE OF 3/2/2026:\n" + revision(HISTORY)
    assert report_of(note).facts.new_level.measurement_cm == 14.0


@pytest.mark.parametrize(
    "instrument",
    [
        "A Gigli saw was laid out, which turned out to be superfluous for the femur.",
        "The bone saw was ready in case the femur needed it, but the end was well covered.",
        "The oscillating saw stood by for the femur and was never switched on.",
        "We had the power saw opened for the femur and handed it back unused.",
    ],
)
def test_an_instrument_that_was_ready_cut_nothing(instrument):
    report = report_of(revision(HISTORY, _FIELD + instrument + _CLOSED))
    assert report.facts.bone_resected.value is False
    assert report.supported_code.value == "27594"


@pytest.mark.parametrize(
    "cut",
    [
        "Last spring my partner sawed off 3 cm of the femur.",
        "At the first operation the femur was cut with a Gigli saw.",
        "The femur had been shortened with a saw at the last revision.",
        "Five months back the femur was recut 4 cm higher.",
        "The femur was divided by Dr. Lowe with a saw at the earlier surgery.",
    ],
)
def test_what_is_said_of_one_word_of_an_act_is_said_of_all(cut):
    report = report_of(revision(HISTORY, f"{_FIELD}{cut}{_CLOSED}"))
    assert report.facts.bone_resected.value is False
    assert report.supported_code.value == "27594"


@pytest.mark.parametrize(
    "title",
    [
        "Guillotine amputation through left femur\nPacking of the thigh wound",
        "Open left above-knee amputation\nPacking of left thigh stump",
    ],
)
def test_the_stump_that_todays_amputation_made_is_no_earlier_one(title):
    note = (
        f"PREOPERATIVE DIAGNOSIS: Mangled left leg\nPROCEDURE: {title}\n"
        "INDICATIONS: Run over by a train half an hour ago.\nDESCRIPTION: The left thigh was "
        "prepped. The femur was cut with a saw at mid-thigh. The stump was packed open."
    )
    report = report_of(note)
    assert report.facts.prior_level is None
    assert report.supported_code.value == "27592"
    assert not told(report, status="earlier")


@pytest.mark.parametrize("titled", ["", "right "])
@pytest.mark.parametrize(
    "time_out",
    [
        "Time-out confirmed left leg. The right thigh was prepped and draped.",
        "At time out the left limb was read out. The right stump was prepped.",
        "Surgical pause: left side. The right thigh was prepped and draped.",
    ],
)
def test_a_time_out_against_the_prepared_side_is_a_conflict(titled, time_out):
    note = (
        f"PROCEDURE: Revision of {titled}above-knee amputation stump\n"
        f"DESCRIPTION: {time_out} The femur was cut with a saw at mid-thigh."
    )
    assert report_of(note).facts.laterality.value == "conflicting"


_TWO = [
    "Patient: A. Brown, MRN 1111\n{one}\n---\nPatient: C. Davis, MRN 2222\n{two}",
    "MRN: 123\n{one}\n\nMRN: 456\n{two}",
    "DATE OF OPERATION: 1/2/2026\n{one}\nDATE OF OPERATION: 3/2/2026\n{two}",
]


@pytest.mark.parametrize("text", _TWO)
def test_two_reports_in_one_text_are_refused(text):
    both = text.format(one=revision(HISTORY), two=revision(HISTORY).replace("left", "right"))
    with pytest.raises(InputError, match="several reports"):
        check(both)
    with pytest.raises(InputError, match="op: this holds several reports"):
        report_of(both)


def test_an_earlier_report_that_a_note_brings_in_has_a_day_of_its_own():
    pasted = f"PRIOR OPERATIVE NOTE:\nDATE OF OPERATION: 1/2/2019\n{revision(HISTORY)}"
    report_of(f"DATE OF OPERATION: 3/2/2026\n{revision(HISTORY)}\n{pasted}")
