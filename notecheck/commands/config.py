"""`notecheck config`: which settings hold, and where each comes from."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from notecheck.commands.config_file import find_config, require_options
from notecheck.commands.settings import options_of, settings
from notecheck.errors import UnknownError
from notecheck.terminal.exit_status import PASSED
from notecheck.terminal.writing import write


def config(
    context: typer.Context,
    command: Annotated[
        str | None, typer.Argument(help="Only of this command.", show_default=False)
    ] = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only what is not the default.")
    ] = False,
    output_format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to print them.")
    ] = "text",
) -> int:
    """Print which settings hold and whence: default, environment or file.

    Exit status: 0, or 2 for a settings file that cannot be used.
    """
    options = options_of(context.find_root().command)
    found = find_config(Path.cwd())
    require_options(found, options)
    if command is not None and command not in options:
        raise UnknownError(f'there is no command "{command}": give one of {", ".join(options)}')
    shown = [
        setting
        for setting in settings(options, found)
        if command in (None, setting.command) and not (changed and setting.whence == "default")
    ]
    if output_format == "json":
        write(json.dumps([asdict(setting) for setting in shown], indent=1, default=str) + "\n")
        return PASSED
    write(f"settings file: {found.path or 'none'}\n")
    for setting in shown:
        name = f"{setting.command}.{setting.option}".replace(" ", ".")
        write(f"{name:<32} {_shown(setting.value):<20} {setting.whence}\n")
    return PASSED


def _shown(value: object) -> str:
    return "-" if value is None else json.dumps(value, default=str)
