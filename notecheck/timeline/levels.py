"""The levels of amputation, their order, bones and codes, from `patterns/timeline/levels.toml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from notecheck.models import Level, SupportedCodeValue
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml


class FinerCode(BaseModel):
    """The code of a finer place of the cut at one level."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: SupportedCodeValue
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    within: bool = False


class Height(BaseModel):
    """The level whose height one level's `words` tell, where it is named beside them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Level
    words: tuple[str, ...]


class LevelRecord(BaseModel):
    """One level; see the file's own remarks for what each key means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Level
    bone: str | None = None
    joint: bool = False
    stump: bool = False
    whole_limb: bool = False
    segments: bool = False
    on_the_way: bool = False
    digit: bool = False
    needs_name: Literal["bone", "joint"] | None = None
    by_name: bool = False
    with_bone: dict[str, Level] = {}
    height_of: Height | None = None
    joint_end: tuple[str, ...] = ()
    finer: FinerCode | None = None
    primary: SupportedCodeValue
    fitted: SupportedCodeValue | None = None
    left_open: SupportedCodeValue | None = None
    again: SupportedCodeValue | None = None
    closed: SupportedCodeValue | None = None

    @property
    def codes(self) -> frozenset[str]:
        """All codes of an operation at this level."""
        finer = self.finer.code if self.finer else None
        told = (self.primary, self.fitted, self.left_open, self.again, self.closed, finer)
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
