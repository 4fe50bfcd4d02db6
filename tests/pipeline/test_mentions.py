"""The same words are quoted once, and what is quoted is what stands there."""

from __future__ import annotations

from notecheck.models import Document
from notecheck.pipeline.analyse import pipeline


def test_an_evidence_item_is_made_once() -> None:
    note = pipeline().analyse(Document(doc_id="op", text="The femur was cut."))
    first = note.quote(4, 9)
    assert note.quote(4, 9) is first
    assert first.text == "femur"
    assert note.quote(4, 9, section="description") != first
