"""Joins the commands; the checker loads a language pipeline, so each imports its room when it runs.

Reports go to standard output, everything else to standard error.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from notecheck.commands import keys, log, policy, rules, tables
from notecheck.commands.agreement import agreement
from notecheck.commands.audit import audit
from notecheck.commands.command import command
from notecheck.commands.config import config as print_config
from notecheck.commands.config_file import ConfigFile, find_config, require_options
from notecheck.commands.demo import demo
from notecheck.commands.doctor import doctor
from notecheck.commands.evaluate import evaluate
from notecheck.commands.explain import checklist, explain
from notecheck.commands.extrapolate import extrapolate
from notecheck.commands.hook import hook
from notecheck.commands.query import query
from notecheck.commands.scan import scan
from notecheck.commands.schema import schema
from notecheck.commands.serve import serve
from notecheck.commands.settings import defaults, options_of
from notecheck.commands.train import train
from notecheck.commands.wrong_usage import WRONG_USAGE, say_wrong_usage
from notecheck.errors import NotecheckError
from notecheck.limit import no_crash_dumps
from notecheck.terminal.exit_status import FAILED
from notecheck.terminal.messages import say

app = typer.Typer(
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Checks whether operative notes support the code that is billed (CPT 27596).",
)


def main() -> None:
    """The console script."""
    # The rules are a million objects that stay: looked through as often as Python's own setting
    # has it, they would take a third of a start.
    gc.set_threshold(100_000, 50)
    # Nor need they be looked through for cycles when the process ends, a fifth of a cold scan.
    atexit.register(gc.freeze)
    no_crash_dumps()
    group = get_command(app)
    options = options_of(group)
    try:
        config = find_config(Path.cwd())
        require_options(config, options)
    except NotecheckError as error:
        if not _needs_no_settings(sys.argv[1:]):
            say(error.sentence)
            sys.exit(FAILED)
        config = ConfigFile()
    try:
        status = group(
            prog_name="notecheck", default_map=defaults(options, config), standalone_mode=False
        )
    except WRONG_USAGE as error:
        status = say_wrong_usage(error)
    sys.exit(status)


def _needs_no_settings(words: list[str]) -> bool:
    """Whether a settings file that is wrong does not matter: to those who ask what is wrong.

    The doctor tells it with all the rest, and `explain` what the code of its message means.
    """
    return words[:1] == ["doctor"] or (
        words[:1] == ["explain"] and any(word.upper().startswith("NC") for word in words[1:])
    )


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("notecheck")
        except PackageNotFoundError:
            number = "of an unknown version: it runs from a checkout"
        typer.echo(f"notecheck {number}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    pass


def _group(name: str, purpose: str, **commands: Callable[..., int]) -> None:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=purpose)
    for called, action in commands.items():
        group.command(called)(command(action))
    app.add_typer(group, name=name)


# In the order of `notecheck --help`.
app.command()(command(scan))
app.command()(command(hook, broken_pipe=FAILED))
for _action in (
    query,
    explain,
    checklist,
    audit,
    agreement,
    extrapolate,
    evaluate,
    train,
    schema,
    serve,
    demo,
    log.replay,
    doctor,
):
    app.command()(command(_action))
app.command("config")(command(print_config))
_group(
    "rules", "Check, try and explain the rules.",
    lint=rules.lint, test=rules.test, coverage=rules.coverage, why=rules.why, explain=rules.explain,
    disagree=rules.disagree,
)  # fmt: skip
_group("policy", "The payers' rules by date.", check=policy.check)
_group("tables", "The payers' public tables.", load=tables.load, check=tables.check)
_group(
    "log", "Show, verify and add to the audit log of decisions.",
    verify=log.verify, anchor=log.anchor, show=log.show, override=log.override,
)  # fmt: skip
_group(
    "keys", "Add, rotate and remove the API keys of the service.",
    add=keys.add, rotate=keys.rotate, remove=keys.remove, list=keys.list_keys,
)  # fmt: skip
