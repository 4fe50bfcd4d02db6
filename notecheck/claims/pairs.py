"""The table of codes beside an amputation that is shipped: what is held of each, and from where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pydantic import Field

from notecheck.claims.data import lines
from notecheck.codes.model import Data, Sourced
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

PairRule = Literal["included", "by_note", "unknown"]


class PairRow(Sourced):
    """What `codes` are beside an amputation of the same limb and day.

    `indicator` is the one of Medicare's table of pairs; `unknown` where that was not read.
    """

    codes: frozenset[str] = Field(min_length=1)
    rule: PairRule
    text: str = Field(min_length=1)
    indicator: Literal["0", "1", "unknown"] = "unknown"


class PairFile(Data):
    stale_after_days: int = Field(gt=0)
    pair: tuple[PairRow, ...] = Field(min_length=1)

    def ruled(self, code: str, rule: PairRule) -> bool:
        """Whether `rule` holds for a code."""
        return any(code in row.codes and row.rule == rule for row in self.pair)


@cache
def pairs() -> PairFile:
    """The rows of `patterns/claims/pairs.toml`. Raises RulesError."""
    return load_toml(pattern_file("claims/pairs.toml"), PairFile)


def pair_faults(held: PairFile) -> Iterator[str]:
    """One sentence a fault: codes held twice, codes asked about and not held."""
    told = Counter(code for row in held.pair for code in row.codes)
    for code in sorted(code for code, times in told.items() if times > 1):
        yield f"pairs.toml: overlap: {code} stands in two rows"
    beside = lines()
    asked = {code for work in beside.told_work for code in work.codes}
    asked |= {*beside.nerves.thigh, *beside.negative_pressure.codes}
    asked |= {code for row in beside.debridement for code in (row.code, row.addon)}
    for code in sorted(asked - told.keys()):
        yield f"pairs.toml: gap: no row for {code}, which a check asks about"
