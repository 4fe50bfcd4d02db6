"""`notecheck tables ...`: the payers' public tables that a site loads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from notecheck.commands.options import OnDay, SiteRules
from notecheck.errors import InputError
from notecheck.rules.site import SETTING
from notecheck.terminal.exit_status import NOT_PASSED, PASSED
from notecheck.terminal.writing import write


def load(
    file: Annotated[str, typer.Argument(help="A public file, as CSV or tab-separated text.")],
    begins: Annotated[str, typer.Option("--from", help="The first day on which it holds.")],
    site: Annotated[
        str,
        typer.Option(
            "--site", envvar=SETTING, help="The folder of your own rules; it goes into tables/."
        ),
    ],
    ends: Annotated[
        str | None, typer.Option("--to", help="The last day on which it holds.")
    ] = None,
    version: Annotated[
        str | None, typer.Option(help="Its version, if not the file's name.")
    ] = None,
    locality: Annotated[
        str | None,
        typer.Option(help="With localities: yours, as CONTRACTOR-NUMBER."),
    ] = None,
    base_rate: Annotated[
        float | None,
        typer.Option(help="With weights: your hospital's dollars for a weight of 1.", min=0.01),
    ] = None,
) -> int:
    """Take a public file (fees, pairs, units, localities, weights) into your folder of rules.

    Exit status: 0, or 2 for a file that is none of them.
    """
    from notecheck.schedules.load import load_table

    settings = {
        name: str(value)
        for name, value in (("locality", locality), ("base_rate", base_rate))
        if value is not None
    }
    kept, table = load_table(
        Path(file),
        Path(site),
        begins=_day(begins, "--from"),
        ends=_day(ends, "--to") if ends else None,
        version=version,
        settings=settings,
        today=dt.date.today(),
    )
    write(f"{kept}: {table.kind}, {len(table.rows):,} rows, sha256 {table.sha256}\n")
    return PASSED


def check(
    on: OnDay = None,
    rules: SiteRules = None,
) -> int:
    """Find tables that were changed, overlap, leave gaps or have run out; the shipped rows too.

    Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage or an unreadable file.
    """
    from notecheck.claims.pairs import pair_faults, pairs
    from notecheck.claims.shipped_rows import shipped_faults
    from notecheck.schedules.audit import table_faults
    from notecheck.schedules.book import schedule_book

    book = schedule_book()
    today = _day(on, "--on") if on else dt.date.today()
    faults = [*pair_faults(pairs()), *shipped_faults(today), *table_faults(book, today)]
    counted = f"{len(book.tables)} {'table' if len(book.tables) == 1 else 'tables'}"
    write("".join(f"{fault}\n" for fault in faults))
    write(f"{counted}, {len(faults)} {'fault' if len(faults) == 1 else 'faults'}\n")
    return NOT_PASSED if faults else PASSED


def _day(told: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(told)
    except ValueError:
        raise InputError(f"{option} is a day, written YYYY-MM-DD") from None
