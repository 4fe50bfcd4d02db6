"""What the frames find, and of what they read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from notecheck.models import ExclusionReason


class Sentence(Protocol):
    """`start` and `end` are offsets into the text; `category` is that of its section."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def category(self) -> str | None: ...


S = TypeVar("S", bound=Sentence)


@dataclass(slots=True)
class Statement(Generic[S]):
    """What the frame `rule` finds at `start:end`, in the clause at the offsets `clause`.

    `reason` is why the clause does not tell it as done, and `cue` the list whose word says so.
    A finding has no clause of its own: what its sentence says of it is left to ConText.
    """

    rule: str
    fact: str
    value: str
    start: int
    end: int
    sentence: S
    clause: tuple[int, int] | None
    reason: ExclusionReason | None
    cue: str | None
    parts: tuple[tuple[str, str], ...]  # ("act fix", "tied"): the frame's lists and their words
    tells: frozenset[str]  # what else the frame declares of such words
    # Details that its phrase told, by name: (start, end), as the groups of a mention.
    details: Mapping[str, tuple[int, int]] = field(default_factory=dict)
