"""Reads the pattern files into one checked rule set."""

from __future__ import annotations

import re
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
    SpellingFile,
    TargetFile,
    TargetRecord,
)
from notecheck.rules.pattern import Pattern

_WORD = re.compile(r"[a-z]+")
_ESCAPE = re.compile(r"\\.|\{[a-z_]+\}|\?P<\w+>")
_OPTIONAL_LETTER = re.compile(r"([a-z])\?")
SPELLING = "spelling.toml"
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
    spelling: SpellingFile
    targets: tuple[TargetRule, ...]
    contexts: tuple[ContextRecord, ...]
    sections: tuple[SectionRecord, ...]

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that the rules know."""
        sources = [rule.record.pattern for rule in self.targets]
        sources += [*self.lexicon.values(), *self.spelling.misheard.values()]
        sources += self.spelling.everyday
        sources += [word for group in self.spelling.fuzzy for word in group.words]
        sources += [title for s in self.sections for title in (*s.titles, *s.bare_titles)]
        sources += [literal for context in self.contexts for literal in context.literals]
        words: set[str] = set()
        for source in sources:
            plain = _ESCAPE.sub(" ", source.lower())
            words.update(_WORD.findall(_OPTIONAL_LETTER.sub(" ", plain)))
            words.update(_WORD.findall(_OPTIONAL_LETTER.sub(r"\1 ", plain)))
        return frozenset(words)


def read_toml(path: Path, model: type[FileModel]) -> FileModel:
    """Read one pattern file. Raises RulesError naming the file, the line or key, and the fault."""
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise RulesError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except UnicodeDecodeError:
        raise RulesError("is not written in UTF-8", where=path.name) from None
    except tomllib.TOMLDecodeError as error:
        raise RulesError(str(error), where=path.name) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise RulesError(f"{key}: {first['msg']}", where=path.name) from None


def load_rules(root: Path) -> RuleSet:
    """The rules of the pattern files below `root`.

    Raises RulesError for a file that is missing or wrong in itself and for an id used twice.
    """
    lexicon: dict[str, str] = {}
    for path in sorted((root / "lexicon").glob("*.toml")):
        if path.name != SPELLING:
            terms = read_toml(path, LexiconFile).terms
            _refuse_twins([*lexicon, *terms], what="term")
            lexicon |= terms
    spelling = read_toml(root / "lexicon" / SPELLING, SpellingFile)
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
    _refuse_twins([r.record.id for r in targets] + [r.id for r in contexts], what="rule id")
    return RuleSet(lexicon, spelling, targets, contexts, sections)


@cache
def rule_set() -> RuleSet:
    """The rules of this installation, read and checked once. Raises RulesError."""
    return load_rules(patterns_root())


def _target(record: TargetRecord, lexicon: dict[str, str], path: Path) -> TargetRule:
    try:
        unless = Pattern(record.unless, lexicon) if record.unless else None
        return TargetRule(record, Pattern(record.pattern, lexicon), unless)
    except RulesError as error:
        raise RulesError(f"{record.id}: {error.message}", where=path.name) from None


def _refuse_twins(names: list[str], *, what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise RulesError(f"the {what} {name} is used twice")
        seen.add(name)
