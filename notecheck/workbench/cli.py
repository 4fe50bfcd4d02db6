"""`notecheck queue` and `notecheck demo` on the command line."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from notecheck.command import run
from notecheck.errors import InputError
from notecheck.options import SiteRules

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The queue of encounters that a person has to look at.",
)
bench = typer.Typer()


@app.command()
def fill(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Notes and encounters.")],
    queue: Annotated[
        str | None,
        typer.Option(
            "--queue",
            help="Where the queue is kept: a file, or a postgresql:// URL.",
            show_default=False,
        ),
    ] = None,
    rules: SiteRules = None,
) -> None:
    """Check encounters and queue those that a person has to look at.

    Exit status: 0 all were read, 2 some were not.
    """
    run(lambda: _fill(queue, paths))


@bench.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at.")] = 8596,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser.")
    ] = False,
) -> None:
    """Open the workbench over invented encounters, in a queue that ends with it."""
    run(lambda: _demo(port, open_browser=not no_browser))


def _fill(queue: str | None, paths: list[str]) -> int:
    _require_pages()
    from notecheck.workbench.commands import fill_queue

    return fill_queue(queue, paths)


def _demo(port: int, *, open_browser: bool) -> int:
    _require_pages()
    from notecheck.workbench.commands import demo as serve_demo

    return serve_demo(port, open_browser=open_browser)


def _require_pages() -> None:
    if find_spec("sqlalchemy") is None or find_spec("fastapi") is None:
        raise InputError("the workbench needs the extra `serve`: pip install 'notecheck[serve]'")
