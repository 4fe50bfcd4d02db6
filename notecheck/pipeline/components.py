"""The steps from a text to its mentions, each a spaCy component of its own.

`notecheck.pipeline.factories` registers them, in this order: text, sections, sentences, mentions,
context (`notecheck.pipeline.context`), assertion, entities. Each `read` adds to what is known of a
note, with offsets into the repaired text; called with a `Doc`, a component reads `doc._.notecheck`
and shows on the `Doc`, with spaCy's tokens, what it found. `check` asks for no more than is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from notecheck.models import Document
from notecheck.pipeline.asides import asides, earlier_days
from notecheck.pipeline.denied_whole import deny_pieces
from notecheck.pipeline.doc import (
    MENTIONS,
    TokenPlaces,
    analysed,
    document_of,
    set_sentence_starts,
)
from notecheck.pipeline.encoded_twice import decoded_once
from notecheck.pipeline.forms import denied_entries, not_chosen, questions
from notecheck.pipeline.general import is_untied, may_speak_to_all, said_to_all
from notecheck.pipeline.lasting import lasts
from notecheck.pipeline.mentions import REASONS, AnalysedDocument, Mention, Sentence, in_text_order
from notecheck.pipeline.normalize import normalize, tidy
from notecheck.pipeline.own_day import own_day
from notecheck.pipeline.parts import Parts
from notecheck.pipeline.pasted import pasted_reports, pasted_words
from notecheck.pipeline.quotations import everyday_word, means_everyday_word, quoted_reports
from notecheck.pipeline.runs import shortened
from notecheck.pipeline.section import Section
from notecheck.pipeline.sections_shown import show_sections
from notecheck.pipeline.sentences import sentence_spans
from notecheck.pipeline.spacing import evenly_spaced
from notecheck.pipeline.stretches import Stretches
from notecheck.pipeline.unseen import without_unseen
from notecheck.reader.model import ReaderModel
from notecheck.reader.read import Reading, read
from notecheck.reader.value import RULE
from notecheck.statements.statement import Statement

_HEADLINE_WITHIN = 12  # sentences, counting the lines of a letterhead
# What is true of the patient wherever it is told.
_ALSO_TOLD_IN_PASSING = frozenset({"prior", "prior_unlevelled", "side", "setting", "indication"})
_OPERATIONS = ("prior", "amputation", "amputation_any")
# What a month alone dates; the reason for an operation may be months old.
_OF_ONE_STAY = frozenset({"setting", "debridement", "debridement_area", "debridement_tissue"})
# What is true of one operation or one stay only.
_OF_ONE_DAY = frozenset({
    "necessity", "setting", "reconstruction", "debridement", "debridement_area",
    "debridement_tissue",
})  # fmt: skip
# medspaCy's attribute for each of our reasons; those that it has none for stand in `span._.reason`.
_ATTRIBUTES = {
    "negated": "is_negated",
    "history": "is_historical",
    "quoted_report": "is_historical",
    "hypothetical": "is_hypothetical",
    "planned": "is_hypothetical",
    "consent": "is_hypothetical",
    "other_person": "is_family",
}


class Text:
    """Puts right what dictation, typing and fax got wrong, and makes the copy that is matched."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __call__(self, doc: Doc) -> Doc:
        doc._.notecheck = self.begin(document_of(doc))
        return doc

    def begin(self, document: Document) -> AnalysedDocument:
        """The document with its repaired text and nothing found in it yet."""
        seen = without_unseen(decoded_once(document.text), self._parts.vocabulary)
        even = evenly_spaced(seen)
        repaired = self._parts.repairer.repair(shortened(tidy(even.text), even))
        return AnalysedDocument(document, repaired, normalize(repaired.text))


class Sections:
    """Finds the sections, and shows them as medspaCy's: `doc._.sections`.

    An operative note without a date is of the day that a heading of its own tells.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __call__(self, doc: Doc) -> Doc:
        note = analysed(doc)
        note = doc._.notecheck = self.read(note)
        show_sections(doc, note)
        return doc

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note with its sections."""
        text, document = note.repaired.text, note.document
        sections = self._parts.sections.find(text, note.normalized)
        if document.date is None and document.type == "operative_note":
            told = own_day(text, note.normalized, sections)
            document = document.model_copy(update={"date": told.day}) if told else document
        return replace(note, sections=sections, document=document)


class Sentences:
    """Cuts the sections into sentences: `doc.sents`.

    Of an operative note with no headed title, the line near its top that names the operation
    becomes a section of its own.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __call__(self, doc: Doc) -> Doc:
        note, headed = self._cut(analysed(doc))
        doc._.notecheck = note
        if headed is not None:
            show_sections(doc, note, headed.section)
        _show_sentences(doc, note)
        return doc

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note with its sentences."""
        return self._cut(note)[0]

    def _cut(self, note: AnalysedDocument) -> tuple[AnalysedDocument, Sentence | None]:
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
    """Finds the mentions: the span group `doc.spans["notecheck"]`.

    A span's label is the fact that it may tell, its id the value ("reconstruction", "myodesis").
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __call__(self, doc: Doc) -> Doc:
        note = doc._.notecheck = self.read(analysed(doc))
        places = TokenPlaces(doc, note)
        doc.spans[MENTIONS] = [
            Span(doc, *places.holding(m.start, m.end), label=m.fact, span_id=m.value)
            for m in note.mentions
        ]
        return doc

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note with its mentions."""
        said = self._parts.statements.find(note.normalized, note.sentences)
        return replace(note, mentions=in_text_order(map(_said, said)))


class SecondReader:
    """Reads each sentence by the trained model: `doc._.notecheck.readings`.

    Without a model (`NOTECHECK_READER=off`) there are none.
    """

    def __init__(self, model: ReaderModel | None) -> None:
        self._model = model

    def __call__(self, doc: Doc) -> Doc:
        doc._.notecheck = self.read(analysed(doc))
        return doc

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note with its readings."""
        if self._model is None:
            return note
        found = read(note.normalized, note.sentences, note.document.type, self._model)
        return replace(note, readings=list(map(_read, found)))


class Assertion:
    """Takes each mention as its section, quotation marks, forms and asides say.

    Sets `span._.reason` and `span._.cue`, and medspaCy's `is_negated`, `is_historical`,
    `is_hypothetical` and `is_family`.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __call__(self, doc: Doc) -> Doc:
        note = self.read(analysed(doc))
        for span, mention in zip(doc.spans.get(MENTIONS, ()), note.mentions, strict=False):
            if mention.reason is not None:
                span._.reason, span._.cue = mention.reason, mention.cue
                if mention.reason in _ATTRIBUTES:
                    span._.set(_ATTRIBUTES[mention.reason], True)
        return doc

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note, its mentions marked in place."""
        if note.said:
            _assert(note)
        return note


class Entities:
    """Makes entities of the mentions, the longest of those that overlap, for tools that read them.

    Not of those that only help to tell another fact: they would hide what they help to tell.
    `doc.ents` and each token's `token._.section`, from which medspaCy tells a span's section.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __call__(self, doc: Doc) -> Doc:
        aids = self._parts.rules.aids
        told = [span for span in doc.spans.get(MENTIONS, ()) if span.label_ not in aids]
        doc.set_ents(filter_spans([*doc.ents, *told]))
        for section in doc._.sections:
            for token in doc[section.title_start : section.body_end]:
                token._.section = section
        return doc


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
    denied = Stretches(denied_entries(text))
    asked = Stretches(questions(text))
    general = Stretches(said_to_all(text, note.sentences))
    loose = may_speak_to_all(note)
    operations = [mention.end for mention in note.of(*_OPERATIONS)]
    passing = Stretches(asides(text, note.document.date, operations))
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
        if unchosen.meeting(mention.start, mention.end) or any(
            mention.end <= end for _, end in denied.at(mention.start)
        ):
            mention.reason, mention.cue = "negated", "form"
        # A question tells nothing of what it names; an act's may well be answered.
        if mention.fact in REASONS and asked.at(mention.start):
            mention.reason, mention.cue = "hypothetical", "question"
        if general.at(mention.start) or (loose and mention.counts and is_untied(note, mention)):
            mention.reason, mention.cue = "quoted_report", "said-to-all"
        if mention.fact not in _ALSO_TOLD_IN_PASSING:
            for _, _, reason in passing.at(mention.start):
                mention.reason, mention.cue = reason, "aside"
        if (
            mention.fact in _OF_ONE_DAY
            and mention.counts
            and "when" not in mention.groups  # what tells its own day is judged by that
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
        if mention.tells & record.spares_tells:
            return
        mention.reason = record.reason
        mention.cue = f"section.{record.category}"


def _show_sentences(doc: Doc, note: AnalysedDocument) -> None:
    """A sentence begins where ours does; headings are sentences of their own.

    A `Doc` that a parser has cut into sentences keeps those.
    """
    if doc.has_annotation("DEP"):
        return
    places = TokenPlaces(doc, note)
    begins = {0}
    for sentence in note.sentences:
        begins.update((places.at(sentence.start), places.holding(sentence.start, sentence.end)[1]))
    set_sentence_starts(doc, begins)
