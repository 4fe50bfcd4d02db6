"""How each command ends: with its exit status, and one sentence for whatever went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from notecheck.errors import FileError, NotecheckError, fault
from notecheck.terminal.exit_status import BROKEN_PIPE, FAILED, INTERRUPTED
from notecheck.terminal.messages import say
from notecheck.terminal.writing import discard_standard_output

P = ParamSpec("P")


def command(action: Callable[P, int], *, broken_pipe: int = BROKEN_PIPE) -> Callable[P, None]:
    """A function that returns its exit status -> a command that ends the process with it.

    Whatever goes wrong is one sentence, no traceback. `broken_pipe` is the status where whoever
    read the output has gone, as `head` does.
    """

    @wraps(action)
    def ending(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            status = action(*arguments, **options)
        except KeyboardInterrupt:
            status = INTERRUPTED
        except BrokenPipeError:
            discard_standard_output()
            status = broken_pipe
        except OSError as error:
            discard_standard_output()
            say(f"stopped, because of the system: {error.strerror or error} [{FileError.code}]")
            status = FAILED
        except NotecheckError as error:
            say(error.sentence)
            status = FAILED
        except Exception as error:
            say(fault(error))
            status = FAILED
        raise typer.Exit(status)

    return ending
