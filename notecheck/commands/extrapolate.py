"""`notecheck extrapolate`: the overpayment that a sample shows for its frame."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from notecheck.extras import require_extra
from notecheck.terminal.exit_status import PASSED
from notecheck.terminal.writing import write, writing_to


def extrapolate(
    worksheet: Annotated[
        str,
        typer.Argument(help="A worksheet with paid and correct filled in.", show_default=False),
    ],
    frame: Annotated[
        str | None,
        typer.Option(help="The frame, a row to an item; else stratum_size holds its size."),
    ] = None,
    rat_stats: Annotated[
        str | None,
        typer.Option(help="Also write sample number, paid and correct for RAT-STATS."),
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            max=100,
            help="Also print how many items a precision of so many percent of the estimate takes.",
        ),
    ] = None,
) -> int:
    """Print the overpayment that a sample shows for its frame, with its 90 % interval.

    Exit status: 0, or 2 for a worksheet that cannot be used.
    """
    require_extra("an extrapolation", "audit")
    from notecheck.audit.extrapolation import extrapolate as estimated
    from notecheck.audit.extrapolation import sample_size
    from notecheck.audit.paid_items import frame_sizes, read_items, table, worksheet_sizes

    path = Path(worksheet)
    rows = table(path)
    items = read_items(rows, path)
    sizes = frame_sizes(Path(frame)) if frame else worksheet_sizes(rows, path)
    found = estimated(items, sizes)
    if rat_stats:
        with writing_to(rat_stats) as put:
            for number, item in enumerate(items, start=1):
                put(f"{number},{item.paid:.2f},{item.correct:.2f}\r\n")
    factor = f"{'t' if found.strata == 1 else 'z'} = {found.factor:.6f}"
    write(
        f"frame                {found.frame:>15,} items in {found.strata} strata\n"
        f"sample               {found.items:>15,} items, overpaid {found.sample_overpaid:,.2f}\n"
        f"point estimate       {found.point:>15,.2f}\n"
        f"standard error       {found.error:>15,.2f}\n"
        f"90 % two-sided       {found.lower:>15,.2f} to {found.upper:,.2f} ({factor})\n"
        f"lower limit          {found.lower:>15,.2f}\n"
    )
    if precision is not None:
        wanted = sample_size(items, sizes, precision / 100)
        write(f"for {precision:g} % precision  {wanted:>15,} items, by this probe\n")
    return PASSED
