"""What the components share: made once for a set of rules, however many pipelines use it."""

from __future__ import annotations

from functools import cache, cached_property

from notecheck.pipeline.repair import Repairer
from notecheck.pipeline.sections import SectionFinder
from notecheck.rules.load import RuleSet, rule_set
from notecheck.rules.slips import Slips
from notecheck.statements.find import StatementFinder


class Parts:
    """The finders over one set of rules, each made when first asked for."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    @cached_property
    def repairer(self) -> Repairer:
        spelling = self.rules.spelling
        fuzzy = [word for group in spelling.fuzzy for word in group.words]
        told = self.statements.vocabulary
        slips = Slips(fuzzy, by_ear=told)
        return Repairer(
            spelling.misheard, slips, self.rules.vocabulary | told | self.statements.spoken
        )

    @cached_property
    def sections(self) -> SectionFinder:
        return SectionFinder(self.rules.sections)

    @cached_property
    def statements(self) -> StatementFinder:
        rules = self.rules
        return StatementFinder(
            rules.words, rules.irregular, rules.frames, rules.findings, rules.entities
        )


def parts() -> Parts:
    """The parts by the rules of this installation and its site. Raises RulesError."""
    return parts_of(rule_set())


@cache
def parts_of(rules: RuleSet) -> Parts:
    """The parts by these rules."""
    return Parts(rules)
