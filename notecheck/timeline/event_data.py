"""`patterns/timeline/events.toml`: which mentions tell an act, and how acts are joined."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from notecheck.models import ExclusionReason, OperationKind
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

Outcome = Literal["planned", "considered", "done"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(_Record):
    """A fact whose mentions tell an act; see the file's own remarks."""

    fact: str
    kind: OperationKind | Literal["value"]
    value: Literal["level", "bone"] | None = None


class ReturnFor(_Record):
    facts: frozenset[str]
    words: tuple[str, ...]
    kind: OperationKind


class Reach(_Record):
    after: int
    before: int


class EventData(_Record):
    again: frozenset[str]
    one_act: frozenset[str]
    carried: frozenset[ExclusionReason]
    told: tuple[Told, ...]
    kind: dict[str, OperationKind]
    status: dict[ExclusionReason, Outcome]
    return_for: tuple[ReturnFor, ...]
    reach: Reach


@cache
def event_data() -> EventData:
    """The file's data, read once. Raises RulesError for a file that is wrong."""
    return load_toml(pattern_file("timeline/events.toml"), EventData)
