"""What a claim may pay for one code on one day: an estimate, or None where something is not held.

A fee schedule that the site has loaded goes before the rates shipped. Its formula, by the public
relative value file's own documentation: the sum of each relative value (of practice expense the
facility's) times its geographic index, times the conversion factor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from notecheck.models import Claim
from notecheck.schedules.book import schedule_book
from notecheck.schedules.rates import Share, rate_table, shares

_PARTS = ("work", "practice", "malpractice")


@dataclass(frozen=True)
class Payment:
    """Dollars, and by which rate."""

    amount: float
    basis: str


def billed_payment(claim: Claim, code: str, day: dt.date | None) -> Payment | None:
    """What the claim's line for `code` may pay, on its own day or else on `day`.

    A stay is paid as a whole, whatever its lines.
    """
    line = next((line for line in claim.lines if line.code.strip().upper() == code), None)
    if line is None:
        return _stay(claim, day) if day else None
    modifiers = [modifier.strip().upper() for modifier in line.modifiers]
    return payment(claim, code, line.service_date or day, modifiers, line.units)


def payment(
    claim: Claim,
    code: str,
    day: dt.date | None,
    modifiers: Collection[str] = (),
    units: float | None = None,
) -> Payment | None:
    """What a line for `code` with `modifiers` may pay; `units` None is one."""
    if day is None:
        return None
    whole = _stay(claim, day) or _scheduled(claim, code, day) or _shipped(claim, code, day)
    share = _share(claim, code, day, modifiers)
    if whole is None or share is None:
        return None
    amount = whole.amount * share * (1 if units is None else units)
    told = whole.basis if share == 1 else f"{whole.basis}, {share * 100:g} %"
    return Payment(round(amount, 2), told)


def _stay(claim: Claim, day: dt.date) -> Payment | None:
    """An inpatient stay whose group the claim names: its weight times the hospital's base rate."""
    table = schedule_book().of("weights", day)
    if claim.form != "institutional" or not claim.drg or table is None:
        return None
    base, group = table.settings.get("base_rate"), claim.drg.lstrip("0")
    row = next((row for row in table.rows if row["group"].lstrip("0") == group), None)
    if base is None or row is None:
        return None
    return Payment(float(row["weight"]) * float(base), f"DRG {group}, {table.version}")


def _scheduled(claim: Claim, code: str, day: dt.date) -> Payment | None:
    book = schedule_book()
    row, table = book.fee(code, day), book.of("fees", day)
    if row is None or table is None or claim.form == "institutional":
        return None
    place, where = book.of("localities", day), "national"
    indices = dict.fromkeys(_PARTS, 1.0)
    if place and (locality := place.settings.get("locality")):
        for known in place.rows:
            if f"{known['contractor']}-{known['locality']}" == locality:
                indices = {part: float(known[part]) for part in _PARTS}
                where = f"locality {locality}"
    values = sum(float(row[part]) * indices[part] for part in _PARTS)
    return Payment(values * float(row["factor"]), f"fee schedule {table.version}, {where}")


def _shipped(claim: Claim, code: str, day: dt.date) -> Payment | None:
    rate = rate_table(code).of(claim, day)
    return Payment(rate.amount, rate.name) if rate else None


def _share(claim: Claim, code: str, day: dt.date, modifiers: Collection[str]) -> float | None:
    carried = set(modifiers)
    if carried & shares().unpriced:
        return None
    product = 1.0
    for row in shares().share:
        if not carried & row.modifiers:
            continue
        known = _of_row(row, code, day) if (claim.form or "professional") in row.forms else None
        if known is None:
            return None
        product *= known
    return product


def _of_row(row: Share, code: str, day: dt.date) -> float | None:
    if row.share is not None:
        return row.share
    fee = schedule_book().fee(code, day)
    return sum(float(fee[column]) for column in row.columns) if fee else None
