"""What the components share: made once for a set of rules, however many pipelines use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property

from notecheck.pipeline.all_cues import AllCues
from notecheck.pipeline.repair import Repairer
from notecheck.pipeline.sections import SectionFinder
from notecheck.rules.files import patterns_root
from notecheck.rules.load import RuleSet, rule_set
from notecheck.rules.site import site_root
from notecheck.rules.slips import Slips
from notecheck.screen.family import family
from notecheck.statements.find import StatementFinder

_chosen: ContextVar[RuleSet | None] = ContextVar("rules", default=None)


class Parts:
    """The finders over one set of rules, each made when first asked for."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that are known to be some."""
        return self.rules.vocabulary | self.statements.vocabulary | self.statements.spoken

    @cached_property
    def repairer(self) -> Repairer:
        spelling = self.rules.spelling
        fuzzy = [word for group in spelling.fuzzy for word in group.words]
        told = self.statements.vocabulary
        slips = Slips(fuzzy, by_ear=told)
        # The screen looks at words as they stand: what it asks for is put together of no parts.
        asked_for, _ = family(patterns_root(), site_root())
        in_parts = Slips((), by_ear=(word for word in told if not asked_for.names(word)))
        return Repairer(spelling.read_as, slips, in_parts, self.vocabulary, spelling.units)

    @cached_property
    def sections(self) -> SectionFinder:
        return SectionFinder(self.rules.sections)

    @cached_property
    def cues(self) -> AllCues:
        return AllCues(self.rules.contexts)

    @cached_property
    def statements(self) -> StatementFinder:
        rules = self.rules
        return StatementFinder(
            rules.words, rules.irregular, rules.frames, rules.findings, rules.entities
        )


@contextmanager
def using(rules: RuleSet) -> Iterator[None]:
    """Components that are made meanwhile read by these rules, not by those of the installation."""
    token = _chosen.set(rules)
    try:
        yield
    finally:
        _chosen.reset(token)


def parts() -> Parts:
    """The parts for a component that is being made. Raises RulesError for rules that are wrong."""
    return _parts_of(_chosen.get() or rule_set())


@cache
def _parts_of(rules: RuleSet) -> Parts:
    return Parts(rules)
