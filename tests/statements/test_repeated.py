"""A sentence told twice is read once, and says the same wherever it stands."""

from __future__ import annotations

from notecheck.models import Document
from notecheck.pipeline.components import Sections, Sentences, Text
from notecheck.pipeline.parts import parts
from notecheck.statements.statement import Statement

NOTE = (
    "OPERATION: Revision of left above-knee amputation.\n"
    "DESCRIPTION: The muscles were divided. They were sewn to the femur through drill holes. "
    "The drain was placed. They were sewn to the femur through drill holes. "
    "The skin was closed over it. No myodesis was done. The skin was closed over it.\n"
)


def statements(text: str) -> list[Statement]:
    made = parts()
    note = Text(made).begin(Document(doc_id="op", text=text))
    note = Sentences(made).read(Sections(made).read(note))
    return made.statements.find(note.normalized, note.sentences)


def length(text: str) -> int:
    """Of the text that is read, in which names of one thing are one."""
    return len(Text(parts()).begin(Document(doc_id="op", text=text)).normalized)


def test_what_was_told_before_a_pronoun_is_part_of_what_is_remembered() -> None:
    first, second = (
        [s for s in statements(NOTE) if s.value == "myodesis" and s.start > at]
        for at in (0, NOTE.index("drain was"))
    )
    assert [s.reason for s in first][:1] == [None]
    assert len(second) < len(first)  # a drain that is sewn to bone is no myodesis


def test_offsets_are_those_of_each_place() -> None:
    twice, half = statements(NOTE + NOTE), length(NOTE)
    once = [s for s in twice if s.start < half]
    again = [s for s in twice if s.start >= half]
    assert [(s.rule, s.start + half, s.end + half) for s in once] == [
        (s.rule, s.start, s.end) for s in again
    ]
