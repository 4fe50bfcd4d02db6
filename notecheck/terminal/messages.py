"""What notecheck tells a person while it works: sentences and progress, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def say(sentence: str) -> None:
    """One sentence on standard error."""
    typer.echo(f"notecheck: {sentence}", err=True)


class Counter:
    """Says sentences and counts encounters, on a live line when there is one."""

    def __init__(self, live: tuple[Progress, TaskID] | None) -> None:
        self._live = live

    def say(self, sentence: str) -> None:
        """One sentence on standard error, above the live line."""
        if self._live is None:
            say(sentence)
        else:
            self._live[0].console.print(
                f"notecheck: {sentence}", markup=False, emoji=False, highlight=False, soft_wrap=True
            )

    def count(self) -> None:
        """One more encounter is done."""
        if self._live is not None:
            self._live[0].advance(self._live[1])


@contextmanager
def counting(*, several: bool, total: int | None = None) -> Iterator[Counter]:
    """A counter for one run; its live line shows for `several` inputs at a terminal.

    `total` is how many there are, where it is known. When the reports themselves go to the
    terminal they show the progress, and a live line would only break them up.
    """
    if not several or not sys.stderr.isatty() or sys.stdout.isatty():
        yield Counter(None)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    progress = Progress(
        SpinnerColumn(),
        *((BarColumn(), MofNCompleteColumn()) if total else ()),
        TextColumn("checked" if total else "{task.completed} checked"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # the reports go where standard output goes
        redirect_stderr=False,
    )
    with progress:
        yield Counter((progress, progress.add_task("", total=total)))
