"""What comes out of a document: its text, its pages, and what the file says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from notecheck.models import DocumentType


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text that offsets refer to.

    `page_starts` holds the offset at which each page begins, the first being 0; it is empty where
    the format has no pages. `type` and `date` are what the file itself tells, or None.
    """

    text: str
    page_starts: tuple[int, ...] = ()
    type: DocumentType | None = None
    date: dt.date | None = None


def joined_text(parts: Sequence[DocumentText]) -> DocumentText:
    """The texts of `parts` as one, each on lines of its own; the first kind and date told hold.

    Pages are kept when every part has them: they are counted on through the parts.
    """
    if len(parts) == 1:
        return parts[0]
    text = ""
    starts: list[int] = []
    for part in parts:
        if text and not text.endswith("\n"):
            text += "\n"
        starts += [len(text) + start for start in part.page_starts]
        text += part.text
    return DocumentText(
        text,
        tuple(starts) if all(part.page_starts for part in parts) else (),
        next((part.type for part in parts if part.type), None),
        next((part.date for part in parts if part.date), None),
    )
