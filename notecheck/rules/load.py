"""Reads the pattern files into one checked rule set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from notecheck.errors import RulesError
from notecheck.rules.collection import without_collection
from notecheck.rules.file_models import SpellingFile
from notecheck.rules.files import patterns_root
from notecheck.rules.findings import Finding
from notecheck.rules.list_kinds import kind_findings
from notecheck.rules.model import ContextRecord, FrameRecord, SectionRecord, TermRecord
from notecheck.rules.overlay import overlaid, unread_files
from notecheck.rules.pattern import Pattern
from notecheck.rules.prepared import Prepared, key_of, store, stored
from notecheck.rules.read import Placed, RuleFolder, read_folder
from notecheck.rules.shared_words import lists_shared, with_shared_words
from notecheck.rules.site import require_rules, site_root

_WORD = re.compile(r"[a-z]+")
_ESCAPE = re.compile(r"\\.|\{[a-z_]+\}|\?P<\w+>")
_MARKS = frozenset("\\{?")  # of an expression: no escape, term or optional letter is without
_OPTIONAL_LETTER = re.compile(r"([a-z])\?")


@dataclass(frozen=True, eq=False)
class RuleSet:
    """All rules in use."""

    lexicon: dict[str, str]
    spelling: SpellingFile
    contexts: tuple[ContextRecord, ...]
    sections: tuple[SectionRecord, ...]
    words: tuple[TermRecord, ...] = ()
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entities: Mapping[str, Pattern] = field(default_factory=dict)  # of the lists that are patterns
    frames: tuple[FrameRecord, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # each with its values
    aids: frozenset[str] = frozenset()  # the facts that only help others
    findings: frozenset[str] = frozenset()  # the facts that are seen and not done

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that the rules know."""
        sources = [*self.lexicon.values(), *self.spelling.read_as.values()]
        sources += self.spelling.everyday
        sources += [" ".join(verbs) for verbs in self.irregular.values()]
        sources += [entry for term in self.words if term.kind != "entity" for entry in term.words]
        sources += [word for group in self.spelling.fuzzy for word in group.words]
        sources += [title for s in self.sections for title in s.all_titles]
        sources += [literal for context in self.contexts for literal in context.literals]
        told = "\n".join(source for source in sources if _MARKS.isdisjoint(source))
        words = set(_WORD.findall(told.lower()))
        for source in sources:
            if not _MARKS.isdisjoint(source):  # few are written as expressions
                plain = _ESCAPE.sub(" ", source.lower())
                words.update(_WORD.findall(_OPTIONAL_LETTER.sub(" ", plain)))
                words.update(_WORD.findall(_OPTIONAL_LETTER.sub(r"\1 ", plain)))
        return frozenset(words)


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """The records of all files, ours and the site's, and what is wrong with the files."""

    folder: RuleFolder
    findings: list[Finding]


def read_rules(root: Path, site: Path | None = None, *, kept: bool = False) -> RuleFiles:
    """The records of the pattern files below `root`, with those of the folder `site` laid over.

    With `kept` the files' tables are taken from where they are kept, or kept there.
    Raises RulesError when one of the folders is absent or holds no rules.
    """
    findings: list[Finding] = []
    require_rules(root)
    folder = read_folder(root, findings, kept=kept)
    if site:
        require_rules(site)
        findings += unread_files(site)
        folder = overlaid(folder, read_folder(site, findings, kept=kept), findings)
    folder.shared = lists_shared(folder.words)
    folder.words = with_shared_words(folder.words, folder.lists, findings)
    return RuleFiles(folder, sorted([*findings, *kind_findings(folder)]))


def load_rules(root: Path, site: Path | None = None, *, kept: bool = False) -> RuleSet:
    """The rules of the pattern files below `root`, with those of the folder `site` laid over.

    What is worked out of the files is taken from where it is `kept`, or kept there.
    Raises RulesError as `read_rules`, and for the first fault of the files, naming file and line.
    """
    files = read_rules(root, site, kept=kept)
    for finding in files.findings:
        raise RulesError(f"{finding.subject}: {finding.fault}", where=str(finding.place))
    folder = files.folder
    lexicon = {name: placed.record for name, placed in folder.terms.items()}
    entities = {n: p for n, p in folder.words.items() if p.record.kind == "entity"}
    sources = [_entity_source(placed) for placed in entities.values()]
    known = stored(key_of(lexicon, sources)) if kept else None
    rules = RuleSet(
        lexicon=lexicon,
        spelling=folder.spelling,
        contexts=tuple(placed.record for placed in folder.contexts.values()),
        sections=tuple(placed.record for placed in folder.sections.values()),
        words=tuple(placed.record for placed in folder.words.values()),
        irregular=folder.irregular,
        entities={n: _entity(p, lexicon, known or {}) for n, p in entities.items()},
        frames=tuple(placed.record for placed in folder.frames.values()),
        facts={fact: placed.record.values for fact, placed in folder.facts.items()},
        aids=frozenset(f for f, placed in folder.facts.items() if placed.record.aid),
        findings=frozenset(f for f, placed in folder.facts.items() if placed.record.finding),
    )
    if kept and known is None:
        store(*worked_out(rules))
    return rules


def worked_out(rules: RuleSet) -> tuple[str, dict[str, Prepared]]:
    """What is worked out of all patterns, by their sources, and the key to keep it under."""
    patterns = rules.entities.values()
    known = {pattern.source: pattern.prepared() for pattern in patterns}
    return key_of(rules.lexicon, (pattern.source for pattern in patterns)), known


def rule_set() -> RuleSet:
    """The rules of this installation and of its site, read once. Raises RulesError."""
    return _rule_set_of(patterns_root(), site_root())


@cache
def _rule_set_of(root: Path, site: Path | None) -> RuleSet:
    with without_collection():
        return load_rules(root, site, kept=True)


def _entity(
    placed: Placed[TermRecord], lexicon: dict[str, str], known: Mapping[str, Prepared]
) -> Pattern:
    source = _entity_source(placed)
    try:
        return Pattern(source, lexicon, known.get(source))
    except RulesError as error:
        raise RulesError(f"{placed.record.id}: {error.message}", where=str(placed.place)) from None


def _entity_source(placed: Placed[TermRecord]) -> str:
    """The one pattern of all that an entity may be."""
    return "|".join(placed.record.words)
