"""Where the statements of a card can be looked up at their source, and whether we did."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from notecheck.codes.model import Data
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml


class Primary(Data):
    """One primary source; `seen` is the day on which we opened it, None where we did not.

    `seen_as` says what of it was seen, and in which form.
    """

    id: str = Field(min_length=1)
    title: str
    url: str
    holds: str
    seen: dt.date | None = None
    seen_as: str = ""

    @property
    def standing(self) -> str:
        """What we know of it, in words."""
        if self.seen is None:
            return "not opened by us"
        seen_as = f": {self.seen_as}" if self.seen_as else ""
        return f"seen in the source on {self.seen.isoformat()}{seen_as}"


class _PrimaryFile(Data):
    primary: tuple[Primary, ...]


def primary_sources() -> tuple[Primary, ...]:
    """All of `patterns/explain/primary.toml`. Raises RulesError as `load_toml`."""
    return load_toml(pattern_file("explain/primary.toml"), _PrimaryFile).primary
