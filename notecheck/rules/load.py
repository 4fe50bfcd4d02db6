"""Reads the pattern files into one checked rule set."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from notecheck.errors import RulesError
from notecheck.rules.files import patterns_root
from notecheck.rules.model import (
    ContextFile,
    ContextRecord,
    LexiconFile,
    SectionFile,
    SectionRecord,
    TargetFile,
    TargetRecord,
)
from notecheck.rules.pattern import Pattern

FileModel = TypeVar("FileModel", bound=BaseModel)


@dataclass(frozen=True, eq=False)
class TargetRule:
    """A target record with its patterns made ready."""

    record: TargetRecord
    pattern: Pattern
    unless: Pattern | None


@dataclass(frozen=True, eq=False)
class RuleSet:
    """All rules in use."""

    lexicon: dict[str, str]
    targets: tuple[TargetRule, ...]
    contexts: tuple[ContextRecord, ...]
    sections: tuple[SectionRecord, ...]

    def section(self, category: str | None) -> SectionRecord | None:
        return next((s for s in self.sections if s.category == category), None)


def read_toml(path: Path, model: type[FileModel]) -> FileModel:
    """Read one pattern file. Raises RulesError naming the file, the line or key, and the fault."""
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise RulesError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise RulesError(str(error), where=path.name) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise RulesError(f"{key}: {first['msg']}", where=path.name) from None


@cache
def rule_set() -> RuleSet:
    """The rules of this installation, read and checked once.

    Raises RulesError for a file that is wrong in itself and for an id used twice.
    """
    root = patterns_root()
    lexicon: dict[str, str] = {}
    for path in sorted((root / "lexicon").glob("*.toml")):
        lexicon |= read_toml(path, LexiconFile).terms
    targets = tuple(
        _target(record, lexicon, path)
        for path in sorted((root / "facts").glob("*.toml"))
        for record in read_toml(path, TargetFile).rule
    )
    contexts = tuple(
        record
        for path in sorted((root / "context").glob("*.toml"))
        for record in read_toml(path, ContextFile).rule
    )
    sections = tuple(
        record
        for path in sorted((root / "sections").glob("*.toml"))
        for record in read_toml(path, SectionFile).section
    )
    _refuse_twins([rule.record.id for rule in targets] + [rule.id for rule in contexts])
    return RuleSet(lexicon, targets, contexts, sections)


def _target(record: TargetRecord, lexicon: dict[str, str], path: Path) -> TargetRule:
    try:
        unless = Pattern(record.unless, lexicon) if record.unless else None
        return TargetRule(record, Pattern(record.pattern, lexicon), unless)
    except RulesError as error:
        raise RulesError(f"{record.id}: {error.message}", where=path.name) from None


def _refuse_twins(ids: list[str]) -> None:
    seen: set[str] = set()
    for rule_id in ids:
        if rule_id in seen:
            raise RulesError(f"the rule id {rule_id} is used twice")
        seen.add(rule_id)
