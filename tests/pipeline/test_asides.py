"""What is said in passing of another year, or read from a consent, was not done today."""

from __future__ import annotations

import datetime as dt

import pytest

from notecheck import check
from notecheck.models import Report
from notecheck.pipeline.asides import asides
from notecheck.reader.choice import reading_by


def report(history: str, date: str | None = "2025-02-06") -> Report:
    text = (
        "OPERATION: Revision of left above-knee stump.\n\n"
        f"{history}\n\nThe stump was opened and an abscess drained. The wound was packed open."
    )
    note = {"doc_id": "op", "type": "operative_note", "date": date, "text": text}
    return check({"encounter_id": "E1", "documents": [note]})


@pytest.mark.parametrize(
    ("history", "date", "counts"),
    [
        ("Shortened in 2023 for a recurrence (femur re-cut, with myodesis).", "2025-02-06", False),
        ("Shortened in 2023 for a recurrence (femur re-cut, with myodesis).", None, False),
        ("Shortened in 2025 for a recurrence (femur re-cut, with myodesis).", "2025-02-06", True),
    ],
)
def test_an_aside_on_an_earlier_year(history: str, date: str | None, counts: bool) -> None:
    with reading_by(None):  # whether the second reader believes it is not asked here
        told = {r.value for r in report(history, date).facts.reconstruction}
    assert ("myodesis" in told) is counts


def test_the_whole_list_of_a_consent_is_a_consent() -> None:
    found = report("Consent, as read out, covers: drainage; skin graft; vacuum dressing; myodesis.")
    assert {r.value for r in found.facts.reconstruction} == {"left_open"}
    assert {e.reason for e in found.excluded if e.fact == "reconstruction"} == {"consent"}


def test_offsets_are_those_of_the_words_in_parentheses() -> None:
    words = "amputated in 2019 (closed over a drain), well since"
    ((start, end, reason),) = asides(words, dt.date(2025, 1, 1), [])
    assert (words[start:end], reason) == ("closed over a drain", "history")


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("Left AKA 5/6/24 (femur cut at mid-thigh).", False),
        ("Left AKA, 05/2024 (femur cut at mid-thigh).", False),
        ("Left AKA three months ago (femur divided at mid-thigh).", False),
        ("L AKA 2019 (the femur was cut at mid-thigh).", False),
        ("Left AKA revision (femur cut at mid-thigh).", True),
        ("Left AKA revised 3/2/2025 (femur cut at mid-thigh).", True),
    ],
)
def test_an_aside_right_behind_an_operation_is_of_its_time(told: str, value: bool) -> None:
    found = report(f"Left AKA stump, sinus.\n{told}", "2025-03-02").facts
    assert (found.bone_resected is not None and found.bone_resected.value is True) is value


@pytest.mark.parametrize(
    "consent",
    [
        "Consent: signed  Anesthesia: general",
        "Consent includes: debridement\nDetails: the abscess was drained",
        "Consent on the chart, side: left",
    ],
)
def test_what_follows_a_consent_is_not_all_consent(consent: str) -> None:
    found = report(f"{consent}\nClosure: myodesis through drill holes in the femur")
    assert "myodesis" in {r.value for r in found.facts.reconstruction}
