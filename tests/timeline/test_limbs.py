"""What is said of the other limb is no fact of this operation."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.models import Report

TITLE = "PROCEDURE: Revision of left above-knee amputation stump\n"
CUT = "\nDESCRIPTION: The left femur was cut at mid-shaft. The fascia was closed."


def indications(report: Report) -> set[str]:
    return {fact.value for fact in report.facts.indications}


def closures(note: str) -> set[str]:
    return {fact.value for fact in check(note, "27596").facts.reconstruction}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The left stump is infected.", {"infection"}),
        ("The right stump is infected. The left stump has osteomyelitis.", {"osteomyelitis"}),
        ("The left stump has dehisced; the right foot has an abscess.", {"dehiscence"}),
        ("On the right she has a heel abscess. The left stump is necrotic.", {"nonviable"}),
        ("The contralateral limb has cellulitis. Osteomyelitis of the left stump.",
         {"osteomyelitis"}),
        ("Left stump osteomyelitis, right stump cellulitis.", {"osteomyelitis"}),
        ("His other leg has gangrene. The stump is dehisced.", {"dehiscence"}),
        ("Unlike the right leg, which is warm, the stump is necrotic.", {"nonviable"}),
    ],
)  # fmt: skip
def test_a_statement_belongs_to_the_side_that_it_names(words: str, expected: set[str]) -> None:
    assert indications(check(f"{TITLE}INDICATIONS: {words}{CUT}")) == expected


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Left BKA 2019, right AKA 2021.", "transtibial"),
        ("Right AKA 2021, left BKA 2019.", "transtibial"),
        ("s/p R AKA and L BKA.", "transtibial"),
        ("He had a right BKA in 2018 and a left AKA in 2020.", "transfemoral"),
    ],
)
def test_each_amputation_belongs_to_its_side(words: str, level: str) -> None:
    note = f"PROCEDURE: Left stump revision\nINDICATIONS: {words}{CUT}"
    fact = check(note).facts.prior_level
    assert fact is not None
    assert fact.value == level


def test_the_other_limb_is_listed_as_excluded() -> None:
    words = "The left stump has an abscess. The right stump has osteomyelitis."
    report = check(f"{TITLE}INDICATIONS: {words}{CUT}")
    assert ("indications", "osteomyelitis", "other_limb") in {
        (e.fact, e.value, e.reason) for e in report.excluded
    }


def test_a_sentence_that_points_back_is_about_the_same_limb() -> None:
    words = "He also has a right BKA stump. It is infected."
    assert "infection" not in indications(check(f"{TITLE}INDICATIONS: {words}{CUT}"))


def test_in_an_operation_on_both_sides_both_count() -> None:
    note = (
        "PROCEDURE: Revision of bilateral above-knee amputation stumps\nINDICATIONS: The right "
        f"stump is infected. The left stump has osteomyelitis.{CUT}"
    )
    assert indications(check(note)) == {"infection", "osteomyelitis"}


@pytest.mark.parametrize("label", ["RIGHT:", "Right:", "b. Right calf."])
def test_what_stands_under_the_label_of_a_side_is_about_that_side(label: str) -> None:
    other = f"{label} New set-up. The wound was clean. A wound vac was placed."
    assert closures(f"{TITLE}{CUT}\n{other}") == {"fascial_closure"}
    assert closures(f"{TITLE}{CUT}\n{other}\nLEFT: A wound vac was placed.") == {
        "fascial_closure",
        "negative_pressure",
    }


def test_a_label_holds_until_the_other_side_is_named() -> None:
    other = "RIGHT: The wound was clean. The left stump was seen again. A wound vac was placed."
    assert "negative_pressure" in closures(f"{TITLE}{CUT}\n{other}")


def test_a_label_in_the_midst_of_a_line_is_over_one_sentence() -> None:
    line = "It was washed. Right: closed in 2020. A wound vac was placed."
    assert "negative_pressure" in closures(f"{TITLE}{CUT} {line}")


@pytest.mark.parametrize("heading", ["RIGHT LEG", "RIGHT AND LEFT LEGS", "LEFT AND RIGHT LEGS"])
def test_a_heading_that_names_both_sides_is_over_neither(heading: str) -> None:
    note = f"{TITLE}{CUT}\n{heading}:\nA wound vac was placed."
    one = " AND " not in heading
    assert ("negative_pressure" in closures(note)) is not one


@pytest.mark.parametrize(
    "measured",
    [
        "17 cm below the trochanter, gauged from the contralateral thigh",
        "17 cm below the trochanter by comparison with the opposite limb",
        "at 17 cm, an estimate from the right thigh",
    ],
)
def test_a_limb_that_the_cut_was_measured_by_is_not_the_limb_that_was_cut(measured: str) -> None:
    cut = f"\nDESCRIPTION: The femur was divided {measured}. The fascia was closed."
    level = check(f"{TITLE}{cut}", "27596").facts.new_level
    assert level is not None
    assert level.measurement_cm == 17


def test_a_cut_on_the_opposite_side_stays_the_other_limbs() -> None:
    cut = "\nDESCRIPTION: On the opposite side the femur was divided at mid-shaft."
    assert check(f"{TITLE}{cut}", "27596").facts.new_level is None
