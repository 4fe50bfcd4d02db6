"""`notecheck keys ...`: the API keys of the service."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from notecheck.serve.scopes import Scope
from notecheck.terminal.exit_status import PASSED
from notecheck.terminal.writing import write

KeysFile = Annotated[Path, typer.Option("--keys", help="The file of hashed keys.")]
Name = Annotated[str, typer.Argument(help="The key's name.", show_default=False)]
Days = Annotated[
    float | None, typer.Option(min=0, help="Days after which it expires.", show_default=False)
]
Scopes = Annotated[
    list[Scope] | None, typer.Option("--scope", help="What it may do (check, when not given).")
]


def add(
    name: Name,
    keys: KeysFile,
    scopes: Scopes = None,
    days: Days = None,
) -> int:
    """Make a key and print it; only its hash is kept."""
    from notecheck.serve.keys import add_key

    write(add_key(keys, name, tuple(scopes or [Scope.CHECK]), days) + "\n")
    return PASSED


def rotate(
    name: Name,
    keys: KeysFile,
    days: Days = None,
    grace_hours: Annotated[
        float, typer.Option(min=0, help="How long the old secret is still taken.")
    ] = 24,
) -> int:
    """Give a key a new secret and print it; a running service takes it at once."""
    from notecheck.serve.keys import rotate_key

    write(rotate_key(keys, name, days, grace_hours) + "\n")
    return PASSED


def remove(name: Name, keys: KeysFile) -> int:
    """Take a key back; a running service refuses it at once."""
    from notecheck.serve.keys import remove_key

    remove_key(keys, name)
    return PASSED


def list_keys(keys: KeysFile) -> int:
    """Print names, scopes and expiry of all keys."""
    from notecheck.serve.keys import read_keys

    for key in read_keys(keys).keys:
        ends = [f"{s.expires:%Y-%m-%d %H:%M} UTC" if s.expires else "never" for s in key.secrets]
        write(f"{key.name}  {' '.join(key.scopes)}  expires: {', '.join(ends)}\n")
    return PASSED
