"""One cut told at two places is a conflict of `new-level`, whichever documents tell them."""

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: Infected left above-knee stump
PROCEDURE: {title}
INDICATIONS: Left AKA in 2021.
DESCRIPTION: {description}
"""
TITLE = "Revision of left above-knee amputation stump"
MID = "The left thigh was prepped. The femur was sawn across in the mid-shaft. {} Fascia closed."
BELOW = (
    "The left thigh was prepped. The femur was cut 11 cm below the greater trochanter. {} Closed."
)
AFTER, BEFORE = "2026-03-06", "2026-03-01"
HP, NOTE_OF_WARD = "history_and_physical", "progress_note"


def _status(description: str, more: str = "", title: str | None = None, *others) -> str:
    return _of_note(_note(description.format(more), title or TITLE), *others)


def _note(description: str, title: str = TITLE) -> str:
    return NOTE.format(title=title, description=description)


def _of_note(note: str, *others: tuple[str, str, str]) -> str:
    told = [("operative_note", "2026-03-02", note), *others]
    documents = [
        {"doc_id": f"d{n}", "type": kind, "date": date, "text": text}
        for n, (kind, date, text) in enumerate(told)
    ]
    report = check({"encounter_id": "E", "documents": documents}, code="27596")
    return next(r.status for r in report.requirements if r.id == "new-level")


@pytest.mark.parametrize(
    ("description", "more", "title"),
    [
        (MID, "Final level: lower third of the femur.", None),
        (MID, "To sum up, a supracondylar re-amputation was carried out.", None),
        (MID, "", "Re-amputation of the left femur, distal third"),
        (BELOW, "", "Re-amputation of the left thigh, 17 cm below the greater trochanter"),
        (BELOW, "", "Re-amputation of the left femur 17 cm below the greater trochanter"),
        (BELOW, "", "Supracondylar re-amputation of the left femur"),
        (
            MID.replace("in the mid-shaft", "7 cm above the knee joint"),
            "",
            "Re-amputation of the left femur, proximal third",
        ),
        (  # a length that suits both words decides nothing between them
            MID.replace("in the mid-shaft", "just above the condyles, 7 cm above the condyles"),
            "",
            "Re-amputation of the left thigh at mid-thigh",
        ),
    ],
)
def test_the_note_itself_tells_another_place(description, more, title):
    assert _status(description, more, title) == "conflict"


@pytest.mark.parametrize(
    "told",
    [
        "Bone level ........ distal third",
        "Level of section: distal third",
        "Levels: distal third of the femur, residual length 14 cm",
    ],
)
def test_a_field_for_the_level_is_held_against_the_description(told):
    assert _of_note(f"{told}\n{_note(MID.format(''))}") == "conflict"


@pytest.mark.parametrize(
    "told",
    [
        (
            "discharge_summary",
            AFTER,
            "3/2/26: revision of left AKA to the proximal third of the femur.",
        ),
        (
            "progress_note",
            "2026-03-03",
            "POD 1. Left femur re-cut yesterday at the supracondylar level.",
        ),
        (
            "discharge_summary",
            AFTER,
            "The left femur was cut just below the lesser trochanter on 3/2.",
        ),
    ],
)
def test_a_later_document_tells_another_place(told):
    assert _status(MID, "", None, told) == "conflict"


@pytest.mark.parametrize(
    "told",
    [
        (
            "discharge_summary",
            AFTER,
            "Left AKA revised, leaving 21 cm of femur below the trochanter.",
        ),
        ("discharge_summary", AFTER, "3/2: left femur cut 18 cm below the greater trochanter."),
    ],
)
def test_a_later_document_tells_another_length(told):
    assert _status(BELOW, "", None, told) == "conflict"


@pytest.mark.parametrize(
    ("description", "more", "title", "others"),
    [
        (MID, "", None, [(HP, BEFORE, "Plan: femur to be cut in distal third.")]),
        (MID, "", None, [("discharge_summary", AFTER, "Revision of left AKA at mid-thigh.")]),
        (MID, "", None, [(NOTE_OF_WARD, AFTER, "Right femur cut in distal third, 2019.")]),
        (MID, "The marrow of the distal third had been grey.", None, []),
        (MID, "", "Revision of left AKA stump, formerly cut in the distal third", []),
        (BELOW, "", "Re-amputation of the left thigh, 11 cm below the greater trochanter", []),
        (BELOW, "", "Re-amputation of the left thigh, proximal third", []),
        (BELOW, "", None, [("discharge_summary", AFTER, "Left AKA revised, 11 cm of femur left.")]),
        (
            MID.replace("the mid-shaft", "its junction of middle and lower thirds"),
            "",
            "Re-amputation of the left femur, lower third",
            [],
        ),
    ],
)  # fmt: skip
def test_what_may_be_one_place_or_is_of_something_else(description, more, title, others):
    assert _status(description, more, title, *others) == "met"


COURSE = (
    "HOSPITAL COURSE: On {day} he underwent re-amputation; the femur was divided {place}. Home."
)


@pytest.mark.parametrize(
    ("day", "place", "status"),
    [
        ("3/2", "just below the lesser trochanter", "conflict"),
        ("3/2/2026", "at the supracondylar level", "conflict"),
        ("3/2", "at mid-shaft", "met"),
        ("5/4/2021", "at the supracondylar level", "met"),
    ],
)
def test_a_course_in_hospital_tells_the_operation_of_its_day(day, place, status):
    told = ("discharge_summary", AFTER, COURSE.format(day=day, place=place))
    assert _status(MID, "", None, told) == status


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ("The femur that remained measured 26 cm from the lesser trochanter.", "conflict"),
        ("The remaining femur now reached to 4 cm above the knee joint line.", "conflict"),
        ("The femur that remained measured 11.5 cm from the greater trochanter.", "met"),
        ("The sciatic nerve was cut 4 cm above the knee joint line.", "met"),
        ("3 cm of femur had come off.", "met"),
    ],
)
def test_what_is_left_may_be_told_from_another_landmark(more, status):
    assert _status(BELOW, more) == status


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ("Femur at the end of the case 18 cm from the greater trochanter.", "conflict"),
        ("Femur at the end of the case 11 cm from the greater trochanter.", "met"),
        ("Femur as found 18 cm from the greater trochanter, moth-eaten.", "met"),
    ],
)
def test_findings_tell_the_length_at_the_end(found, status):
    note = _note(BELOW.format("")).replace("DESCRIPTION:", f"FINDINGS: {found}\nDESCRIPTION:")
    assert _of_note(note) == status


def test_a_later_document_names_another_level_for_the_operation_of_that_day():
    told = ("discharge_summary", AFTER, "Left through-knee amputation on 3/2/2026, did well.")
    assert _status(MID, "", None, told) == "conflict"
    told = (
        "discharge_summary",
        AFTER,
        "Left through-knee amputation on 3/2/2015, then AKA in 2021.",
    )
    assert _status(MID, "", None, told) == "met"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("On 3/2/2026 he had a left through-knee amputation. Home.", "conflict"),
        ("POD 4 s/p left femur re-amputation in the proximal third on 3/2.", "conflict"),
        ("S/p left femur re-amputation in the proximal third on 3/2/2021.", "met"),
        ("On 3/2/2026 the left through-knee stump was made an above-knee amputation.", "met"),
        ("On 3/2/2026 he had a left above-knee amputation revised. Home.", "met"),
        ("On 3/2/2015 he had a left through-knee amputation.", "met"),
        ("Seen 3/2/26, L 4th toe amp 1/13, left stump black.", "met"),
    ],
)
def test_the_day_says_which_operation_a_later_document_tells(told: str, status: str) -> None:
    assert _status(MID, "", None, (NOTE_OF_WARD, AFTER, told)) == status


def test_the_description_gives_the_length_where_the_title_gives_another() -> None:
    title = "Re-amputation of the left femur 17 cm below the greater trochanter"
    report = check(_note(BELOW.format(""), title), code="27596")
    assert report.facts.new_level and report.facts.new_level.measurement_cm == 11.0


def test_two_notes_of_one_operation_disagree_in_either_order() -> None:
    notes = [
        ("brief", "Procedure: Left thigh re-amputation\nFindings: femur cut in the distal third\n"),
        ("long", "Operation: Left thigh re-amputation\nDescription: The femur was divided with the "
         "saw in its proximal third. The fascia was closed.\n"),
    ]  # fmt: skip
    documents = [
        {"doc_id": i, "type": "operative_note", "date": "2026-09-09", "text": t} for i, t in notes
    ]
    for told in (documents, documents[::-1]):
        report = check({"encounter_id": "E", "documents": told}, code="27596")
        place = next(r for r in report.requirements if r.id == "new-level")
        assert (place.status, report.facts.new_level.segment) == ("conflict", "proximal_third")
