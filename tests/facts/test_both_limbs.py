"""Charts that name both limbs: which one is operated on, and when that is a contradiction."""

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: {diagnosis}
PROCEDURES:
{title}
INDICATIONS: {history}
DESCRIPTION: {done} The femur was cut with a saw at mid-shaft. The fascia was closed.
"""
PLAIN = {
    "diagnosis": "Right AKA stump with osteomyelitis", "title": "Right AKA revision",
    "history": "29M with bilateral AKA.", "done": "Right side confirmed. The scar was opened.",
}  # fmt: skip


def _side(before: str = "", **told: str) -> str | None:
    documents = [("operative_note", "2026-03-02", NOTE.format_map(PLAIN | told))]
    if before:
        documents.append(("history_and_physical", "2026-03-01", before))
    encounter = {
        "encounter_id": "E",
        "documents": [
            {"doc_id": k, "type": k, "date": day, "text": text} for k, day, text in documents
        ],
    }
    fact = check(encounter, code="27596").facts.laterality
    return fact.value if fact else None


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("29M bilateral AKA. LEFT AKA stump ulcer with bone. Right AKA stump no complaint.", {}),
        ("Bilateral AKA 2021. Left AKA stump infected; here for left AKA revision.", {}),
        ("", {"done": "Anterior and posterior flaps raised on the left stump."}),
        ("", {"done": "Sagittal flaps were made on the left above-knee stump."}),
    ],
)
def test_the_other_stump_told_as_todays_is_a_conflict(before: str, told: dict[str, str]) -> None:
    assert _side(before, **told) == "conflicting"


FOOT = {
    "diagnosis": "Necrotic right AKA stump. Left heel ulcer, stage III",
    "title": "1. Right AKA revision.\n2. Debridement, left heel, 4 x 4 cm.",
    "done": "Starting on the right, dead skin was cut away. The left heel eschar was excised.",
}
GRAFT = {
    "title": "a. Re-amputation of right femur, STSG 90 sq cm from left thigh\n"
    "b. Debridement of left calf wound",
}


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Cardiology: moderate risk for AKA. L AKA - no edema.", {"history": "Left AKA 2022."}),
        ("Bilateral AKA. Left stump sound. Infected right AKA stump.", {}),
        ("29M bilateral AKA 2021, right stump infected. L AKA healed.", {}),
        ("", FOOT),
        ("", GRAFT),
        ("", {"title": "A. Right AKA revision\nB. Skin graft to it, donor left thigh"}),
    ],
)
def test_the_other_limb_beside_it_is_none(before: str, told: dict[str, str]) -> None:
    assert _side(before, **told) == "right"


def test_what_stands_under_the_label_of_a_limb_is_about_it() -> None:
    history = (
        "22M.\nRIGHT: open transfemoral stump, bone proud.\nLEFT: open transtibial stump, clean."
    )
    done = (
        "RIGHT: The scar was opened and the femur was cut. Quadriceps was sewn to hamstrings.\n"
        "LEFT: Washed out. No bone was cut here. A wound vac was put on.\nRIGHT: Closed. "
    )
    note = NOTE.format_map(PLAIN | {"history": history, "done": done})
    report = check(note, code="27596")
    assert report.facts.prior_level and report.facts.prior_level.value == "transfemoral"
    assert "negative_pressure" not in {r.value for r in report.facts.reconstruction}
    assert report.facts.bone_resected and report.facts.bone_resected.value
    status = {r.id: r.status for r in report.requirements}
    assert status["prior-level"] == status["new-level"] == "met"


def test_an_aside_belongs_to_the_limb_before_its_bracket() -> None:
    history = "Left AKA (2022; revision of that stump 2023) and a right femoral bypass 2024."
    told = {"diagnosis": "Right foot gangrene", "title": "Right above-knee amputation"}
    report = check(NOTE.format_map(PLAIN | told | {"history": history}), code="27596")
    assert next(r.status for r in report.requirements if r.id == "prior-level") == "missing"
