"""The pipeline: a document in, its sentences and mentions out."""

from __future__ import annotations

import re
from functools import cache, cached_property

from notecheck.models import Document
from notecheck.pipeline.asides import asides
from notecheck.pipeline.context import ContextFinder
from notecheck.pipeline.forms import not_chosen
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Sentence
from notecheck.pipeline.normalize import normalize, tidy
from notecheck.pipeline.quotations import means_also_known_as, quoted_reports
from notecheck.pipeline.repair import Repairer
from notecheck.pipeline.runs import shortened
from notecheck.pipeline.sections import Section, SectionFinder
from notecheck.pipeline.sentences import sentence_spans
from notecheck.pipeline.targets import TargetFinder, in_text_order
from notecheck.rules.collection import without_collection
from notecheck.rules.load import RuleSet, rule_set
from notecheck.screen.first_look import SETTING, looks_first
from notecheck.statements.find import Statement, StatementFinder

# What is true of the patient wherever it is told.
_ALSO_TOLD_IN_PASSING = frozenset({"prior", "prior_unlevelled", "side", "setting", "indication"})
_HEADLINE_WITHIN = 12  # sentences, counting the lines of a letterhead
# A small "aka" is the everyday word, unless it is spoken of as a stump, dated, or given a side.
_AKA = re.compile(
    r"(?<!\bs/p )(?<!\b[lr] )(?<!\blt )(?<!\brt )(?<!\bleft )(?<!\bright )(?<!\bprior )(?<!\bold )"
    r"\baka\b(?! (?:(?:left|right|[lr]t?) )?(?:stump|site|wound|revision|'?\d))"
)


class Pipeline:
    """Sections, sentences, target rules and ConText, built once from a rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self._statements = StatementFinder(rules.words, rules.irregular, rules.frames)
        self._repairer = Repairer(
            rules.spelling.misheard,
            [word for group in rules.spelling.fuzzy for word in group.words],
            rules.vocabulary | self._statements.vocabulary,
        )
        self._sections = SectionFinder(rules.sections)
        first = [rule for rule in rules.targets if looks_first(rule.record)]
        self._first = TargetFinder(first)
        self._later = [rule for rule in rules.targets if not looks_first(rule.record)]
        self._context = ContextFinder(rules.contexts)

    def analyse(self, document: Document) -> AnalysedDocument:
        """Find all mentions in `document`, and which of them count."""
        return self.complete(self.look(document))

    @cached_property
    def _others(self) -> TargetFinder:
        """Made when first asked for: the most of the rules, which many a note does without."""
        with without_collection():
            return TargetFinder(self._later)

    def look(self, document: Document) -> AnalysedDocument:
        """A first look: sentences, and the mentions of the rules of `screen.first_look`.

        Their context is not read: all of them seem to count. Either `complete` or `settle` goes on.
        """
        repaired = self._repairer.repair(shortened(tidy(document.text)))
        text = repaired.text
        normalized = normalize(text)
        sentences: list[Sentence] = []
        for section in self._sections.find(text, normalized):
            for start, end in sentence_spans(text, normalized, section.body, section.end):
                sentences.append(Sentence(len(sentences), start, end, section))
        if document.type == "operative_note":
            sentences = self._with_headline(normalized, sentences)
        mentions = self._first.find(normalized, sentences)
        return AnalysedDocument(document, repaired, normalized, sentences, mentions)

    def complete(self, looked: AnalysedDocument) -> AnalysedDocument:
        """All mentions of a document, once looked at, and which of them count."""
        others = self._others.find(looked.normalized, looked.sentences)
        said = map(_said, self._statements.find(looked.normalized, looked.sentences))
        return self._settled(looked, in_text_order([*looked.mentions, *others, *said]))

    def settle(self, looked: AnalysedDocument) -> AnalysedDocument:
        """Of a document in which nothing else matters: the setting, and whether it counts."""
        return self._settled(looked, list(looked.of(SETTING)))

    def _settled(self, looked: AnalysedDocument, mentions: list[Mention]) -> AnalysedDocument:
        """The document with these mentions, taken as their context says."""
        text, normalized, sentences = looked.repaired.text, looked.normalized, looked.sentences
        if mentions:
            self._context.apply(normalized, mentions)
            quoted = quoted_reports(normalized)
            spelt_out = means_also_known_as(text[s.start : s.end] for s in sentences)
            unchosen = not_chosen(text)
            passing = list(asides(text, looked.document.date))
        for mention in mentions:
            _take_section(mention)
            _take_meaning(mention, text, quoted, spelt_out=spelt_out)
            if any(start < mention.end and mention.start < end for start, end in unchosen):
                mention.reason, mention.cue = "negated", "form"
            for start, end, reason in passing:
                if start <= mention.start < end and mention.fact not in _ALSO_TOLD_IN_PASSING:
                    mention.reason, mention.cue = reason, "aside"
        return AnalysedDocument(looked.document, looked.repaired, normalized, sentences, mentions)

    def _with_headline(self, normalized: str, sentences: list[Sentence]) -> list[Sentence]:
        """Give a note with no headed title the line near its top that names the operation."""
        if any(sentence.category == "procedure_title" for sentence in sentences):
            return sentences
        for sentence in sentences[:_HEADLINE_WITHIN]:
            record = self._sections.headline(normalized[sentence.start : sentence.end])
            if record and sentence.category in (None, "description"):
                section = Section(sentence.start, sentence.start, sentence.end, record)
                headed = Sentence(sentence.index, sentence.start, sentence.end, section)
                return [headed if s is sentence else s for s in sentences]
        return sentences


def _said(statement: Statement[Sentence]) -> Mention:
    return Mention(
        statement.rule,
        statement.fact,
        statement.value,
        statement.start,
        statement.end,
        statement.sentence,
        reason=statement.reason,
        cue=statement.cue,
        clause=statement.clause,
    )


def _take_section(mention: Mention) -> None:
    """Exclude what stands in a section whose contents are not about today's operation."""
    record = mention.sentence.section.record
    if record and record.reason and mention.fact not in record.spares and mention.reason is None:
        mention.reason = record.reason
        mention.cue = f"section.{record.category}"


def _take_meaning(
    mention: Mention, text: str, quoted: list[tuple[int, int]], *, spelt_out: bool
) -> None:
    """Exclude quoted reports, and "aka" where it joins two names."""
    if (
        mention.fact in ("prior", "amputation")
        and _AKA.search(text, mention.start, mention.end)
        and (spelt_out or text[: mention.end].rpartition("aka")[0].rstrip().endswith((",", "(")))
    ):
        mention.reason, mention.cue = "other_meaning", "also-known-as"
    if mention.fact != "prior" and any(
        start <= mention.start and mention.end <= end for start, end in quoted
    ):
        mention.reason, mention.cue = "quoted_report", "quotation"


def pipeline() -> Pipeline:
    """The pipeline over the rules of this installation and its site, built once."""
    return _pipeline_of(rule_set())


@cache
def _pipeline_of(rules: RuleSet) -> Pipeline:
    with without_collection():
        return Pipeline(rules)
