"""What is wrong with a command line, in one sentence like every other error."""

from __future__ import annotations

from typing import Any

import typer

from notecheck.errors import UsageError
from notecheck.terminal.exit_status import FAILED
from notecheck.terminal.messages import say

# The family of typer's errors that a command line can have; typer names only its members.
WRONG_USAGE: Any = typer.BadParameter.__base__


def say_wrong_usage(error: Any) -> int:
    """Says on standard error what is wrong and where the options are listed; the exit status.

    `error` is a WRONG_USAGE; a command without anything after it shows its help instead.
    """
    asked = error.ctx.command_path if error.ctx else "notecheck"
    if error.ctx and error.format_message() == error.ctx.get_help():
        error.show()
        return FAILED
    if error.__cause__ is not None:
        error.message = _in_our_words(error.__cause__) or error.message
    words = " ".join(error.format_message().split()).rstrip(".")
    say(f"{words}; `{asked} -h` lists the options [{UsageError.code}]")
    return FAILED


def _in_our_words(cause: BaseException) -> str | None:
    from pydantic import ValidationError  # a command line without a fault starts without it

    from notecheck.wrong_values import fault

    if not isinstance(cause, ValidationError):
        return None
    problem = cause.errors(include_input=False, include_url=False)[0]
    return fault(problem).removeprefix("is wrong: ")
