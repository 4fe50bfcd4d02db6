"""The steps that read a text, each a component of a spaCy pipeline.

`notecheck.pipeline.factories` registers them, in this order: text, sections, sentences, mentions,
second reader, context (`notecheck.pipeline.medspacy_context`), assertion, entities. Called with a
`Doc`, a component reads on in `doc._.notecheck` and shows on the `Doc`, with spaCy's tokens, what
it found.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from notecheck.pipeline import steps
from notecheck.pipeline.doc import (
    MENTIONS,
    TokenPlaces,
    analysed,
    document_of,
    set_sentence_starts,
)
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.pipeline.parts import Parts
from notecheck.pipeline.sections_shown import show_sections

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


class Text(steps.Text):
    """Begins `doc._.notecheck`."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.notecheck = self.begin(document_of(doc))
        return doc


class Sections(steps.Sections):
    """Shows the sections as medspaCy's: `doc._.sections`."""

    def __call__(self, doc: Doc) -> Doc:
        note = analysed(doc)
        note = doc._.notecheck = self.read(note)
        show_sections(doc, note)
        return doc


class Sentences(steps.Sentences):
    """Shows the sentences: `doc.sents`, and a title without a heading as a section."""

    def __call__(self, doc: Doc) -> Doc:
        note, headed = self.cut(analysed(doc))
        doc._.notecheck = note
        if headed is not None:
            show_sections(doc, note, headed.section)
        _show_sentences(doc, note)
        return doc


class Mentions(steps.Mentions):
    """Shows the mentions: the span group `doc.spans["notecheck"]`.

    A span's label is the fact that it may tell, its id the value ("reconstruction", "myodesis").
    """

    def __call__(self, doc: Doc) -> Doc:
        note = doc._.notecheck = self.read(analysed(doc))
        places = TokenPlaces(doc, note)
        doc.spans[MENTIONS] = [
            Span(doc, *places.holding(m.start, m.end), label=m.fact, span_id=m.value)
            for m in note.mentions
        ]
        return doc


class SecondReader(steps.SecondReader):
    """Keeps what the trained model reads: `doc._.notecheck.readings`."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.notecheck = self.read(analysed(doc))
        return doc


class Assertion(steps.Assertion):
    """Shows how each mention is taken.

    Sets `span._.reason` and `span._.cue`, and medspaCy's `is_negated`, `is_historical`,
    `is_hypothetical` and `is_family`.
    """

    def __call__(self, doc: Doc) -> Doc:
        note = self.read(analysed(doc))
        for span, mention in zip(doc.spans.get(MENTIONS, ()), note.mentions, strict=False):
            if mention.reason is not None:
                span._.reason, span._.cue = mention.reason, mention.cue
                if mention.reason in _ATTRIBUTES:
                    span._.set(_ATTRIBUTES[mention.reason], True)
        return doc


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
