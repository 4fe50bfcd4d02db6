"""What was debrided today, how much, and whether it stands on its own."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.facts.debridement import debridement
from notecheck.models import DebridementFact, Document
from notecheck.pipeline.analyse import pipeline
from notecheck.timeline.chart import Chart


def fact(text: str) -> DebridementFact:
    note = Document(doc_id="op", text=f"Revision of left above-knee stump. {text}")
    return debridement(Chart([pipeline().analyse(note)]))


@pytest.mark.parametrize(
    "text",
    [
        "No debridement was performed.",
        "The wound was not debrided.",
        "He had undergone serial debridements elsewhere.",
        "He will need debridement of the heel next week.",
        "CONSENT: Debridement, revision.",
        "The scar was excised.",
    ],
)
def test_not_debrided_today(text: str) -> None:
    assert fact(text) == DebridementFact()


@pytest.mark.parametrize(
    ("text", "tissues"),
    [
        ("Skin, subcutaneous fat and fascia were debrided.", {"skin", "subcutaneous", "fascia"}),
        ("Necrotic muscle was debrided to healthy bleeding tissue.", {"muscle"}),
        ("The skin was debrided down to clean fat.", {"skin"}),
        ("The skin was debrided to bleeding muscle.", {"skin"}),
        ("Stringy hamstring tendon was debrided.", {"tendon"}),
        ("Debridement of the stump including bone was done.", {"bone"}),
        ("The stump was debrided of its necrotic muscle and fascia.", {"muscle", "fascia"}),
        ("Devitalized tissue was debrided.", set()),
        (
            "The ulcer was debrided. Necrotic skin, fat, fascia and gluteal muscle were excised.",
            {"skin", "subcutaneous", "fascia", "muscle"},
        ),
        ("The ulcer was debrided. Dead skin was excised, and muscle was healthy.", {"skin"}),
    ],
)
def test_the_tissues_removed_and_not_the_depth_reached(text: str, tissues: set[str]) -> None:
    told = fact(text)
    assert told.performed
    assert set(told.tissues) == tissues


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Muscle was debrided over an area of 5 x 7 cm.", 35.0),
        ("Skin was debrided. The debrided area measured 6 by 4 by 2 cm.", 24.0),
        ("Skin was debrided, 60 x 40 mm.", 24.0),
        ("Skin was debrided, 24 sq cm.", 24.0),
        ("Two and a half by four inches of skin was debrided.", 64.52),
        ("Ulcers were debrided of skin with areas of 6 x 4 cm and 3 x 2 cm.", 30.0),
        ("The wound was 4 x 3 cm. Its fat was dead. The fat was debrided.", 12.0),
        ("Fat was debrided. Before it was 6 x 2 cm and afterwards it was 7 x 3 cm.", 21.0),
        ("Fat was debrided. Before debridement the wound was 6 x 2 cm.", 12.0),
        ("The wound was 4 x 3 cm. The drain was dry. It was cut. The fat was debrided.", None),
        ("Skin was debrided over 8 cm.", None),
        ("Skin was debrided. The surface was 5 x 4 cm, 20 sq cm.", 20.0),
        ("Skin was debrided, 5 x 4 cm and 3 x 2 cm (26 cm2).", 26.0),
        ("Skin was debrided, 5 x 4 cm at the heel and 6 sq cm at the ankle.", 26.0),
        ("Skin was debrided, 20 sq cm at the heel and 20 sq cm at the ankle.", 40.0),
    ],
)
def test_area(text: str, area: float | None) -> None:
    assert fact(text).area_cm2 == area


def test_of_several_depths_the_deepest_counts() -> None:
    told = fact(
        "The skin of the end was debrided, 3 x 2 cm. The lateral muscle was debrided, 5 x 4 cm."
    )
    assert told.area_cm2 == 20.0


def test_a_size_told_in_title_and_description_counts_once() -> None:
    told = fact(
        "\nPROCEDURE: Debridement of sacral ulcer, 7 x 6 cm.\n\n"
        "DESCRIPTION: The sacral ulcer was debrided over an area of 7 x 6 cm."
    )
    assert told.area_cm2 == 42.0


@pytest.mark.parametrize(
    ("text", "separate"),
    [
        ("The sacral ulcer was debrided.", True),
        ("A second wound over the hip was exposed. Its skin edges were debrided.", True),
        ("The debridement was medically necessary to control sepsis.", True),
        ("The muscle within the stump wound was debrided.", False),
        ("No sacral or heel wound was seen. The stump was debrided.", False),
    ],
)
def test_separate(text: str, separate: bool) -> None:
    assert fact(text).separate is separate


@pytest.mark.parametrize(
    ("text", "separate"),
    [
        ("The femur of the left stump was cut. The right foot was debrided of dead skin.", True),
        ("The femur of the left stump was cut. The left stump was debrided of dead skin.", False),
    ],
)
def test_what_is_debrided_on_the_other_side_is_a_separate_site(text: str, separate: bool) -> None:
    note = f"OPERATION: Revision of left above-knee amputation.\nDESCRIPTION: {text}"
    told = check(note, code="27596").facts.debridement
    assert (told.performed, told.separate) == (True, separate)


def test_a_debridement_named_in_the_title_alone_is_told_by_other_verbs() -> None:
    note = Document(
        doc_id="op",
        text="PROCEDURE: Debridement, left above-knee stump.\n\n"
        "DESCRIPTION: Stringy fat was curetted over 7 by 5 cm.",
    )
    told = debridement(Chart([pipeline().analyse(note)]))
    assert told.performed
    assert told.tissues == ("subcutaneous",)
    assert told.area_cm2 == 35.0


def test_a_size_counts_beside_a_supposition() -> None:
    told = fact("Skin was debrided, 20 x 9 cm, less would not have cleared it.")
    assert told.area_cm2 == 180.0


def test_a_forms_unticked_tissue_does_not_count() -> None:
    told = fact("Depth debrided: [x] skin [x] fascia [ ] muscle\nKnife: #15\nArea (cm): 4 x 3.5")
    assert (told.tissues, told.area_cm2) == (("skin", "fascia"), 14.0)
