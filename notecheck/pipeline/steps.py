"""The steps from a text to its mentions, in this order; before the last comes the context.

Each adds to what is known of a note, with offsets into the repaired text. They need no spaCy:
`notecheck.pipeline.components` makes components of a spaCy pipeline of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notecheck.models import Document
from notecheck.pipeline.asides import asides, earlier_days
from notecheck.pipeline.denied_whole import deny_pieces
from notecheck.pipeline.encoded_twice import decoded_once
from notecheck.pipeline.forms import not_chosen
from notecheck.pipeline.lasting import lasts
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Sentence, in_text_order
from notecheck.pipeline.normalize import normalize, tidy
from notecheck.pipeline.own_day import own_day
from notecheck.pipeline.parts import Parts
from notecheck.pipeline.pasted import pasted_reports, pasted_words
from notecheck.pipeline.quotations import everyday_word, means_everyday_word, quoted_reports
from notecheck.pipeline.runs import shortened
from notecheck.pipeline.section import Section
from notecheck.pipeline.sentences import sentence_spans
from notecheck.pipeline.stretches import Stretches
from notecheck.reader.model import ReaderModel
from notecheck.reader.read import Reading, read
from notecheck.reader.value import RULE
from notecheck.statements.statement import Statement

_HEADLINE_WITHIN = 12  # sentences, counting the lines of a letterhead
# What is true of the patient wherever it is told.
_ALSO_TOLD_IN_PASSING = frozenset({"prior", "prior_unlevelled", "side", "setting", "indication"})
# What a month alone dates; the reason for an operation may be months old.
_OF_ONE_STAY = frozenset({"setting", "debridement", "debridement_area", "debridement_tissue"})
# What is true of one operation or one stay only.
_OF_ONE_DAY = frozenset({
    "necessity", "setting", "reconstruction", "debridement", "debridement_area",
    "debridement_tissue",
})  # fmt: skip


class Text:
    """Puts right what dictation, typing and fax got wrong, and makes the copy that is matched."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def begin(self, document: Document) -> AnalysedDocument:
        """The document with its repaired text and nothing found in it yet."""
        once = decoded_once(document.text)
        repaired = self._parts.repairer.repair(shortened(tidy(once.text), once))
        return AnalysedDocument(document, repaired, normalize(repaired.text))


class Sections:
    """Finds the sections.

    An operative note without a date is of the day that a heading of its own tells.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note with its sections."""
        text, document = note.repaired.text, note.document
        sections = self._parts.sections.find(text, note.normalized)
        if document.date is None and document.type == "operative_note":
            told = own_day(text, note.normalized, sections)
            document = document.model_copy(update={"date": told.day}) if told else document
        return replace(note, sections=sections, document=document)


class Sentences:
    """Cuts the sections into sentences.

    Of an operative note with no headed title, the line near its top that names the operation
    becomes a section of its own.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note with its sentences."""
        return self.cut(note)[0]

    def cut(self, note: AnalysedDocument) -> tuple[AnalysedDocument, Sentence | None]:
        """The note with its sentences, and the one that is a title of its own."""
        sentences: list[Sentence] = []
        for section in note.sections:
            for start, end in sentence_spans(
                note.repaired.text, note.normalized, section.body, section.end
            ):
                sentences.append(Sentence(len(sentences), start, end, section))
        headed = None
        if note.document.type == "operative_note":
            headed = self._headline(note.normalized, sentences)
        if headed is not None:
            sentences[headed.index] = headed
        return replace(note, sentences=sentences), headed

    def _headline(self, normalized: str, sentences: Sequence[Sentence]) -> Sentence | None:
        """The line that names the operation, as a title of its own."""
        if any(sentence.category == "procedure_title" for sentence in sentences):
            return None
        for sentence in sentences[:_HEADLINE_WITHIN]:
            words = normalized[sentence.start : sentence.end]
            record = self._parts.sections.headline(words)
            if record and sentence.category in (None, "description"):
                section = Section(sentence.start, sentence.start, sentence.end, record)
                return Sentence(sentence.index, sentence.start, sentence.end, section)
        return None


class Mentions:
    """Finds the mentions."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note with its mentions."""
        said = self._parts.statements.find(note.normalized, note.sentences)
        return replace(note, mentions=in_text_order(map(_said, said)))


class SecondReader:
    """Reads each sentence by the trained model.

    Without a model (`NOTECHECK_READER=off`) there are none.
    """

    def __init__(self, model: ReaderModel | None) -> None:
        self._model = model

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note with its readings."""
        if self._model is None:
            return note
        found = read(note.normalized, note.sentences, note.document.type, self._model)
        return replace(note, readings=list(map(_read, found)))


class Assertion:
    """Takes each mention as its section, quotation marks, forms and asides say."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note, its mentions marked in place."""
        if note.said:
            _assert(note)
        return note


def _said(statement: Statement[Sentence]) -> Mention:
    return Mention(
        statement.rule,
        statement.fact,
        statement.value,
        statement.start,
        statement.end,
        statement.sentence,
        dict(statement.details),
        reason=statement.reason,
        cue=statement.cue,
        clause=statement.clause,
        parts=statement.parts,
        tells=statement.tells,
    )


def _read(reading: Reading[Sentence]) -> Mention:
    return Mention(
        RULE,
        reading.fact,
        reading.value,
        reading.start,
        reading.end,
        reading.sentence,
        score=reading.score,
    )


def _assert(note: AnalysedDocument) -> None:
    text = note.repaired.text
    quoted = Stretches(quoted_reports(note.normalized))
    pasted = Stretches(pasted_reports(text, note.normalized, note.sentences, note.document.date))
    spelt_out = means_everyday_word(text[s.start : s.end] for s in note.sentences)
    unchosen = Stretches(not_chosen(text))
    passing = Stretches(asides(text, note.document.date))
    earlier = Stretches(earlier_days(text, note.document.date))
    for mention in note.said:
        _take_section(note, mention)
        if everyday_word(mention, text, spelt_out=spelt_out):
            mention.reason, mention.cue = "other_meaning", "also-known-as"
        if mention.fact != "prior" and any(
            mention.end <= end for _, end in quoted.at(mention.start)
        ):
            mention.reason, mention.cue = "quoted_report", "quotation"
        if any(
            mention.fact in pasted_words().facts
            or (then and mention.fact in pasted_words().then_facts)
            for _, _, then in pasted.at(mention.start)
        ):
            mention.reason, mention.cue = "quoted_report", "pasted-report"
        if unchosen.meeting(mention.start, mention.end):
            mention.reason, mention.cue = "negated", "form"
        if mention.fact not in _ALSO_TOLD_IN_PASSING:
            for _, _, reason in passing.at(mention.start):
                mention.reason, mention.cue = reason, "aside"
        if (
            mention.fact in _OF_ONE_DAY
            and mention.counts
            and any(
                year or mention.fact in _OF_ONE_STAY for _, _, year in earlier.at(mention.start)
            )
        ):
            mention.reason, mention.cue = "history", "earlier-day"
    deny_pieces(note)


def _take_section(note: AnalysedDocument, mention: Mention) -> None:
    """Exclude what stands in a section whose contents are not about today's operation.

    What a history tells of the stump as it is now is no history.
    """
    record = mention.sentence.section.record
    if record and record.reason and mention.fact not in record.spares and mention.reason is None:
        if mention.fact in record.spares_lasting and lasts(note.sentence_text(mention.sentence)):
            return
        mention.reason = record.reason
        mention.cue = f"section.{record.category}"
