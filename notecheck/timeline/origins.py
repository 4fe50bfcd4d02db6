"""Where lengths of bone are measured from, from `patterns/timeline/origins.toml`."""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Origin(_Record):
    id: str
    words: tuple[str, ...]


class Origins(_Record):
    """The file's data; see its own remarks."""

    tolerance: float
    residual: str
    end_state: tuple[str, ...]
    origin: tuple[Origin, ...]


@cache
def origins() -> Origins:
    """The file, read once. Raises RulesError for one that is wrong."""
    return load_toml(pattern_file("timeline/origins.toml"), Origins)


def origin_of(words: str, *, residual: bool) -> str | None:
    """Where normalised `words` of a length measure from, or None where they do not say."""
    data = origins()
    named = next(
        (o.id for o in data.origin if any(_begins(w).search(words) for w in o.words)), None
    )
    return named or (data.residual if residual else None)


def tells_end_state(words: str) -> bool:
    """Whether a sentence speaks of the bone as the operation left it."""
    return any(_whole(word).search(words) for word in origins().end_state)


@cache
def _begins(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}")


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")
