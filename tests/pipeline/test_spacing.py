"""How blanks and line ends are written makes no difference to what is read, nor to the evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notecheck import check
from notecheck.models import Document
from notecheck.pipeline.analyse import pipeline
from notecheck.pipeline.repair import Repaired
from notecheck.pipeline.spacing import evenly_spaced

NOTE = """\
OPERATION: Revision of left above-knee amputation.
    1. Bone cut
Left stump.

DESCRIPTION: The stump was opened. The femur was divided 12 cm below the greater trochanter with an
oscillating saw. The muscles were sutured over the bone."""


def doubled(text: str) -> str:
    return text.replace(" ", "  ")


def with_two_signs_a_line(text: str) -> str:
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize("change", [doubled, with_two_signs_a_line])
def test_a_note_is_the_same_to_whatever_reads_it(change: Callable[[str], str]) -> None:
    given = change(NOTE)
    read, as_typed = (
        pipeline().analyse(Document(doc_id="d", type="operative_note", text=text))
        for text in (given, NOTE)
    )
    assert read.repaired.text == as_typed.repaired.text
    report, plain = check(given), check(NOTE)
    assert [(r.id, r.status) for r in report.requirements] == [
        (r.id, r.status) for r in plain.requirements
    ]
    assert report.facts.bone_resected
    for item in report.facts.bone_resected.evidence:
        assert given[item.start : item.end] == item.text


@pytest.mark.parametrize(
    "text",
    [
        NOTE,
        "SURGEON   A. Roe, MD\nDATE      1 May 2026\nSIDE      left\nROOM      4\nEBL       100 cc",
        "Left  stump.",
        "",
    ],
)
def test_columns_and_plain_text_stay(text: str) -> None:
    before = Repaired(text)
    assert evenly_spaced(before) is before
