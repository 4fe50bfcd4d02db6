"""The commands `notecheck serve` and `notecheck keys ...`; imported late by what they do."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from notecheck.command import PASSED, run, write
from notecheck.errors import InputError
from notecheck.log.commands import Place
from notecheck.log.store import KEEP_TEXT_SETTING
from notecheck.options import SiteRules
from notecheck.serve.keys import Scope, add_key, read_keys, remove_key, rotate_key

keys_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Add, rotate and remove the API keys of the service.",
)

KeysFile = Annotated[Path, typer.Option("--keys", help="The file of hashed keys.")]
Name = Annotated[str, typer.Argument(help="The key's name.", show_default=False)]
Days = Annotated[
    float | None, typer.Option(min=0, help="Days after which it expires.", show_default=False)
]
Scopes = Annotated[
    list[Scope] | None, typer.Option("--scope", help="What it may do (check, when not told).")
]


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 picks one.")] = 8080,
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
    log: Place = None,
    keep_text: Annotated[
        bool,
        typer.Option(
            "--keep-text",
            envvar=KEEP_TEXT_SETTING,
            help="Keep the encounters themselves in the log too.",
            show_envvar=True,
        ),
    ] = False,
    rules: SiteRules = None,
) -> None:
    """Answer checks over HTTP until told to stop (SIGTERM or Ctrl-C).

    Exit status: 0 stopped when told to, 2 could not be started.
    """
    run(lambda: _serve(socket or (host, port), mllp, settings, log, keep_text=keep_text))


@keys_app.command()
def add(
    name: Name,
    keys: KeysFile,
    scopes: Scopes = None,
    days: Days = None,
) -> None:
    """Make a key and print it; only its hash is kept."""
    run(lambda: _add(keys, name, scopes or [Scope.CHECK], days))


@keys_app.command()
def rotate(
    name: Name,
    keys: KeysFile,
    days: Days = None,
    grace_hours: Annotated[
        float, typer.Option(min=0, help="How long the old secret is still taken.")
    ] = 24,
) -> None:
    """Give a key a new secret and print it; a running service takes it at once."""
    run(lambda: _rotate(keys, name, days, grace_hours))


@keys_app.command()
def remove(name: Name, keys: KeysFile) -> None:
    """Take a key back; a running service refuses it at once."""
    run(lambda: _remove(keys, name))


@keys_app.command("list")
def list_keys(keys: KeysFile) -> None:
    """Print names, scopes and expiry of all keys."""
    run(lambda: _list(keys))


def _serve(
    place: str | tuple[str, int],
    mllp: int | None,
    settings: str | None,
    log: str | None,
    *,
    keep_text: bool,
) -> int:
    _require("fastapi", "the service needs the extra `serve`: pip install 'notecheck[serve]'")
    from notecheck.serve.run import serve as serve_until_stopped
    from notecheck.serve.settings import Settings, read_settings

    found = read_settings(settings) if settings else Settings()
    if mllp is not None:
        _require(
            "hl7",
            "HL7 messages need the extra `formats`: pip install 'notecheck[serve,formats]'",
        )
    changes = {"log": log or found.log, "keep_text": keep_text or found.keep_text}
    return serve_until_stopped(place, mllp, found.model_copy(update=changes))


def _require(module: str, message: str) -> None:
    if find_spec(module) is None:
        raise InputError(message)


def _add(path: Path, name: str, scopes: list[Scope], days: float | None) -> int:
    write(add_key(path, name, tuple(scopes), days) + "\n")
    return PASSED


def _rotate(path: Path, name: str, days: float | None, grace_hours: float) -> int:
    write(rotate_key(path, name, days, grace_hours) + "\n")
    return PASSED


def _remove(path: Path, name: str) -> int:
    remove_key(path, name)
    return PASSED


def _list(path: Path) -> int:
    for key in read_keys(path).keys:
        ends = [f"{s.expires:%Y-%m-%d %H:%M} UTC" if s.expires else "never" for s in key.secrets]
        write(f"{key.name}  {' '.join(key.scopes)}  expires: {', '.join(ends)}\n")
    return PASSED
