"""Reads one folder of rule files, and goes on past what is wrong so that all of it is told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from notecheck.rules.findings import Finding, Place
from notecheck.rules.model import (
    ContextRecord,
    DisableFile,
    LexiconFile,
    SectionRecord,
    SpellingFile,
    TargetRecord,
)
from notecheck.rules.site import DISABLE, rule_files
from notecheck.rules.toml_lines import TomlLines

SPELLING = "spelling.toml"
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_TOML_END = " (at end of document)"
Record = TypeVar("Record")
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Record]):
    """A record and the line of its id."""

    record: Record
    place: Place


@dataclass(slots=True)
class RuleFolder:
    """The records of a folder by id, term and category, in the order of the files."""

    terms: dict[str, Placed[str]] = field(default_factory=dict)
    spelling: SpellingFile = field(default_factory=lambda: SpellingFile(misheard={}))
    targets: dict[str, Placed[TargetRecord]] = field(default_factory=dict)
    contexts: dict[str, Placed[ContextRecord]] = field(default_factory=dict)
    sections: dict[str, Placed[SectionRecord]] = field(default_factory=dict)
    disabled: dict[str, Place] = field(default_factory=dict)


def read_folder(root: Path, findings: list[Finding]) -> RuleFolder:
    """The right records of the files below `root`; what is wrong is added to `findings`."""
    reader = _Reader(findings)
    for path in rule_files(root):
        reader.read(path)
    return reader.folder


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    table: dict[str, Any]
    lines: TomlLines


class _Reader:
    def __init__(self, findings: list[Finding]) -> None:
        self.folder = RuleFolder()
        self._findings = findings

    def read(self, path: Path) -> None:
        file = self._parsed(path)
        if file is None:
            return
        if path.name == DISABLE:
            self._read_disabled(file)
        elif path.parent.name == "lexicon" and path.name == SPELLING:
            self.folder.spelling = self._whole(file, SpellingFile) or self.folder.spelling
        elif path.parent.name == "lexicon":
            self._read_terms(file)
        elif path.parent.name == "sections":
            self._read_sections(file)
        else:
            self._read_rules(file)

    def _add(self, path: Path, line: int, subject: str, fault: str) -> None:
        self._findings.append(Finding(Place(path, line), subject, fault))

    def _parsed(self, path: Path) -> _File | None:
        """The TOML of `path`; None when it is none."""
        try:
            text = path.read_text(encoding="utf-8")
            return _File(path, tomllib.loads(text), TomlLines(text))
        except OSError as error:
            self._add(path, 1, path.name, f"cannot be read: {error.strerror}")
        except UnicodeDecodeError:
            self._add(path, 1, path.name, "is not written in UTF-8")
        except tomllib.TOMLDecodeError as error:
            at = _TOML_LINE.search(str(error))
            line = int(at[1]) if at else len(text.splitlines())
            fault = _TOML_LINE.sub("", str(error)).removesuffix(_TOML_END)
            self._add(path, line, path.name, f"is not TOML: {fault}")
        return None

    def _read_rules(self, file: _File) -> None:
        model = TargetRecord if file.path.parent.name == "facts" else ContextRecord
        for line, value in self._tables(file, "rule"):
            record = self._valid(file, line, "id", value, model)
            if record is None:
                continue
            placed = Placed(record, Place(file.path, file.lines.key("id", line)))
            if self._is_twin(record.id, placed.place, "rule id"):
                continue
            if isinstance(record, TargetRecord):
                self.folder.targets[record.id] = Placed(record, placed.place)
            else:
                self.folder.contexts[record.id] = Placed(record, placed.place)

    def _is_twin(self, rule_id: str, place: Place, what: str) -> bool:
        first = self.folder.targets.get(rule_id) or self.folder.contexts.get(rule_id)
        if first:
            self._tell_twin(rule_id, place, first.place, what)
        return first is not None

    def _tell_twin(self, subject: str, place: Place, first: Place, what: str) -> None:
        self._add(place.path, place.line, subject, f"the {what} is used twice, first at {first}")

    def _read_sections(self, file: _File) -> None:
        for line, value in self._tables(file, "section"):
            record = self._valid(file, line, "category", value, SectionRecord)
            if record is None:
                continue
            place = Place(file.path, file.lines.key("category", line))
            first = self.folder.sections.setdefault(record.category, Placed(record, place))
            if first.place != place:
                self._tell_twin(record.category, place, first.place, "category")

    def _read_terms(self, file: _File) -> None:
        lexicon = self._whole(file, LexiconFile)
        table = file.lines.table("terms")
        for name, term in (lexicon.terms if lexicon else {}).items():
            place = Place(file.path, file.lines.key(name, table))
            first = self.folder.terms.setdefault(name, Placed(term, place))
            if first.place != place:
                self._tell_twin(name, place, first.place, "term")

    def _read_disabled(self, file: _File) -> None:
        listed = self._whole(file, DisableFile)
        place = Place(file.path, file.lines.key("disable"))
        self.folder.disabled = dict.fromkeys(listed.disable if listed else (), place)

    def _tables(self, file: _File, name: str) -> list[tuple[int, dict[str, Any]]]:
        """The `[[name]]` tables of a file with the line of each."""
        for key in file.table.keys() - {name}:
            line = file.lines.table(key)
            line = file.lines.key(key) if line == 1 else line
            self._add(file.path, line, file.path.name, f"unknown key `{key}`: write [[{name}]]")
        tables = file.table.get(name)
        if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
            return [(file.lines.table(name, index), table) for index, table in enumerate(tables)]
        if name in file.table or len(file.table) == 0:
            line = file.lines.table(name)
            self._add(file.path, line, file.path.name, f"the file has no [[{name}]]")
        return []

    def _valid(
        self, file: _File, line: int, id_key: str, value: dict[str, Any], model: type[Model]
    ) -> Model | None:
        """One record; None when it is wrong."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            subject = str(value.get(id_key, "a record without an id"))
            for fault in error.errors(include_url=False):
                key = str(fault["loc"][0])
                at = file.lines.key(key if key in value else id_key, line)
                self._add(file.path, at, subject, _fault(fault))
            return None

    def _whole(self, file: _File, model: type[Model]) -> Model | None:
        """The file as one record; None when it is wrong."""
        try:
            return model.model_validate(file.table)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                table, *keys = map(str, fault["loc"])
                line = file.lines.table(table)
                line = file.lines.key(keys[0], line) if keys else line
                self._add(file.path, line, file.path.name, _fault(fault))
            return None


def _fault(error: ErrorDetails) -> str:
    """What pydantic found, in a sentence."""
    key = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        return f"unknown key `{key}`"
    if error["type"] == "missing":
        return f"the key `{key}` is missing"
    if error["type"] in ("too_short", "string_too_short"):
        return f"`{key}` is empty"
    return f"`{key}`: {error['msg'][:1].lower()}{error['msg'][1:]}"
