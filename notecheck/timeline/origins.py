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
    down: tuple[float, float] | None = None
    up: tuple[float, float] | None = None


class Segment(_Record):
    id: str
    reach: tuple[float, float]


class Origins(_Record):
    """The file's data; see its own remarks."""

    tolerance: float
    residual: str
    end_state: tuple[str, ...]
    at_close: tuple[str, ...]
    shortest: float
    longest: float
    segment: tuple[Segment, ...]
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


def is_fixed(origin: str) -> bool:
    """Whether an origin is a fixed point of the bone or its joints."""
    return any(o.id == origin and bool(o.down or o.up) for o in origins().origin)


def reach_of_length(length: float, origin: str) -> tuple[float, float] | None:
    """Where on the bone, 0 its top and 1 its lower end, a distance in centimetres may lie.

    None for an origin that is no fixed point of the bone.
    """
    data = origins()
    record = next(o for o in data.origin if o.id == origin)
    if record.down:
        near, far = record.down
        return (near + length) / data.longest, (far + length) / data.shortest
    if record.up:
        near, far = record.up
        return 1 - (far + length) / data.shortest, 1 - (near + length) / data.longest
    return None


def reach_of_segment(segment: str) -> tuple[float, float] | None:
    """Where on the bone a segment's name may be used for, as `reach_of_length`."""
    return next((s.reach for s in origins().segment if s.id == segment), None)


def apart(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two stretches of bone have no point in common."""
    return a[1] < b[0] or b[1] < a[0]


def tells_end_state(words: str) -> bool:
    """Whether a sentence speaks of the bone as the operation left it."""
    return any(_whole(word).search(words) for word in origins().end_state)


def is_at_close(words: str) -> bool:
    """Whether a sentence speaks of the end of the operation."""
    return any(_whole(word).search(words) for word in origins().at_close)


@cache
def _begins(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}")


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")
