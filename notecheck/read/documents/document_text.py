"""What comes out of a document: its text, its pages, and what the file says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from notecheck.models import DocumentType, ReadingRemark
from notecheck.read.one_note import tells_two
from notecheck.read.remarks import distinct

_LEAST_REPEATED = 200  # letters and digits: a line may be said twice, a note is not
_MOST_COMPARED = 100_000  # characters of a part that is compared line by line
_LEAST_LINE = 12  # letters of a line that says enough to be known again
_LETTERHEAD_SHARE = 0.25  # of a part, what two forms of one note may differ by


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text that offsets refer to.

    `page_starts` holds the offset at which each page begins, the first being 0; it is empty where
    the format has no pages. `type`, `date`, `author`, `signed_by`, `signed_at` and
    `patient_class` (a code, as a C-CDA's encounter has one) are what the file itself tells, or
    None. `remarks` says what of it could not be read.
    """

    text: str
    page_starts: tuple[int, ...] = ()
    type: DocumentType | None = None
    date: dt.date | None = None
    remarks: tuple[ReadingRemark, ...] = ()
    author: str | None = None
    signed_by: str | None = None
    signed_at: str | None = None
    patient_class: str | None = None

    def remarked(self, *remarks: ReadingRemark) -> DocumentText:
        """The same with `remarks` behind its own."""
        return replace(self, remarks=distinct((*self.remarks, *remarks)))

    def known_as(self, kind: DocumentType | None) -> DocumentText:
        """The same, of the kind `kind` where it tells none itself."""
        return self if self.type or kind is None else replace(self, type=kind)


class ReadsDocument(Protocol):
    """Reads a document in any format; formats that hold other documents are given one."""

    def __call__(
        self, data: bytes, *, charset: str | None = None, is_html: bool = False
    ) -> DocumentText:
        """As `notecheck.read.documents.extract.document_text`."""


def joined_text(parts: Sequence[DocumentText], *, least: int = _LEAST_REPEATED) -> DocumentText:
    """The texts of `parts` as one, each on lines of its own; the first kind and date told hold.

    A note that was sent in two forms, as text and as PDF, stands once; of the second form only the
    lines are kept that the first does not have, such as another letterhead; what has fewer than
    `least` letters and digits may be said twice. Pages are kept when every part has them: they are
    counted on through the parts.
    """
    if len(parts) == 1:
        return parts[0]
    text = ""
    starts: list[int] = []
    kept = _without_second_forms(_without_repeats(parts, least))
    for part in kept:
        if text and not text.endswith("\n"):
            text += "\n"
        starts += [len(text) + start for start in part.page_starts]
        text += part.text
    return DocumentText(
        text,
        tuple(starts) if kept and all(part.page_starts for part in kept) else (),
        next((part.type for part in parts if part.type), None),
        next((part.date for part in parts if part.date), None),
        distinct(remark for part in parts for remark in part.remarks),
        next((part.author for part in parts if part.author), None),
        next((part.signed_by for part in parts if part.signed_by), None),
        next((part.signed_at for part in parts if part.signed_at), None),
        next((part.patient_class for part in parts if part.patient_class), None),
    )


def _without_repeats(parts: Sequence[DocumentText], least: int) -> list[DocumentText]:
    """`parts` without the long ones whose words all stand, in their order, in another one."""
    words = [_letters(part.text) for part in parts]
    return [
        part
        for number, part in enumerate(parts)
        if len(words[number]) < least
        or not any(
            words[number] in other and (len(other) > len(words[number]) or at < number)
            for at, other in enumerate(words)
            if at != number
        )
    ]


def _without_second_forms(parts: list[DocumentText]) -> list[DocumentText]:
    """`parts`, of which one that tells nearly what an earlier one tells has only its other lines.

    So a word that the two forms tell differently still stands, and is a contradiction. What names
    another patient or another day is another report, however much they have in common.
    """
    kept: list[DocumentText] = []
    for part in parts:
        for earlier in kept:
            left = _lines_beside(part, earlier)
            if left is not None and not tells_two(f"{earlier.text}\n{part.text}"):
                part = replace(part, text="\n".join(left), page_starts=())
                break
        if part.text.strip():
            kept.append(part)
    return kept


def _lines_beside(part: DocumentText, earlier: DocumentText) -> list[str] | None:
    """The lines of `part` that `earlier` does not have; None where these are much of it."""
    if max(len(part.text), len(earlier.text)) > _MOST_COMPARED:
        return None
    mine, theirs = _letters(part.text), _letters(earlier.text)
    if len(mine) < _LEAST_REPEATED or len(theirs) < _LEAST_REPEATED:
        return None
    whole = {_letters(line) for line in earlier.text.splitlines()}
    left = []
    for line in part.text.splitlines():
        letters = _letters(line)
        if (
            letters
            and letters not in whole
            and (len(letters) < _LEAST_LINE or letters not in theirs)
        ):
            left.append(line)
    return left if len(_letters("".join(left))) <= _LETTERHEAD_SHARE * len(mine) else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
