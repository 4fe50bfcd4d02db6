"""A time beside an amputation may be that of its troubles; only its own day starts a period."""

import pytest

from notecheck.timeline.another_event import after_another_event, before_another_event

from .notes import CLAIM, report_of, revision, status_of


def _global_period(history: str) -> str:
    report = report_of(revision(history), claim=CLAIM)
    return status_of(report, "global-period")


@pytest.mark.parametrize(
    "history",
    [
        "Left AKA, infected since 2/1/2026.",
        "Left AKA with drainage since 1/20/2026.",
        "Left AKA, MRI on 2/20/2026 with edema.",
        "Left AKA, on cefazolin since February 2026.",
        "Left AKA stump ulcer 2/2026.",
        "Left AKA stump (drain made in 2/2026).",
        "Left above-knee amputee, hospitalized 2/1/2026 for sepsis.",
        "Since 1/20/2026 the left AKA stump has been draining.",
        "On 2/1/2026 he noticed pus at the left AKA.",
        "Four weeks ago the left AKA stump turned red.",
        "The left AKA stump began to drain in February 2026.",
        "In a nursing home since January 2026 with a draining left AKA.",
    ],
)
def test_the_day_of_a_trouble_is_no_day_of_an_amputation(history: str) -> None:
    assert _global_period(history) == "not_assessed"


@pytest.mark.parametrize(
    "history",
    [
        "Left AKA in October 2025; in February the scar broke open.",
        "Left AKA Oct 2025. Fall in January, left incision open since, femur bare.",
        "In February 2026 an open ulcer appeared; the left AKA is from October 2025.",
        "Seen on 2/20/2026 with an open left above-knee stump. AKA was in October 2025.",
        "Left AKA in 2022, and was treated in February for cellulitis.",
        "In February 2026 she noticed pus at her left AKA (2022).",
        "Draining sinus since 2/2026 after a left AKA in 2022.",
        "Left AKA 3 months and 3 weeks ago.",
        "Sore stump of the left thigh (amputated in 2022, a crush injury).",
        "Left thigh stump (amputation of 2022, above the knee), draining.",
        "Draining left AKA (my case of Oct. '24).",
        "Left AKA (completed at the scene 10/5/2025).",
        "A man with an amputation done by us 10/6/2025.",
    ],
)
def test_the_amputations_own_day_is_found_beside_that_of_a_trouble(history: str) -> None:
    assert _global_period(history) == "not_applicable"


@pytest.mark.parametrize(
    "history",
    [
        "Left AKA on 1/20/2026, dehisced 2/20/2026.",
        "Left AKA in January 2026, open since February.",
        "Left AKA for infection on 1/20/2026.",
        "Infected left thigh stump after amputation on 1/20/2026.",
        "Left thigh stump (amputation 1/20/2026, closed over drains).",
        "Left AKA 2022, revised 1/20/2026.",
        "The left thigh was amputated in an open fashion on 1/20/2026.",
        "In January 2026 an open amputation of the left thigh was done.",
    ],
)
def test_an_amputation_within_the_period_is_dated_by_its_own_day(history: str) -> None:
    assert _global_period(history) == "missing"


@pytest.mark.parametrize(
    ("behind", "own"),
    [
        (" on 2/1, admitted 2/24", " on 2/1"),
        ("; in march the stump broke open", ""),
        (" in 2019 for an infection", " in 2019 for an infection"),
        (" for infection in 2019", " for infection in 2019"),
        (" (infected knee) 2019", " (infected knee) 2019"),
        (", infected since march", ""),
        (" on the left since 2019", " on the left since 2019"),
    ],
)
def test_words_behind_an_act(behind: str, own: str) -> None:
    assert before_another_event(behind) == own


@pytest.mark.parametrize(
    ("before", "behind", "own"),
    [
        ("in 2019 a left ", ", infected", "in 2019 a left "),
        ("in 2019 a left ", " stump was seen", ""),
        ("in 2019 the left ", " became red", ""),
        ("in 2019 pus from the left ", "", " from the left "),
        ("in 2019 after infection a left ", "", "in 2019 after infection a left "),
        ("in 2019 pus in the knee and underwent ", "", "in 2019 pus in the knee and underwent "),
        ("since 2019 the left ", "", ""),
        ("since 2019 he has had a left ", "", "since 2019 he has had a left "),
    ],
)
def test_words_before_an_act(before: str, behind: str, own: str) -> None:
    assert after_another_event(before, behind) == own
