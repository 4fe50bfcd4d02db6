"""`notecheck agreement`: people's reading of a sample against notecheck's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from notecheck.terminal.exit_status import PASSED
from notecheck.terminal.writing import write


def agreement(
    worksheet: Annotated[
        str,
        typer.Argument(help="The worksheet of an audit, filled in by people.", show_default=False),
    ],
    ours: Annotated[
        str | None,
        typer.Option("--with", help="notecheck's own worksheet, where this is the blind one."),
    ] = None,
) -> int:
    """Print how far people and notecheck agree: Cohen's kappa with 95 % intervals.

    Exit status: 0, or 2 for a worksheet that cannot be used.
    """
    from notecheck.audit.agreement import agreement_text

    write(agreement_text(Path(worksheet), Path(ours) if ours else None))
    return PASSED
