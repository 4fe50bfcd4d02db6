"""A surgeon's later word on the operation, read as part of the operative note.

An addendum is a document of type `other` or `operative_note` that is dated, not before the
operative note, and calls itself an addendum, a late entry or the answer to a query in its opening
lines.
Where it speaks of the place of the cut or of the side, its word goes before the note's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.pipeline.parts import parts

_OPENING = 400  # characters in which an addendum says what it is


def addenda(documents: Sequence[AnalysedDocument]) -> list[AnalysedDocument]:
    """The addenda among `documents`; none without an operative note that they add to."""
    if len(documents) < 2:
        return []
    named = [document for document in documents if calls_itself_addendum(document)]
    notes = [
        d.document
        for d in documents
        if d.document.type == "operative_note" and not any(d is other for other in named)
    ]
    if not notes:
        return []
    operated_on = min((note.date for note in notes if note.date), default=None)
    return [
        document
        for document in named
        if document.document.date is not None
        and (operated_on is None or document.document.date >= operated_on)
    ]


def calls_itself_addendum(document: AnalysedDocument) -> bool:
    """By the frames of the fact `addendum`, in the heading or in the text of its opening."""
    if document.document.type not in ("other", "operative_note"):
        return False
    return parts().statements.opens_with("addendum", document.normalized[:_OPENING])
