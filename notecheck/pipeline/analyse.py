"""The pipeline: a document in, its sentences and mentions out."""

from __future__ import annotations

from functools import cache

from notecheck.models import Document
from notecheck.pipeline.context import ContextFinder
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Sentence
from notecheck.pipeline.normalize import normalize
from notecheck.pipeline.sections import SectionFinder
from notecheck.pipeline.sentences import sentence_spans
from notecheck.pipeline.targets import TargetFinder
from notecheck.rules.load import RuleSet, rule_set


class Pipeline:
    """Sections, sentences, target rules and ConText, built once from a rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self._sections = SectionFinder(rules.sections)
        self._targets = TargetFinder(rules.targets)
        self._context = ContextFinder(rules.contexts)

    def analyse(self, document: Document) -> AnalysedDocument:
        """Find all mentions in `document`. Offsets are into `document.text` as given."""
        text = document.text
        normalized = normalize(text)
        sentences: list[Sentence] = []
        for section in self._sections.find(text, normalized):
            for start, end in sentence_spans(text, normalized, section.body, section.end):
                sentences.append(Sentence(len(sentences), start, end, section))
        mentions = self._targets.find(normalized, sentences)
        self._context.apply(normalized, mentions)
        for mention in mentions:
            _take_section(mention)
        return AnalysedDocument(document, normalized, sentences, mentions)


def _take_section(mention: Mention) -> None:
    """Exclude what stands in a section whose contents are not about today's operation."""
    record = mention.sentence.section.record
    if record and record.reason and mention.fact not in record.spares and mention.reason is None:
        mention.reason = record.reason
        mention.cue = f"section.{record.category}"


@cache
def pipeline() -> Pipeline:
    """The pipeline over this installation's rules."""
    return Pipeline(rule_set())
