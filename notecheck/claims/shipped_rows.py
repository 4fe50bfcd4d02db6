"""The rows of data that are shipped with a source: which were verified too long ago.

Payers' rules have a check of their own (`notecheck/policy/audit.py`); these are the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from notecheck.claims.data import modifiers, procedures
from notecheck.claims.diagnosis_data import diagnoses
from notecheck.claims.pairs import pairs
from notecheck.codes.files import code_path, known_codes, load_code_file
from notecheck.codes.model import Sourced
from notecheck.schedules.global_days import global_file
from notecheck.schedules.rates import rate_table, shares


def shipped_faults(today: dt.date) -> Iterator[str]:
    """One sentence a fault: a row verified more days ago than the pairs' file allows."""
    for file, name, row in _rows():
        age = (today - row.verified_on).days
        if age > pairs().stale_after_days:
            yield f"{file}: stale: {name} was verified {age} days ago"


def _rows() -> Iterator[tuple[str, str, Sourced]]:
    """Each row with its file and a name for it."""
    for pair in pairs().pair:
        yield "pairs.toml", f"the row of {min(pair.codes)}", pair
    held = global_file()
    yield "global.toml", "the usual period", held.usual
    for period in held.period:
        yield "global.toml", f"the period of {min(period.codes)}", period
    for share in shares().share:
        yield "rates/modifiers.toml", f"the share of {min(share.modifiers)}", share
    for modifier in modifiers().modifier:
        yield "modifiers.toml", f"the row of {modifier.name}", modifier
    yield "diagnoses.toml", "the table", diagnoses().about
    yield "procedures.toml", "the table", procedures().about
    for code in known_codes():
        for rate in rate_table(code).rate:
            yield f"rates/{code}.toml", f"the rate {rate.id}", rate
        card = load_code_file(code_path(code)).card
        told = (*card.neighbours, *card.fees, *card.denials, *card.questions)
        for row in (card.covers, *told):
            yield f"codes/{code}.toml", "a row of the card", row
