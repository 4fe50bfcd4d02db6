"""What notecheck hangs from spaCy's `Doc` and `Span`, and how its offsets become tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container
from typing import Any, cast

import numpy as np
from medspacy._extensions import set_extensions
from medspacy.context import ConText
from spacy.attrs import IDX, IS_SPACE, SENT_START
from spacy.tokens import Doc, Span

from notecheck.models import Document
from notecheck.pipeline.mentions import AnalysedDocument

MENTIONS = "notecheck"  # the span group of all mentions, overlapping ones included


def register() -> None:
    """Make medspaCy's attributes and ours known to spaCy; those that are there stay as they are.

    `doc._.notecheck` is the `AnalysedDocument` that the components fill in one after the other. A
    `Document` put to `doc._.notecheck_document` beforehand tells the id, type and date of the note;
    without one it is an operative note of no date. `span._.reason` says why a mention does not
    count, or is None; `span._.cue` is the id of the context rule or section that says so.
    """
    set_extensions()
    if not Span.has_extension("modifiers"):
        ConText.register_graph_attributes()
    for name in ("notecheck", "notecheck_document"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in ("reason", "cue"):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)


def document_of(doc: Doc) -> Document:
    """The document that `doc` is made from."""
    told: Document | None = doc._.notecheck_document
    return told if told is not None else Document(doc_id="note", text=doc.text)


def analysed(doc: Doc) -> AnalysedDocument:
    """What the components so far found in `doc`.

    Raises ValueError, naming the missing component, where none has read it.
    """
    found: AnalysedDocument | None = doc._.notecheck
    if found is None:
        raise ValueError("add `notecheck_text` to the pipeline before notecheck's other components")
    return found


def set_sentence_starts(doc: Doc, begins: Container[int]) -> None:
    """Begin a sentence at these tokens; at one of blanks, with the token after it.

    All at once, because spaCy looks through the whole `Doc` for each token that is set by itself.
    """
    starts = np.full(len(doc), -1, dtype=np.int64)
    due = True
    for place, blank in enumerate(doc.to_array(IS_SPACE).tolist()):
        due = due or place in begins
        if due and (place == 0 or not blank):
            starts[place] = 1
        due = due and bool(blank)
    if len(doc):
        doc.from_array([SENT_START], cast(Any, starts.reshape(-1, 1).astype(np.uint64)))


class TokenPlaces:
    """Which tokens of a `Doc` the stretches of its repaired text are."""

    def __init__(self, doc: Doc, note: AnalysedDocument) -> None:
        self._starts: list[int] = doc.to_array(IDX).tolist()
        self._given = note.repaired.given

    def __len__(self) -> int:
        return len(self._starts)

    def holding(self, start: int, end: int) -> tuple[int, int]:
        """The tokens, (first, one past the last), that `repaired.text[start:end]` touches."""
        start, end = self._given(start, end)
        first = max(0, bisect_right(self._starts, start) - 1)
        return first, max(first, bisect_left(self._starts, end))

    def at(self, start: int) -> int:
        """The first token that begins at or after this offset of the repaired text."""
        return bisect_left(self._starts, self._given(start, start)[0])
