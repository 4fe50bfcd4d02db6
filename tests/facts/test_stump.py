"""Where the second reader is not asked, because no operation on a stump can be told."""

from __future__ import annotations

import pytest

from notecheck.facts.extract import read_chart
from notecheck.models import Document


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("PROCEDURE: Revision of left above-knee amputation. Infected stump, femur cut.", True),
        ("PROCEDURE: No revision of the amputation was done. The stump was not infected.", True),
        ("PROCEDURE: Repair of hernia.\nHISTORY: Amputation. The mesh was infected.", False),
        ("PROCEDURE: Left knee washout.\nThe knee was infected and was closed.", False),
    ],
)
def test_the_reader_is_asked_where_an_operation_on_a_stump_may_be_told(
    text: str, asked: bool
) -> None:
    (read,) = read_chart([Document(doc_id="op", text=text)]).documents
    assert bool(read.readings) is asked
