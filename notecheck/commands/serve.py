"""`notecheck serve`: the service that checks over the network."""

from __future__ import annotations

from typing import Annotated

import typer

from notecheck.commands.options import KeepText, LogPlace, Port, Redact, SiteRules
from notecheck.extras import require_extra


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Port = 8080,
    socket: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Listen at this socket in the file system instead, for this machine alone.",
            show_default=False,
        ),
    ] = None,
    mllp: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Take HL7 v2 messages over MLLP at this port too.",
            show_default=False,
        ),
    ] = None,
    settings: Annotated[
        str | None,
        typer.Option(help="A TOML file: workers, limits, keys, TLS ...", show_default=False),
    ] = None,
    log: LogPlace = None,
    keep_text: KeepText = False,
    redact: Redact = False,
    rules: SiteRules = None,
) -> int:
    """Answer checks over HTTP until it is stopped (SIGTERM or Ctrl-C).

    Exit status: 0 stopped when asked to, 2 could not be started.
    """
    require_extra("the service", "serve")
    if mllp is not None:
        require_extra("reading HL7 messages", "formats")
    from notecheck.serve.run import serve as serve_until_stopped
    from notecheck.serve.settings import Settings, read_settings
    from notecheck.workbench.setup import opened

    found = read_settings(settings) if settings else Settings()
    changes = {
        "log": log or found.log,
        "keep_text": keep_text or found.keep_text,
        "redact": redact or found.redact,
    }
    settled = found.model_copy(update=changes)
    return serve_until_stopped(socket or (host, port), mllp, settled, opened)
