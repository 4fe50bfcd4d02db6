"""What the public tables that a site has loaded say of the lines: pairs, units, indicators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from notecheck.claims.data import lines as line_data
from notecheck.claims.view import ClaimView, LineView, Raised
from notecheck.schedules.book import schedule_book
from notecheck.schedules.model import Kind

_NEVER, _WITH_MODIFIER = "0", "1"


def scheduled(view: ClaimView) -> Iterator[Raised]:
    """Pairs that are not paid, units above the limit, modifiers that the code is not paid with.

    A surgeon's claim alone: facilities have tables of their own. Nothing where none is loaded.
    """
    if view.institutional or not schedule_book().tables:
        return
    for line in view.lines:
        day = line.date or view.case.operation_date
        if day is None:
            continue
        yield from _units(line, day)
        if line in view.amputations:
            yield from _indicators(line, day)
        elif line.code not in line_data().visits:
            yield from _pairs(view, line, day)


def _pairs(view: ClaimView, line: LineView, day: dt.date) -> Iterator[Raised]:
    for beside in view.amputations:
        pair = schedule_book().pair(beside.code, line.code, day)
        sides = {view.side(line), view.side(beside)}
        if pair is None or beside.date != line.date or sides == {"left", "right"}:
            continue
        values = {"code": line.code, "amputation": beside.code, "row": _table("pairs", day)}
        if pair["indicator"] == _NEVER:
            yield Raised("pair-never", (line.place, beside.place), values=values)
        elif pair["indicator"] == _WITH_MODIFIER:
            parting = line_data().separate.modifiers | view.rules.global_modifiers
            if not line.modifiers & parting:
                yield Raised("pair-without-modifier", (line.place, beside.place), values=values)


def _units(line: LineView, day: dt.date) -> Iterator[Raised]:
    most = schedule_book().most_units(line.code, day)
    if most is not None and line.units is not None and line.units > most:
        values = {"code": line.code, "units": f"{line.units:g}", "most": str(most)}
        values["row"] = _table("units", day)
        place = line.at("units", f"{line.units:g}")
        yield Raised("units-above-the-limit", (line.place, place), values=values)


def _indicators(line: LineView, day: dt.date) -> Iterator[Raised]:
    fee = schedule_book().fee(line.code, day)
    for rule in line_data().indicator if fee else ():
        carried = line.modifiers & rule.modifiers
        if fee and carried and fee.get(rule.column) in rule.refused:
            values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
            yield Raised(
                "modifier-not-payable", (line.place,), values=values | {"row": _table("fees", day)}
            )


def _table(kind: Kind, day: dt.date) -> str:
    """The version of the table that was asked, and the first day on which it holds."""
    table = schedule_book().of(kind, day)
    return f"{table.version}, from {table.effective_from}" if table else ""
