"""Reads one folder of rule files, and goes on past what is wrong so that all of it is told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from notecheck import wrong_values
from notecheck.errors import RulesError
from notecheck.rules.file_models import DisableFile, IrregularFile, LexiconFile, SpellingFile
from notecheck.rules.findings import Finding, Place
from notecheck.rules.model import ContextRecord, FactWords, FrameRecord, SectionRecord, TermRecord
from notecheck.rules.named_lists import ListsOfFiles, one_of
from notecheck.rules.site import DISABLE, rule_files
from notecheck.rules.tables import Table, kept_tables
from notecheck.rules.toml_lines import TomlLines

SPELLING = "spelling.toml"
IRREGULAR = "irregular.toml"
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
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of other files, by name
    shared: frozenset[str] = frozenset()  # the word lists whose words others take in
    spelling: SpellingFile = field(default_factory=SpellingFile)
    contexts: dict[str, Placed[ContextRecord]] = field(default_factory=dict)
    sections: dict[str, Placed[SectionRecord]] = field(default_factory=dict)
    words: dict[str, Placed[TermRecord]] = field(default_factory=dict)
    irregular: dict[str, tuple[str, ...]] = field(default_factory=dict)
    frames: dict[str, Placed[FrameRecord]] = field(default_factory=dict)
    facts: dict[str, Placed[FactWords]] = field(default_factory=dict)
    disabled: dict[str, Place] = field(default_factory=dict)


def read_folder(root: Path, findings: list[Finding], *, kept: bool = False) -> RuleFolder:
    """The right records of the files below `root`; what is wrong is added to `findings`.

    With `kept` the files' tables are taken from where they are kept, or kept there.
    """
    reader = _Reader(findings)
    texts = {path: text for path in rule_files(root) if (text := reader.text(path)) is not None}
    tables = kept_tables(list(texts.values())) if kept else None
    for (path, text), table in zip_longest(texts.items(), tables or ()):
        reader.read(path, text, table)
    return reader.folder


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    table: Table
    lines: TomlLines


class _Reader:
    def __init__(self, findings: list[Finding]) -> None:
        self.folder = RuleFolder()
        self._findings = findings

    def read(self, path: Path, text: str, table: Table | None) -> None:
        """Read a file of this text, whose table is parsed where none is given."""
        table = self._parsed(path, text) if table is None else table
        if table is None:
            return
        file = _File(path, table, TomlLines(text))
        kind = path.name if path.name in (DISABLE, SPELLING, IRREGULAR) else path.parent.name
        self._READERS[kind](self, file)

    def _add(self, path: Path, line: int, subject: str, fault: str) -> None:
        self._findings.append(Finding(Place(path, line), subject, fault))

    def text(self, path: Path) -> str | None:
        """The text of a file; None when it has none."""
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            self._add(path, 1, path.name, f"cannot be read: {error.strerror}")
        except UnicodeDecodeError:
            self._add(path, 1, path.name, "is not written in UTF-8")
        return None

    def _parsed(self, path: Path, text: str) -> Table | None:
        """The TOML of `path`; None when it is none."""
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            at = _TOML_LINE.search(str(error))
            line = int(at[1]) if at else len(text.splitlines())
            fault = _TOML_LINE.sub("", str(error)).removesuffix(_TOML_END)
            self._add(path, line, path.name, f"is not TOML: {fault}")
        return None

    def _read_contexts(self, file: _File) -> None:
        for placed in self._records(file, "rule", ContextRecord, "id"):
            self._keep(self.folder.contexts, placed.record.id, placed)

    def _read_sections(self, file: _File) -> None:
        for placed in self._records(file, "section", SectionRecord, "category"):
            self._keep(self.folder.sections, placed.record.category, placed)

    def _read_terms(self, file: _File) -> None:
        lexicon = self._whole(file, LexiconFile) or LexiconFile()
        files = ListsOfFiles(file.path.parent.parent)
        table = file.lines.table("lists")
        for name, sources in lexicon.lists.items():
            place = Place(file.path, file.lines.key(name, table))
            try:
                words = files.words(sources)
            except RulesError as error:
                self._add(place.path, place.line, name, str(error))
                continue
            self.folder.lists[name] = words
            self._keep(self.folder.terms, name, Placed(one_of(words), place))
        table = file.lines.table("terms")
        for name, term in lexicon.terms.items():
            place = Place(file.path, file.lines.key(name, table))
            self._keep(self.folder.terms, name, Placed(term, place))

    def _read_words(self, file: _File) -> None:
        for placed in self._records(file, "term", TermRecord, "id"):
            self._keep(self.folder.words, placed.record.id, placed)

    def _read_frames(self, file: _File) -> None:
        for placed in self._records(file, "frame", FrameRecord, "id"):
            self._keep(self.folder.frames, placed.record.id, placed)

    def _read_facts(self, file: _File) -> None:
        for placed in self._records(file, "fact", FactWords, "id"):
            self._keep(self.folder.facts, placed.record.id, placed)

    def _read_irregular(self, file: _File) -> None:
        verbs = self._whole(file, IrregularFile)
        self.folder.irregular = verbs.irregular if verbs else self.folder.irregular

    def _read_spelling(self, file: _File) -> None:
        self.folder.spelling = self._whole(file, SpellingFile) or self.folder.spelling

    def _read_disabled(self, file: _File) -> None:
        listed = self._whole(file, DisableFile)
        place = Place(file.path, file.lines.key("disable"))
        self.folder.disabled = dict.fromkeys(listed.disable if listed else (), place)

    def _records(
        self, file: _File, name: str, model: type[Model], id_key: str
    ) -> Iterator[Placed[Model]]:
        """The right ones among the `[[name]]` tables of a file."""
        for key in file.table.keys() - {name}:
            line = max(file.lines.table(key), file.lines.key(key))
            self._add(file.path, line, file.path.name, f"unknown key `{key}`: write [[{name}]]")
        tables = file.table.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._add(file.path, file.lines.table(name), file.path.name, f"write [[{name}]]")
            return
        for index, table in enumerate(tables):
            line = file.lines.table(name, index)
            try:
                record = model.model_validate(table)
            except ValidationError as error:
                subject = str(table.get(id_key, "a record without an id"))
                for fault in error.errors(include_url=False):
                    key = str(fault["loc"][0])
                    at = file.lines.key(key if key in table else id_key, line)
                    self._add(file.path, at, subject, wrong_values.placed(fault))
            else:
                yield Placed(record, Place(file.path, file.lines.key(id_key, line)))

    def _keep(self, records: dict[str, Placed[Record]], name: str, placed: Placed[Record]) -> None:
        """Put a record to the others, or tell that its name is taken."""
        rules = (self.folder.contexts, self.folder.frames)
        share = rules if any(records is kind for kind in rules) else (records,)
        first = next((kind[name] for kind in share if name in kind), None)
        if first is None:
            records[name] = placed
        else:
            at = placed.place
            self._add(at.path, at.line, name, f"is used twice, first at {first.place}")

    def _whole(self, file: _File, model: type[Model]) -> Model | None:
        """The file as one record; None when it is wrong."""
        try:
            return model.model_validate(file.table)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                table, *keys = map(str, fault["loc"])
                line = file.lines.table(table)
                line = file.lines.key(keys[0], line) if keys else line
                self._add(file.path, line, file.path.name, wrong_values.placed(fault))
            return None

    _READERS: ClassVar[dict[str, Callable[[_Reader, _File], None]]] = {
        "context": _read_contexts,
        "sections": _read_sections,
        "lexicon": _read_terms,
        "terms": _read_words,
        "frames": _read_frames,
        "vocabulary": _read_facts,
        IRREGULAR: _read_irregular,
        SPELLING: _read_spelling,
        DISABLE: _read_disabled,
    }
