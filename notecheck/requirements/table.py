"""The requirements of one code, made from its file and the kinds that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from notecheck.codes.files import (
    AUTO,
    additions,
    code_path,
    load_code_file,
    requirement_kind,
)
from notecheck.codes.model import CodeFile, RequirementEntry, Wordings
from notecheck.errors import RulesError
from notecheck.models import Level
from notecheck.requirements.finding import Finding
from notecheck.requirements.kinds import KINDS, Kind
from notecheck.requirements.settings import NoSettings
from notecheck.timeline.levels import level_of_code
from notecheck.wrong_values import sentence

# The requirements of 27596, by which gold encounters are labelled; other codes have their own.
RequirementId = Literal[
    "prior-level", "new-level", "indication", "indication-preop", "revision-necessity",
    "reconstruction", "laterality-note", "laterality-claim", "debridement", "inpatient",
    "global-period",
]  # fmt: skip


@dataclass(frozen=True)
class RequirementRule:
    """One requirement ready to judge: its kind and settings, weight, messages and wordings."""

    id: str
    kind_name: str
    kind: Kind
    settings: NoSettings
    weight: float
    messages: Mapping[str, str]
    wordings: Wordings

    def message(self, finding: Finding) -> str:
        """What was found, in plain English.

        Raises RulesError for a message with a placeholder that the requirement does not fill.
        """
        key = f"{finding.status}.{finding.reason}" if finding.reason else finding.status
        try:
            return self.messages[key].format_map({**self.settings.words, **finding.values})
        except KeyError as error:
            raise RulesError(
                f"message {key!r} cannot be filled in: {error}", where=self.id
            ) from None


@dataclass(frozen=True)
class RequirementTable:
    """The requirements of one code, in the order they are reported."""

    file: CodeFile
    requirements: tuple[RequirementRule, ...]


def requirement_table(code: str) -> RequirementTable:
    """The requirements of `code`.

    Raises InputError for a code that has no file, RulesError when a file is wrong.
    """
    return _table_at(code_path(code), additions(code))


def reads_every_chart(code: str) -> bool:
    """Whether `code` is asked of charts that tell no amputation too, which are then read.

    Raises as `requirement_table`.
    """
    return code != AUTO and requirement_table(code).file.supports("none")


@cache
def _table_at(path: Path, more: tuple[Path, ...]) -> RequirementTable:
    return table_of(load_code_file(path, more))


def table_of(file: CodeFile) -> RequirementTable:
    """The requirements that one code's file asks for.

    Raises RulesError, naming the file and the requirement, for an id used twice, a kind that is
    not known, settings that its kind does not have, or a message that is lacking or never given.
    """
    ids = [entry.id for entry in file.requirement]
    for entry in file.requirement:
        if ids.count(entry.id) > 1:
            raise RulesError(f"{entry.id}: is asked twice", where=f"{file.code}.toml")
    level = level_of_code(file.code)
    rules = tuple(
        _rule(entry, level.id if level else None, f"{file.code}.toml") for entry in file.requirement
    )
    return RequirementTable(file, rules)


def _rule(entry: RequirementEntry, level: Level | None, where: str) -> RequirementRule:
    name = entry.kind or entry.id
    kind = KINDS.get(name)
    if kind is None:
        raise RulesError(
            f"{entry.id}: there is no kind {name!r}: give one of {', '.join(KINDS)}", where=where
        )
    try:
        settings = kind.settings.model_validate(entry.settings)
    except ValidationError as error:
        raise RulesError(f"{entry.id}: settings: {sentence(error)}", where=where) from None
    shared = requirement_kind(name)
    messages = {**shared.messages, **entry.messages}
    for key in sorted(kind.outcomes - messages.keys()):
        raise RulesError(f"{entry.id}: message {key!r} is missing", where=where)
    for key in sorted(messages.keys() - kind.outcomes):
        raise RulesError(f"{entry.id}: message {key!r} is never given", where=where)
    own, common = entry.wordings, shared.wordings_of(level)
    return RequirementRule(
        id=entry.id,
        kind_name=name,
        kind=kind,
        settings=settings,
        weight=entry.weight,
        messages=messages,
        wordings=Wordings(
            asks=own.asks or common.asks,
            meets=own.meets or common.meets,
            fails=own.fails or common.fails,
            dictate=own.dictate or common.dictate,
        ),
    )
