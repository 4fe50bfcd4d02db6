"""Who assisted, by the note, against the modifier that bills it."""

from __future__ import annotations

import pytest

from claims.charts import encounter, line
from notecheck import check

# By finding, what the note says of the assistant and the modifier that bills it.
CASES: dict[str, list[tuple[str, str]]] = {
    "assistant-no-surgeon": [
        ("ASSISTANT: Devon Clarke, PA-C", "80"),
        ("Assisting: Devon Clarke, PA-C", "80"),
        ("Assistant: Devon Clarke, PA-C (retraction; no resident here)", "80"),
        ("First assistant: K. L. Moyo NP", "82"),
        ("Assistant surgeon: Mia Orr, PA-C", "80"),
        ("Physician Assistant: Mia Orr", "80"),
        ("Assistants:\n  Mia Orr, RNFA", "81"),
        ("She was assisted by Mia Orr, PA-C, throughout.", "80"),
        ("Mia Orr, PA-C, assisted with exposure and closure.", "80"),
        ("Assistant: Ann Bly, FNP-BC. Anesthesia: general, Dr. Wu", "80"),
        ("Surgeon/Assistant: Ira Falk, MD / Mia Orr, PA-C", "80"),
        ("PA: Mia Orr", "82"),
    ],
    "assistant-is-surgeon": [
        ("ASSISTANT: B. Hoyt, MD", "AS"),
        ("Assistant surgeon: Dr. B. Hoyt", "AS"),
        ("Surgeon / Assistant: I. Falk MD / B. Hoyt MD", "AS"),
    ],
    "assistant-no-surgeon-payer": [("Assistant: Mia Orr, PA-C", "80")],
}
RIGHT = [
    ("ASSISTANT: B. Hoyt, MD", "80"),
    ("Assistant at surgery: Dr. B. Hoyt", "80"),
    ("Assistants: Mia Orr, PA-C; B. Hoyt, M.D.", "80"),
    ("Assistants: Mia Orr PA-C (retraction), B. Hoyt MD (exposure)", "80"),
    ("Assistant: Mia Orr, PA-C\nSecond assistant: B. Hoyt, DO", "80"),
    ("Assistant: Mia Orr, PA-C. Dr. Hoyt scrubbed in as well to assist.", "80"),
    ("Assistant: B. Hoyt", "80"),
    ("Assistants:\n  B. Hoyt, MD", "80"),
    ("Assistant: Hoyt (no PA available)", "80"),
    ("ASSISTANT: Devon Clarke, PA-C", "AS"),
    ("1st assistant - Devon Clarke, P.A.", "AS"),
    ("Physician Assistant: Mia Orr", "AS"),
    ("Surgeon/Assistant: Ira Falk, MD / Mia Orr, PA-C", "AS"),
    ("Surgeon & Assistant: Ira Falk, MD; B. Hoyt, MD", "80"),
    ("Surgeon: Ira Falk, MD   PA: Mia Orr", "AS"),
    ("Assistants: Mia Orr, PA-C; B. Hoyt, MD", "AS"),
    ("Assistant: Mia Orr, PA-C, who closed while Dr. Falk checked the bone", "AS"),
    ("Assistant: Mia Orr, PA-C", "80-AS"),  # as some contractors want it
]


def _found(told: str, modifiers: str, payer: str = "medicare") -> set[str]:
    assisting = line("27596", "LT", *modifiers.split("-"))
    report = check(encounter(line("27596", "LT"), assisting, more=f"{told}\n", payer=payer))
    return {f.id for f in report.findings} & {*CASES, "assistant-not-documented"}


@pytest.mark.parametrize(
    ("finding", "told", "modifier"),
    [(finding, *row) for finding, rows in CASES.items() for row in rows],
)
def test_who_assisted_decides_the_modifier(finding: str, told: str, modifier: str) -> None:
    payer = "commercial" if finding.endswith("payer") else "medicare"
    assert _found(told, modifier, payer) == {finding}


@pytest.mark.parametrize(("told", "modifier"), RIGHT)
def test_an_assistant_who_fits_the_modifier_is_not_remarked_on(told: str, modifier: str) -> None:
    assert _found(told, modifier) == set()
