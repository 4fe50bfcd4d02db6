"""The levels of amputation, their order, bones and codes, from `patterns/timeline/levels.toml`."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from notecheck.models import Level, SupportedCodeValue
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml


class LevelRecord(BaseModel):
    """One level; see the file's own remarks for what each key means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Level
    bone: str | None = None
    joint: bool = False
    stump: bool = False
    last_resort: bool = False
    primary: SupportedCodeValue
    fitted: SupportedCodeValue | None = None
    left_open: SupportedCodeValue | None = None
    again: SupportedCodeValue | None = None
    closed: SupportedCodeValue | None = None
    other: tuple[SupportedCodeValue, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """All codes of an operation at this level."""
        told = (self.primary, self.fitted, self.left_open, self.again, self.closed, *self.other)
        return frozenset(code for code in told if code)


class _LevelFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    level: tuple[LevelRecord, ...]


@cache
def levels() -> dict[str, LevelRecord]:
    """The levels by their id, from the toes up. Raises RulesError for a file that is wrong."""
    file = load_toml(pattern_file("timeline/levels.toml"), _LevelFile)
    return {record.id: record for record in file.level}


@cache
def proximality() -> tuple[str, ...]:
    """The ids of the levels, from the toes up."""
    return tuple(levels())


@cache
def bone_levels() -> dict[str, str]:
    """The level at which each bone is divided."""
    return {record.bone: record.id for record in levels().values() if record.bone}


def level_of_code(code: str | None) -> LevelRecord | None:
    """The level that a code is about, or None."""
    return next((record for record in levels().values() if code in record.codes), None)
