"""Everything that is wrong with a set of rule files, all of it at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from notecheck.errors import RulesError
from notecheck.rules.backtracking import repeats_run_away, slow_expressions
from notecheck.rules.findings import Finding, Place
from notecheck.rules.frame_lint import frame_findings, long_lines
from notecheck.rules.load import read_rules
from notecheck.rules.model import ContextRecord, SectionRecord, TermRecord
from notecheck.rules.pattern import Pattern
from notecheck.rules.read import Placed, Record, RuleFolder
from notecheck.rules.regex_tree import narrowest
from notecheck.rules.rewritten import rewritten_findings
from notecheck.rules.unnamed import unnamed_findings

_TERM = re.compile(r"[a-z][a-z0-9_]*")
_ESCAPE = re.compile(r"\\.|\?P<\w+>|\{\w+\}")
_CAPITAL = re.compile(r"[A-Z]")
_NEVER_SMALL = "a capital letter never matches: the text is read in small letters"
_HARMLESS = "x"


def lint(root: Path, site: Path | None = None) -> list[Finding]:
    """What is wrong with the rules below `root`, with those of the folder `site` laid over.

    Raises RulesError when one of the folders is absent or holds no rules.
    """
    files = read_rules(root, site)
    folder = files.folder
    found = {*files.findings, *_Linter(folder).findings(), *frame_findings(folder)}
    found.update(unnamed_findings(folder))
    found.update(rewritten_findings(root, site))
    for place in (root, site) if site else (root,):
        found.update(long_lines(place))
    return sorted(found)


class _Linter:
    """Checks the records that are right in themselves against each other and for sense."""

    def __init__(self, folder: RuleFolder) -> None:
        self._folder = folder
        self._lexicon = {name: placed.record for name, placed in folder.terms.items()}
        self._expressions: dict[tuple[Place, str, str], str] = {}

    def findings(self) -> Iterator[Finding]:
        for name, term in self._folder.terms.items():
            yield from self._of(term, name, self._term(name, term.record))
        for name, words in self._folder.words.items():
            if words.record.kind == "entity":
                yield from self._of(words, name, self._entity(words))
        for rule_id, context in self._folder.contexts.items():
            yield from self._of(context, rule_id, self._context(context.record))
        for category, section in self._folder.sections.items():
            yield from self._of(section, category, self._section(section))
        yield from self._slow()

    @staticmethod
    def _of(placed: Placed[Record], subject: str, faults: Iterable[str]) -> Iterator[Finding]:
        return (Finding(placed.place, subject, fault) for fault in faults)

    def _term(self, name: str, term: str) -> Iterator[str]:
        """Faults of a term; a wrong one is replaced, lest every list that uses it seem wrong."""
        if not _TERM.fullmatch(name):
            yield "a term's name is small letters, figures and underlines"
        if not term.strip():
            yield "is empty"
        if _CAPITAL.search(_ESCAPE.sub("", term)):
            yield _NEVER_SMALL
        try:
            Pattern(term, self._lexicon)
        except RulesError as error:
            self._lexicon[name] = _HARMLESS
            yield error.message

    def _entity(self, placed: Placed[TermRecord]) -> Iterator[str]:
        for source in placed.record.words:
            text, faults = _translated(source, self._lexicon)
            yield from (f'"{source}": {fault}' for fault in faults)
            if text is not None:
                self._expressions[placed.place, placed.record.id, f'"{source}"'] = text

    def _context(self, record: ContextRecord) -> Iterator[str]:
        yield from self._unknown_facts(record.facts | record.not_facts)
        for literal in _twins(record.literals):
            yield f'"{literal}" stands twice in `literals`'
        for literal in record.literals:
            if not literal.strip():
                yield "a literal is blank"
            elif literal != literal.lower():
                yield f'"{literal}" never matches: the text is read in small letters'
        yield from _example_faults(record.examples, record.non_examples)

    def _section(self, placed: Placed[SectionRecord]) -> Iterator[str]:
        record = placed.record
        yield from self._unknown_facts(record.spares | record.spares_lasting)
        for title in record.all_titles:
            if not title.strip():
                yield "a title is blank"
        if record.once_told is not None and record.once_told not in self._folder.sections:
            yield f"no section has the category `{record.once_told}`"
        if record.headline is not None:
            faults = [f"`headline`: {f}" for f in _expression_faults(record.headline)]
            yield from faults
            if not faults:
                self._expressions[placed.place, record.category, "`headline`"] = record.headline

    def _unknown_facts(self, facts: Iterable[str]) -> Iterator[str]:
        known = {placed.record.fact for placed in self._folder.frames.values()}
        return (f"no rule finds the fact `{fact}`" for fact in sorted(set(facts) - known))

    def _slow(self) -> Iterator[Finding]:
        for (place, subject, key), seconds in slow_expressions(self._expressions).items():
            fault = f"{key}: takes {seconds:.1f} s or more on a text of 1,000 characters"
            yield Finding(place, subject, fault)


def _translated(source: str, lexicon: dict[str, str]) -> tuple[str | None, list[str]]:
    """A pattern as a regular expression fit to be tried on texts, and what is wrong with it."""
    faults = []
    if _CAPITAL.search(_ESCAPE.sub("", source)):
        faults.append(_NEVER_SMALL)
    try:
        text = Pattern(source, lexicon).text
    except RulesError as error:
        return None, [*faults, error.message]
    in_itself = list(_expression_faults(text))
    return None if in_itself else text, faults + in_itself


def _expression_faults(expression: str) -> Iterator[str]:
    try:
        re.compile(expression)
    except re.error as error:
        yield f"is no regular expression: {error.msg}"
        return
    if narrowest(expression) == 0:
        yield "matches where no word stands at all"
    if repeats_run_away(expression):
        yield "an unlimited repeat holds another that can match the same text"


def _example_faults(examples: tuple[str, ...], non_examples: tuple[str, ...]) -> Iterator[str]:
    for text in _twins((*examples, *non_examples)):
        yield f'the example "{text}" stands twice'
    if not all(text.strip() for text in (*examples, *non_examples)):
        yield "an example is blank"


def _twins(texts: Iterable[str]) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]
