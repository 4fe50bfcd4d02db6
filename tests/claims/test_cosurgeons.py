"""Two surgeons of one operation, each with a note of the own part."""

from __future__ import annotations

from typing import Any

import pytest

from claims.charts import encounter, line
from notecheck import check

BOTH = "Co-surgeons: Ira Falk, MD (orthopedics); B. Hoyt, MD (vascular)\n"
SECOND = (
    "OPERATIVE REPORT\nCo-surgeons: B. Hoyt, MD (vascular); Ira Falk, MD\nProcedure: Re-amputation "
    "of left thigh, vascular part\nDescription: The left femoral artery was tied."
)
# By finding: what the surgeon's note says of the second one, the modifier, the second note's day.
CASES: dict[str, list[tuple[str, str, str | None]]] = {
    "cosurgeon-note-not-seen": [
        (BOTH, "62", None),
        ("Co-surgeon: B. Hoyt, MD\n", "62", None),
        (BOTH, "62", "2026-02-20"),
    ],
}
RIGHT = [
    (BOTH, "62", "2026-04-07"),
    ("Assistant: B. Hoyt, MD\n", "80", None),
    (BOTH, "22", None),
    ("", "62", None),  # no second surgeon at all is an error of its own
]


def _found(told: str, modifier: str, second: str | None) -> set[str]:
    asked: dict[str, Any] = encounter(line("27596", modifier, "LT"), more=told)
    if second:
        note = {"doc_id": "op2", "type": "operative_note", "date": second, "text": SECOND}
        asked = asked | {"documents": [*asked["documents"], note]}
    return {f.id for f in check(asked).findings} & CASES.keys()


@pytest.mark.parametrize(
    ("finding", "row"), [(finding, row) for finding, rows in CASES.items() for row in rows]
)
def test_each_of_two_surgeons_has_a_note(finding: str, row: tuple[str, str, str | None]) -> None:
    assert _found(*row) == {finding}


@pytest.mark.parametrize("row", RIGHT)
def test_what_needs_no_second_note(row: tuple[str, str, str | None]) -> None:
    assert _found(*row) == set()
