"""The pipeline: a document in, its sentences and mentions out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, cast

import spacy
from spacy.attrs import IS_SPACE, LOWER
from spacy.language import Language

from notecheck.models import Document
from notecheck.pipeline import factories  # noqa: F401 - it registers the components
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.pipeline.parts import using
from notecheck.pipeline.tokenizer import TOKENIZER
from notecheck.reader.choice import chosen_model, reading_by
from notecheck.reader.model import ReaderModel
from notecheck.rules.collection import without_collection
from notecheck.rules.load import RuleSet, rule_set

_READER = "notecheck_reader"
# The components by which a document is read, and the names that they have in the pipeline.
READING = {
    "notecheck_text": "notecheck_text",
    "notecheck_sections": "notecheck_sections",
    "notecheck_sentences": "notecheck_sentences",
    "notecheck_mentions": "notecheck_mentions",
    _READER: "notecheck_reader",
    "medspacy_context": "notecheck_context",
    "notecheck_assertion": "notecheck_assertion",
}
_LONGEST = 1_000_000_000  # characters; spaCy's own bound is for parsers that ours has not
_MOST_KEPT = 8  # pipelines; training reads by one reader after another
# What ConText asks of a word; spaCy works out twenty more attributes of each that it first meets.
_ASKED_OF_A_WORD = (LOWER, IS_SPACE)
_MOST_NEW_WORDS = 20_000  # spaCy keeps every word, and every cue, that it has ever met


def reading_language() -> Language:
    """A spaCy pipeline of the components that read a document."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = _LONGEST
    for name, factory in READING.items():
        nlp.add_pipe(factory, name=name)
    return nlp


class Pipeline:
    """The reading components over one set of rules, for documents one after the other.

    They read as they do in `notecheck.load()`, but without a `Doc` to show it on, which costs as
    much as a quarter of the reading and which nobody would look at.
    """

    def __init__(self, rules: RuleSet, model: ReaderModel | None = None) -> None:
        self._rules = rules
        self._model = model
        self._nlp = self._made()

    def _made(self) -> Language:
        with without_collection(), using(self._rules), reading_by(self._model):
            nlp = reading_language()
        words = cast(Any, nlp.vocab)  # spaCy's types know nothing of what follows
        words.lex_attr_getters = {name: words.lex_attr_getters[name] for name in _ASKED_OF_A_WORD}
        self._most = len(nlp.vocab.strings) + _MOST_NEW_WORDS
        return nlp

    def analyse(self, document: Document) -> AnalysedDocument:
        """Find all mentions in `document`, and which of them count."""
        return self.read([document])[0]

    def read(
        self,
        documents: Sequence[Document],
        second: Callable[[Sequence[AnalysedDocument]], bool] = lambda _: True,
    ) -> list[AnalysedDocument]:
        """The same for all documents of a chart.

        `second` tells of their mentions, before anything is known of what counts, whether the
        second reader can have a say; where it cannot it does not read.
        """
        if len(self._nlp.vocab.strings) > self._most:
            self._nlp = self._made()
        (_, text), *others = cast(list[tuple[str, Any]], self._nlp.pipeline)
        notes: list[AnalysedDocument] = list(map(text.begin, documents))
        for name, component in others:
            if name != _READER or second(notes):
                notes = list(map(component.read, notes))
        return notes


def pipeline() -> Pipeline:
    """The pipeline over the rules of this installation and its site, built once for each reader."""
    return _pipeline_of(rule_set(), chosen_model())


@lru_cache(maxsize=_MOST_KEPT)
def _pipeline_of(rules: RuleSet, model: ReaderModel | None) -> Pipeline:
    return Pipeline(rules, model)
