"""Two levels told for one amputation are a conflict; what was not done is no level."""

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: {diagnosis}
PROCEDURE: {title}
INDICATIONS: {history}
DESCRIPTION: The left thigh was prepped. {opened} The femur was cut with a saw 12 cm above the knee.
"""
PLAIN = {
    "diagnosis": "Infected left thigh stump", "title": "Re-amputation, left thigh",
    "history": "Pus for a week.", "opened": "The scar was opened.",
}  # fmt: skip


def _read(before: str = "", **told: str):
    documents = [("operative_note", "2026-03-02", NOTE.format_map(PLAIN | told))]
    if before:
        documents.append(("history_and_physical", "2026-03-01", before))
    encounter = {
        "encounter_id": "E",
        "documents": [
            {"doc_id": k, "type": k, "date": day, "text": text} for k, day, text in documents
        ],
    }
    report = check(encounter, code="27596")
    status = next(r.status for r in report.requirements if r.id == "prior-level")
    prior = report.facts.prior_level
    return status, prior.value if prior else None


@pytest.mark.parametrize(
    ("before", "told"),
    [
        # one day told of two levels by two documents
        (
            "s/p L AKA 8/2024, ulcer.",
            {"history": "Left knee disarticulation 8/2024, now an ulcer."},
        ),
        ("L AKA 6/3/2025.", {"history": "Left through-knee amputation on June 3, 2025."}),
        # ... though a lower amputation of another day is told, too
        (
            "s/p L BKA 1/20/2026, pus.",
            {"history": "Left BKA in 2025, and left AKA on January 20, 2026."},
        ),
        # the stump on the table is the lower one
        (
            "",
            {
                "diagnosis": "Infected left above-knee amputation stump",
                "history": "Infected left below-knee stump, amputation done 11/2025.",
                "opened": "The below-knee stump was sealed in a bag.",
            },
        ),
        # what the stump is called in passing
        (
            "",
            {
                "diagnosis": "Dehiscence, left above-knee amputation stump",
                "history": "Her left stump, a through-knee amputation done in 2020, drains.",
            },
        ),
        # the higher one is dated before the operation that is to make it
        (
            "Left above-knee amputation 2018 after a crash.",
            {
                "diagnosis": "Ulcer of the left through-knee stump",
                "title": "Left through-knee stump converted to above-knee amputation",
                "history": "Left through-knee amputation in 2018 after a crash.",
            },
        ),
        # the only amputation that is told is the lower one, with its day or without
        (
            "",
            {
                "diagnosis": "Infected left above-knee amputation stump",
                "history": "He had a left below-knee amputation in 2018 for a crushed foot.",
            },
        ),
        (
            "s/p L AKA.",
            {
                "diagnosis": "Infected left above-knee amputation stump",
                "history": "Status post left below-knee amputation at another hospital.",
            },
        ),
        # "to a higher level" makes no above-knee stump of a below-knee one
        (
            "",
            {
                "diagnosis": "Infected left below-knee amputation stump",
                "title": "Revision of left above-knee amputation to a higher level",
            },
        ),
        # a hospital's own list of operations begins with the noun
        (
            "",
            {
                "diagnosis": "Infected left above-knee amputation stump",
                "title": "AMPUTATION REVISION, LOWER EXTREMITY, BELOW KNEE (Left)",
            },
        ),
    ],
)
def test_two_levels_of_one_stump_are_a_conflict(before: str, told: dict[str, str]) -> None:
    assert _read(before, **told)[0] == "conflict"


@pytest.mark.parametrize(
    ("before", "history"),
    [
        ("L AKA 2019.", "Left BKA then left AKA in 2019."),
        (
            "L AKA 2022.",
            "His leg was amputated above the knee in 2022, after a below-knee amputation.",
        ),
        ("L AKA (BKA '20 -> AKA '21) stump gangrene.", "Left below-knee in 2020."),
        (
            "L AKA.",
            "Left BKA in 2018, which failed. He now has an above-knee stump that drains.",
        ),
        ("L AKA.", "PSH: left BKA (2018), left AKA, CABG."),
    ],
)
def test_a_course_explains_two_levels(before: str, history: str) -> None:
    assert _read(before, history=history) == ("met", "transfemoral")


FIRST = {"diagnosis": "Septic left knee", "title": "Left above-knee amputation"}


@pytest.mark.parametrize(
    "before",
    [
        "H&P: 74F chronic left knee infection. Admitted inpatient 3/1 for AKA tomorrow.",
        "Knee wound infected, for AKA tomorrow.",
        "Necrotic knee, needs AKA.",
        "R 2nd/3rd toe amps 2022. Vascular to do L AKA.",
        "L knee: TKA 2012, revision 2017, spacer 2020.",
    ],
)
def test_what_was_not_done_on_this_limb_is_no_earlier_level(before: str) -> None:
    assert _read(before, **FIRST) == ("missing", None)


def test_a_cut_through_the_femur_is_no_level_of_the_first_amputation() -> None:
    told = {"diagnosis": "Failed amputation stump", "title": "Revision amputation through femur"}
    history = "She had an amputation of this leg on January 27, and the stump has failed."
    assert _read(history=history, **told) == ("partial", None)
