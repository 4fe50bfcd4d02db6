"""All policy rows and payers, ours and the site's, and which row holds for a payer and a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from notecheck.policy.model import Payer, PolicyFile, PolicyRow
from notecheck.rules.files import patterns_root
from notecheck.rules.site import data_files
from notecheck.rules.toml_file import load_toml


@dataclass(frozen=True)
class PlacedRow:
    """A row with its file, and whether it is the site's own."""

    row: PolicyRow
    path: Path
    of_site: bool


@dataclass(frozen=True)
class PolicyBook:
    """Every row in use; a site's row stands in for ours of the same id."""

    rows: tuple[PlacedRow, ...]
    payers: tuple[Payer, ...]
    rules: Mapping[str, str] = field(default_factory=dict)
    follows: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    stale_after_days: int = 365

    def payer(self, name: str | None) -> str | None:
        """The class of the payer that a claim names so, or None: a name is never guessed at."""
        wanted = " ".join((name or "").lower().split())
        return next((payer.id for payer in self.payers if wanted in payer.names), None)

    def row(self, code: str, payer: str, form: str | None, date: dt.date) -> PolicyRow | None:
        """The row that holds; a site's before ours, one for the form before one for any."""
        fitting = [
            placed
            for placed in self.rows
            if code in placed.row.codes
            and placed.row.payer == payer
            and placed.row.form in (None, form)
            and placed.row.holds(date)
        ]
        chosen = max(
            fitting,
            key=lambda p: (p.of_site, p.row.form is not None, p.row.effective_from),
            default=None,
        )
        return chosen.row if chosen else None


def policy_book() -> PolicyBook:
    """The policy of this installation and its site. Raises RulesError when a file is wrong."""
    return _book_of(tuple(data_files("policy")))


@cache
def _book_of(paths: tuple[Path, ...]) -> PolicyBook:
    rows: list[PlacedRow] = []
    payers: dict[str, Payer] = {}
    rules: dict[str, str] = {}
    follows: dict[str, str] = {}
    forms: dict[str, str] = {}
    stale = 365
    for path in paths:
        of_site = not path.is_relative_to(patterns_root())
        file = load_toml(path, PolicyFile)
        if of_site:
            own = {row.id for row in file.row}
            rows = [placed for placed in rows if placed.of_site or placed.row.id not in own]
        rows += [PlacedRow(row, path, of_site) for row in file.row]
        for payer in file.payer:
            known = payers.get(payer.id)
            names = payer.names | (known.names if known else frozenset())
            payers[payer.id] = Payer(id=payer.id, names=names)
        rules |= file.rules
        follows |= file.follows
        forms |= file.forms
        stale = file.stale_after_days or stale
    return PolicyBook(tuple(rows), tuple(payers.values()), rules, follows, forms, stale)
