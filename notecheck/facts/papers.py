"""What is known of the documents themselves: whose, of which day, signed or not.

A reviewer asks it of a document before its words: a history from long before the operation, an
addendum that nobody signed. Only findings on a claim ask, so it is read when it is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from notecheck.facts.report_elements import ReportElements
from notecheck.models import Document, DocumentType, Evidence
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.pipeline.own_day import own_day
from notecheck.pipeline.section import section_at
from notecheck.timeline.addendum import addenda, calls_itself_addendum

SIGNATURE, SIGNED_BY, SURGEON = "signature", "signed-by", "named-surgeon"
DRAFT, BLANK = "draft", "signature-blank"
COSURGEON = "named-cosurgeon"
INPATIENT_ORDER, HISTORY_UPDATE = "inpatient-order", "history-update"


@dataclass(frozen=True)
class Paper:
    """One document. `signed` is by its own fields or a signature line in its text. `signers` are
    the names or lines that say by whom. `draft` is where it says that it is one or not signed,
    `blank` where it has a place for a signature with none in it, or says that nobody read it.
    `surgeon` is where it names the surgeon, `cosurgeon` where it names a second one.

    `read_as_addendum` is false for what calls itself one and is none by its date: before the
    operation, or undated. `first` are its first words, to point at.
    `own_day` is where an operative note's own heading names another day of the operation than
    `date`, whichever of day and month is written first.
    """

    doc_id: str
    type: DocumentType
    date: dt.date | None
    author: str | None
    signers: tuple[str, ...]
    signed: bool
    draft: tuple[Evidence, ...]
    blank: tuple[Evidence, ...]
    surgeon: tuple[Evidence, ...]
    cosurgeon: tuple[Evidence, ...]
    is_addendum: bool
    read_as_addendum: bool
    first: tuple[Evidence, ...]
    own_day: tuple[Evidence, ...]


@dataclass(frozen=True)
class Papers:
    """All documents of one encounter, in the order given."""

    _documents: tuple[AnalysedDocument, ...] = field(default=(), repr=False)

    def __iter__(self) -> Iterator[Paper]:
        return iter(self._read)

    @cached_property
    def _read(self) -> tuple[Paper, ...]:
        return tuple(self._papers())

    def _papers(self) -> Iterator[Paper]:
        counted = addenda(self._documents)
        for document in self._documents:
            own, elements = document.document, ReportElements((document,))
            yield Paper(
                doc_id=own.doc_id,
                type=own.type,
                date=own.date,
                author=own.author,
                signers=_signers(own, elements),
                signed=bool(own.signed_by or own.signed_at or elements.words(SIGNATURE)),
                draft=elements.words(DRAFT),
                blank=elements.words(BLANK),
                surgeon=_surgeons(elements),
                cosurgeon=elements.everywhere(COSURGEON),
                is_addendum=calls_itself_addendum(document),
                read_as_addendum=any(document is other for other in counted),
                first=_first_words(own),
                own_day=_other_day(document),
            )

    @property
    def history_update(self) -> tuple[Evidence, ...]:
        """Where a document says that an older history was gone over again before the operation."""
        return ReportElements(self._documents).words(HISTORY_UPDATE)

    @property
    def order(self) -> tuple[Evidence, ...]:
        """Where any document tells an order or a decision to admit as an inpatient."""
        return ReportElements(self._documents).words(INPATIENT_ORDER)


def _surgeons(elements: ReportElements) -> tuple[Evidence, ...]:
    """Where the surgeon is named, and beside one the co-surgeon, whose note it may be."""
    named = elements.everywhere(SURGEON)
    return (*named, *elements.everywhere(COSURGEON)) if named else ()


def _signers(document: Document, elements: ReportElements) -> tuple[str, ...]:
    """Who signed, by the document's own field, else by the lines of its text that say so."""
    if document.signed_by:
        return (document.signed_by,)
    return tuple(words.text for words in elements.everywhere(SIGNED_BY))


def _other_day(note: AnalysedDocument) -> tuple[Evidence, ...]:
    told, dated = own_day(note.repaired.text, note.normalized, note.sections), note.document.date
    if note.document.type != "operative_note" or dated is None or told is None or not told.named:
        return ()
    day = told.day
    if day == dated or (day.year, day.month, day.day) == (dated.year, dated.day, dated.month):
        return ()
    return (note.quote(told.start, told.end, section_at(note.sections, told.start).category),)


def _first_words(document: Document) -> tuple[Evidence, ...]:
    """The first line that is not empty."""
    start = len(document.text) - len(document.text.lstrip())
    line = document.text[start:].partition("\n")[0].rstrip()
    if not line:
        return ()
    end = start + len(line)
    return (Evidence(doc_id=document.doc_id, start=start, end=end, text=line),)
