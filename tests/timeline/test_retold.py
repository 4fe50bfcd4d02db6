"""What a story tells of the operations before today's is told of them."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = (
    "PREOPERATIVE DIAGNOSIS: Painful spur, right above-knee stump.\n"
    "PROCEDURE: Revision of right above-knee amputation.\n"
    "INDICATIONS: {story}\n"
    "DESCRIPTION OF PROCEDURE: The right thigh was prepped. The femur was cut 3 cm higher with a "
    "saw and the muscles were sewn over its end."
)


def read(story: str, name: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The values of a fact, and the values with reasons of what was not counted."""
    document = {"doc_id": "op", "type": "operative_note", "date": "2026-05-06"}
    encounter = {"encounter_id": "e", "documents": [{**document, "text": NOTE.format(story=story)}]}
    report = check(encounter, code="27596")
    found = getattr(report.facts, name)
    values = {fact.value for fact in (found if isinstance(found, tuple) else (found,))}
    return values, {(e.value, e.reason) for e in report.excluded if e.fact == name}


REASONS = {
    "before the operation that it led to": (
        "In 2023 the forefoot turned gangrenous. A right below-knee amputation was done in March "
        "2023. She now cannot bear the socket.",
        "nonviable",
    ),
    "in the sentence of that operation": (
        "In 2023 the foot became gangrenous, and she underwent a right below-knee amputation "
        "in March 2023. She now has a spur.",
        "nonviable",
    ),
    "behind the operation, linked by its preposition": (
        "She had a right above-knee amputation in 2023 for gangrene of the foot with an "
        "occluded bypass. She returns with a spur.",
        "ischemia",
    ),
    "behind a man of some age": (
        "This is a 49-year-old man who came in with necrotizing fasciitis of the leg. On 3/5/2025 "
        "he had an open above-knee amputation. He is now ready for a prosthesis.",
        "infection",
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_the_reason_of_an_earlier_operation_is_none_of_todays(name: str) -> None:
    story, value = REASONS[name]
    values, excluded = read(story, "indications")
    assert value not in values
    assert (value, "history") in excluded


STILL = {
    "behind the cause of the amputation": (
        "46M R AKA 2/12/2026 for a forklift crush, stump flap black, osteomyelitis on MRI."
    ),
    "told at the present": "She now has osteomyelitis. A right AKA was done in 2023.",
    "after the operation": "A right AKA was done in 2023. MRI showed osteomyelitis.",
    "with who had it": "Osteomyelitis in a woman who underwent right AKA in 2023.",
    "behind another reason": "Right AKA 2020, femur too long for a socket, osteomyelitis on MRI.",
    "beside a toe": "MRI showed osteomyelitis of the femur. A toe was amputated in 2019.",
    "beside the other leg": "MRI showed osteomyelitis. She had a left BKA in 2019.",
}


@pytest.mark.parametrize("name", STILL)
def test_a_reason_of_today_stays_one(name: str) -> None:
    values, _ = read(STILL[name], "indications")
    assert "osteomyelitis" in values


def test_what_was_done_at_the_earlier_operation_was_done_then() -> None:
    story = (
        "A right above-knee amputation was done in 2023. The femur was divided at its lower "
        "third and the wound was left open. She now has a spur."
    )
    values, _ = read(story, "reconstruction")
    assert values == {"myoplasty"}
    _, excluded = read(story, "new_level")
    assert excluded == {("femur", "history"), ("distal_third", "history")}
