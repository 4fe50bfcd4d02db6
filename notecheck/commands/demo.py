"""`notecheck demo`: the workbench over invented encounters."""

from __future__ import annotations

from typing import Annotated

import typer

from notecheck.commands.options import Port
from notecheck.extras import require_extra


def demo(
    port: Port = 8596,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser.")
    ] = False,
) -> int:
    """Open the workbench over invented encounters, in a queue that ends with it."""
    require_extra("the workbench", "serve")
    from notecheck.workbench.demo import demo as serve_demo

    return serve_demo(port, open_browser=not no_browser)
