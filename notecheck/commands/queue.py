"""`notecheck queue ...` and `notecheck demo`: the workbench."""

from __future__ import annotations

from typing import Annotated

import typer

from notecheck.commands.options import Port, SiteRules
from notecheck.extras import require_extra

_WORKBENCH = "the workbench"


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
) -> int:
    """Check encounters and queue those that a person has to look at.

    Exit status: 0 all were read, 2 some were not.
    """
    require_extra(_WORKBENCH, "serve")
    from notecheck.workbench.run import fill_queue

    return fill_queue(queue, paths)


def demo(
    port: Port = 8596,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser.")
    ] = False,
) -> int:
    """Open the workbench over invented encounters, in a queue that ends with it."""
    require_extra(_WORKBENCH, "serve")
    from notecheck.workbench.run import demo as serve_demo

    return serve_demo(port, open_browser=not no_browser)
