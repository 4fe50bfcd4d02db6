"""The pipeline: a document in, its sentences and mentions out."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

import spacy
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

# The components by which a document is read, and the names that they have in the pipeline.
READING = {
    "notecheck_text": "notecheck_text",
    "notecheck_sections": "notecheck_sections",
    "notecheck_sentences": "notecheck_sentences",
    "notecheck_mentions": "notecheck_mentions",
    "notecheck_reader": "notecheck_reader",
    "medspacy_context": "notecheck_context",
    "notecheck_assertion": "notecheck_assertion",
}
_LONGEST = 1_000_000_000  # characters; spaCy's own bound is for parsers that ours has not
_MOST_KEPT = 8  # pipelines; training reads by one reader after another
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
        self._most = len(nlp.vocab.strings) + _MOST_NEW_WORDS
        return nlp

    def analyse(self, document: Document) -> AnalysedDocument:
        """Find all mentions in `document`, and which of them count."""
        if len(self._nlp.vocab.strings) > self._most:
            self._nlp = self._made()
        (_, text), *others = cast(list[tuple[str, Any]], self._nlp.pipeline)
        note: AnalysedDocument = text.begin(document)
        for _, component in others:
            note = component.read(note)
        return note


def pipeline() -> Pipeline:
    """The pipeline over the rules of this installation and its site, built once for each reader."""
    return _pipeline_of(rule_set(), chosen_model())


@lru_cache(maxsize=_MOST_KEPT)
def _pipeline_of(rules: RuleSet, model: ReaderModel | None) -> Pipeline:
    return Pipeline(rules, model)
