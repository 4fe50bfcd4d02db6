"""Sections: found in every form of note, and covering it without gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.pipeline.normalize import normalize
from notecheck.pipeline.section import Section, section_at
from notecheck.pipeline.sections import SectionFinder
from notecheck.rules.load import rule_set

FINDER = SectionFinder(rule_set().sections)
FRAGMENTS = [
    "PREOPERATIVE DIAGNOSIS:", "Preoperative Diagnosis", "PROCEDURE PERFORMED", "Findings -",
    "DESCRIPTION OF PROCEDURE:", "Plan:", "PMH:", "past surgical history:", "Family History:",
    "CONSENT:", "PRIOR OPERATIVE NOTE:", "[END OF COPIED NOTE]", "> quoted line", "Level today:",
    "Infected left AKA stump.", "The femur was cut.", "The patient was taken to the room.",
    "\n", "\r\n", "\n\n", "\r", " ", "  ", "\t", "\u00a0", ":", ".", "12:30", "\u201cAKA\u201d",
    "ASC", "R:", "a/p:", '"', "[ ]", "(left)", "the patient",
]  # fmt: skip


def find(text: str) -> list[Section]:
    return FINDER.find(text, normalize(text))


def category_of(text: str, words: str) -> str | None:
    return section_at(find(text), text.index(words)).category


def assert_covers(text: str) -> None:
    sections = find(text)
    assert sections[0].start == 0
    assert sections[-1].end == len(text)
    for section, following in zip(sections, sections[1:], strict=False):
        assert section.end == following.start
    for section in sections:
        assert section.start <= section.body <= section.end


@given(st.text())
def test_any_text_is_covered_without_gaps(text: str) -> None:
    assert_covers(text)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=15), st.sampled_from(["", " ", "\n"]))
def test_any_mixture_of_headings_is_covered_without_gaps(parts: list[str], joint: str) -> None:
    assert_covers(joint.join(parts))


@pytest.mark.parametrize(
    "text",
    [
        "PREOPERATIVE DIAGNOSIS: Infected stump.",
        "PREOPERATIVE DIAGNOSIS\nInfected stump.",
        "Preoperative Diagnosis: Infected stump.",
        "preoperative diagnosis:\n  Infected stump.",
        "PRE-OPERATIVE DIAGNOSIS - Infected stump.",
        "Pre-op Dx: Infected stump.",
        "PREOP DX  Infected stump.",
        "1. PREOPERATIVE DIAGNOSIS: Infected stump.",
        "** Preoperative Diagnosis **\nInfected stump.",
        "DATE 1/1/2026.PREOPERATIVE DIAGNOSIS:Infected stump.",
        "Surgeon: A. Smith PREOPERATIVE DIAGNOSIS: Infected stump.",
        "PREOPERATIVE\u00a0DIAGNOSIS: Infected stump.",
        "PREOPERATIVE DIAGNOSIS (ES): Infected stump.",
        "PREOPERATIVE DIAGNOSES:\r\n1. Infected stump.",
    ],
)
def test_a_heading_in_every_form(text: str) -> None:
    assert category_of(text, "Infected") == "preoperative_diagnosis"


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("Postoperative Diagnosis:", "postoperative_diagnosis"),
        ("OPERATION PERFORMED:", "procedure_title"),
        ("Procedure:", "procedure_title"),
        ("Indications for Procedure:", "indications"),
        ("HPI:", "indications"),
        ("Operative Findings:", "findings"),
        ("Description of Procedure:", "description"),
        ("TECHNIQUE:", "description"),
        ("Physical exam:", "exam"),
        ("Assessment:", "assessment"),
        ("Plan:", "plan"),
        ("Past Surgical History:", "past_history"),
        ("PSH:", "past_history"),
        ("Family History:", "family_history"),
        ("Consent:", "consent"),
        ("Prior Operative Note:", "quoted_report"),
        ("Home medications:", "medications"),
        ("Social History:", "social_history"),
        ("Patient Class:", "setting"),
        ("Laterality:", "laterality"),
        ("Side operated:", "laterality"),
        ("Anesthesia:", "anesthesia"),
    ],
)
def test_every_kind_of_section(heading: str, category: str) -> None:
    assert category_of(f"NOTE\n\n{heading} Words of it.", "Words") == category


@pytest.mark.parametrize(
    ("text", "words", "category"),
    [
        ("The procedure was long: two hours. It ended.", "two hours", None),
        ("We discussed the plan: he agreed.", "he agreed", None),
        ("TIME: 12:30 PLAN: rest.", "rest", "plan"),
        ("PMH: diabetes.\nWidget count: three of them.", "three", None),
        ("PMH: diabetes.\n\nThe stump was opened.", "stump", None),
    ],
)
def test_what_is_no_heading_and_what_ends_a_section(
    text: str, words: str, category: str | None
) -> None:
    assert category_of(text, words) == category


def test_todays_operation_ends_a_history_that_runs_on() -> None:
    text = (
        "PAST SURGICAL HISTORY: debridement 2019, skin graft. The patient was taken to the "
        "operating room. A myodesis was done."
    )
    assert category_of(text, "skin graft") == "past_history"
    assert category_of(text, "myodesis") is None


def test_a_procedure_that_tells_the_operation_is_a_description() -> None:
    story = (
        "The patient was brought to the room and prepped and draped. An incision was made over "
        "the stump. The femur was divided with a saw. The muscle was closed over the end."
    )
    assert category_of(f"PROCEDURE: {story}", "femur") == "description"
    assert category_of("PROCEDURE: Revision of the left stump", "left") == "procedure_title"


def test_a_copied_note_ends_where_it_says_so() -> None:
    text = (
        "PRIOR OPERATIVE NOTE: The femur was cut. [END OF COPIED NOTE] The skin was closed today."
    )
    assert category_of(text, "femur") == "quoted_report"
    assert category_of(text, "skin") is None


def test_lines_quoted_as_in_a_letter_are_a_quoted_report() -> None:
    text = (
        "The surgeon wrote of the first operation in 2021:\n> The femur was cut.\n"
        "Today the skin was closed."
    )
    assert category_of(text, "femur") == "quoted_report"
    assert category_of(text, "skin") is None


def test_unpunctuated_speech_has_its_headings_in_the_middle_of_the_line() -> None:
    text = (
        "preoperative diagnosis infected left above knee stump postoperative diagnosis same "
        "operation performed revision of left above knee amputation anesthesia general "
        "description of procedure the patient was brought to the room and the stump was opened "
        "the femur was cut with a saw and the fascia was closed over the end of the bone and the "
        "skin was closed with staples the patient tolerated the procedure well"
    )
    assert category_of(text, "infected") == "preoperative_diagnosis"
    assert category_of(text, "revision") == "procedure_title"
    assert category_of(text, "femur") == "description"


def test_capitals_lead_the_lines_of_a_note_that_is_laid_out_so() -> None:
    lines = (
        "SURGERY DATE 12/08/2026", "PROCEDURE Left above-knee amputation", "ANESTHESIA General",
        "DESCRIPTION The thigh was prepped.",
    )  # fmt: skip
    assert category_of("\n".join(lines), "Left") == "procedure_title"
    assert category_of("\n".join(lines), "thigh") == "description"
    # one such line alone may be a sentence
    assert category_of("PLAN B was followed.\nThe femur was cut.", "followed") is None


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("revision of left above-knee amputation", "procedure_title"),
        ("left aka in 2019, now infected", None),
        ("the stump was opened", None),
    ],
)
def test_a_line_may_name_the_operation_without_a_heading(line: str, category: str | None) -> None:
    record = FINDER.headline(line)
    assert (record.category if record else None) == category


@pytest.mark.parametrize(
    ("text", "words", "category"),
    [
        # A later "Operation" that tells a story is the description.
        (
            "PROCEDURE: Re-amputation left femur.\n\nHISTORY: Pain.\n\nOPERATION: Left stump ready."
            " Gap, scar, edges out. Power saw through the lower third, 5 centimeters off the end."
            " Bevelled smooth. Muscle in two layers, quads to hams. Fascia next.",
            "Power saw",
            "description",
        ),
        # The story begins on the line below, with no blank line between.
        (
            "OPERATION: Re-amputation, right thigh.\nHe is 51, paraplegic since a dive in 1993.",
            "paraplegic",
            None,
        ),
        ("Anesthesia: spinal\nPART 2. The skin of the stump was cold.", "The skin", None),
        ("Anesthesia: spinal\nMeds: warfarin\nSteps + findings: saw used.", "saw used", None),
        # However short, what follows "prepped" is the operation.
        ("DX: septic R AKA stump\nR thigh prepped. Femur cut w/ saw.", "Femur", None),
        ("DX: septic R AKA stump\nL foot ulcer, cut in March", "L foot", "preoperative_diagnosis"),
    ],
)
def test_where_a_heading_ends(text: str, words: str, category: str | None) -> None:
    sections = FINDER.find(text, normalize(text))
    assert section_at(sections, text.index(words)).category == category


_TOLD = "He was taken to the operating room that night and the thigh was cut off. "
_OPERATION = (
    "The patient was taken to the operating room. The right thigh was prepped and draped. The scar "
    "was excised."
)


@pytest.mark.parametrize("heading", ["DESCRIPTION", "PROCEDURE"])
def test_a_history_that_retells_an_operation_stays_one_before_the_operations_own_heading(
    heading: str,
) -> None:
    text = f"OPERATION: Stump revision.\nHISTORY: {_TOLD}Back today.\n{heading}: {_OPERATION}"
    assert category_of(text, "cut off") == "indications"
    assert category_of(text, "prepped and draped") == "description"


@pytest.mark.parametrize("mark", [":", "."])
def test_the_patients_story_belongs_to_the_reasons_for_an_operation_told_later(mark: str) -> None:
    text = (
        f"Procedure: Stump revision.\n\nIndication{mark} The patient has bare bone. A "
        "local flap would die.\n\nTechnique. The scar was excised."
    )
    assert category_of(text, "local flap") == "indications"
    assert category_of(text, "excised") == "description"


def test_a_history_with_no_heading_behind_it_runs_on_into_the_operation() -> None:
    text = f"OPERATION: Stump revision.\nHISTORY: Stump open. {_OPERATION}"
    assert category_of(text, "prepped and draped") is None


def test_a_short_operation_on_a_line_of_its_own_ends_a_history() -> None:
    text = (
        "OPERATION: Closure of the stump.\nHISTORY: Guillotine amputation six days ago.\n"
        "The stump was clean. No bone was resected. Muscle and fascia were approximated and the "
        "skin closed with nylon."
    )
    assert category_of(text, "No bone") is None


@pytest.mark.parametrize(
    ("text", "words", "category"),
    [
        ("Dx: infected stump. Op: re-amputation. GA.", "re-amputation", "procedure_title"),
        ("Dx: seen by the Op: nobody.", "nobody", "preoperative_diagnosis"),
    ],
)
def test_a_short_heading_may_follow_a_full_stop(text: str, words: str, category: str) -> None:
    assert category_of(f"OPERATIVE NOTE\n{text}", words) == category


def test_a_line_that_dates_an_earlier_amputation_is_no_title() -> None:
    text = "Operation: left re-amputation\nGA 300\nLeft AKA 2018; right BKA 2020. An abscess."
    assert category_of(text, "Left AKA") is None
    assert category_of(text, "left re-amputation") == "procedure_title"


_PROSE = (
    "I went in through the old scar. The muscle was pale as far as I could see. Nothing was left "
    "of the first repair. The bone lay bare for three centimeters and the end was rough to touch."
)


@pytest.mark.parametrize(
    "heading",
    [
        "PLANNED: Shortening of the left femur, myodesis.",
        "Meds: apixaban held, cefazolin given",
        "OPERATION: Shortening of the left femur",
        "Post-op: same",
    ],
)
def test_a_field_ends_with_its_line_where_a_paragraph_follows(heading: str) -> None:
    assert category_of(f"NOTE\n{heading}\n{_PROSE}", "I went") is None
    assert category_of(f"NOTE\n{heading}\n\n{_PROSE}", "I went") is None


def test_a_paragraph_ends_with_its_line_where_no_empty_line_parts_any() -> None:
    story = "HISTORY: He lost the leg in 2019. " + "The stump has broken down again and again. " * 4
    more = "Sockets rub. " + "No liner has helped him for long, and he has tried five. " * 3
    assert category_of(f"{story}\n{more}", "Sockets") is None
    assert category_of(f"NOTE\n\n{story}\n{more}", "Sockets") == "indications"


@pytest.mark.parametrize("text", ["PLAN:\n1. {0}\n2. {0}", "PLAN: Rest.\n{1}"])
def test_what_is_no_paragraph_of_its_own(text: str) -> None:
    text = text.format(_PROSE, "He will be seen in the clinic in two weeks.")
    assert section_at(find(text), len(text) - 2).category == "plan"


def test_a_capital_at_the_end_of_a_word_is_no_heading() -> None:
    assert category_of("Consultant: Mr O.   SpR: Ms K.", "Ms K") != "description"


@pytest.mark.parametrize("label", ["H&P: {}", "Vascular H&P: {}", "H & P: {}"])
def test_the_last_letter_of_a_history_and_physical_is_no_plan(label: str) -> None:
    text = label.format("57M, R BKA 11/2025. Plan: R AKA.")
    assert category_of(text, "57M") is None
    assert category_of(text, "R AKA") == "plan"


def test_a_paragraph_added_below_says_nothing_of_how_a_field_ends() -> None:
    told = "Her son is with her. The house has no steps. All is well at home. " * 3
    reasons = "The wound has been open since the first operation and it will not close by itself."
    text = f"INDICATIONS: {reasons} {reasons}\n{told}"
    added = f"{text}\n\nANESTHESIA: General."
    alone, below = (FINDER.find(note, normalize(note)) for note in (text, added))
    assert [s.start for s in alone] == [s.start for s in below][: len(alone)]


@pytest.mark.parametrize(
    ("heading", "following"),
    [
        ("Surgeon: Dr. K.", "DISARTICULATION OF THE LEFT KNEE"),
        ("Encounter type: Inpatient", "72 y.o. M, left AKA 2024, now with a wound"),
    ],
)
def test_a_field_ends_before_what_is_plainly_none_of_it(heading: str, following: str) -> None:
    assert category_of(f"{heading}\n{following}", following) is None


def test_a_field_in_capitals_goes_on_in_capitals() -> None:
    text = "PROCEDURE: REVISION OF LEFT AKA\nWITH MYODESIS\n\nThe skin was opened."
    assert category_of(text, "WITH") == "procedure_title"


def test_an_operation_told_in_short_begins_with_its_incision() -> None:
    text = "Indication: Infected left stump, listed. Incision across the end. Bone cut."
    assert category_of(text, "Incision") is None
    assert category_of(text.replace(" across", " clean at"), "Incision") == "indications"


def test_the_stop_of_a_title_ends_no_sentence() -> None:
    text = "Diagnosis: Infected left stump. Mr. W was well until May."
    assert category_of(text, "Mr. W") is None


@pytest.mark.parametrize("title", ["DESCRIPTION", "OPERATION"])
@pytest.mark.parametrize(
    "between",
    [
        "CONSENT: The risks were told, and he wished to proceed.",
        "ANESTHESIA NOTE: General anesthesia was induced. Two units were not needed.",
    ],
)
def test_what_stands_below_a_paragraph_within_the_description_goes_on_with_it(
    title: str, between: str
) -> None:
    told = "The left thigh was prepped. The old scar was opened and the stump was explored."
    rest = "The femur was divided with a saw. The fascia was closed. The skin was closed."
    more = "The muscle was divided, and vessels were tied. The bone was cleared of scar all round."
    text = f"{title}: {told} {more}\n\n{between}\n\n{rest}"
    assert category_of(text, "femur") == "description"
    assert category_of(f"HISTORY: {told}\n\n{between}\n\n{rest}", "femur") is None


def test_a_long_line_below_a_field_is_a_paragraph_though_it_is_one_sentence() -> None:
    line = "ADDENDUM 3/14/26 08:15 The bone was cut at its middle, as was seen on the film that "
    line += "was taken after the operation and looked at by the surgeon who did it, on the next day"
    assert category_of(f"SURGEON: A. Hill\n{line} at noon.", "bone") is None
    assert category_of(f"SURGEON: A. Hill\n{line[:60]}", "bone") == "administrative"
