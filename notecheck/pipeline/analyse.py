"""The pipeline: a document in, its sentences and mentions out."""

from __future__ import annotations

from functools import lru_cache

from notecheck.models import Document
from notecheck.pipeline.context import Context
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.pipeline.parts import parts_of
from notecheck.pipeline.steps import Assertion, Mentions, SecondReader, Sections, Sentences, Text
from notecheck.reader.choice import chosen_model
from notecheck.reader.model import ReaderModel
from notecheck.rules.collection import without_collection
from notecheck.rules.load import RuleSet, rule_set

_MOST_KEPT = 8  # pipelines; training reads by one reader after another


class Pipeline:
    """The steps of reading over one set of rules, for documents one after the other.

    They read as the components of `notecheck.load()` do, without a `Doc` to show it on, which costs
    as much as half of the reading and most of a start, and which nobody would look at.
    """

    def __init__(self, rules: RuleSet, model: ReaderModel | None = None) -> None:
        with without_collection():
            parts = parts_of(rules)
            self._text = Text(parts)
            self._steps = (
                Sections(parts),
                Sentences(parts),
                Mentions(parts),
                SecondReader(model),
                Context(rules.contexts),
                Assertion(parts),
            )

    def analyse(self, document: Document) -> AnalysedDocument:
        """Find all mentions in `document`, and which of them count."""
        note = self._text.begin(document)
        for step in self._steps:
            note = step.read(note)
        return note


def pipeline() -> Pipeline:
    """The pipeline over the rules of this installation and its site, built once for each reader."""
    return _pipeline_of(rule_set(), chosen_model())


@lru_cache(maxsize=_MOST_KEPT)
def _pipeline_of(rules: RuleSet, model: ReaderModel | None) -> Pipeline:
    return Pipeline(rules, model)
