"""How a command of `notecheck` runs: its exit status, its output, and what it says of faults."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from notecheck.errors import InputError, NotecheckError
from notecheck.hook_status import FAILED as FAILED
from notecheck.hook_status import NOT_PASSED as NOT_PASSED
from notecheck.hook_status import PASSED as PASSED
from notecheck.messages import say

_INTERRUPTED = 130  # as a shell tells SIGINT
_BROKEN_PIPE = 141  # as a shell tells SIGPIPE

_PACKAGE = Path(__file__).parent


def run(command: Callable[[], int], *, broken_pipe: int = _BROKEN_PIPE) -> NoReturn:
    """Runs a command to its exit status; whatever goes wrong is one sentence, no traceback."""
    try:
        status = command()
    except KeyboardInterrupt:
        status = _INTERRUPTED
    except BrokenPipeError:  # whoever read the output has gone, as `head` does
        _discard_standard_output()
        status = broken_pipe
    except OSError as error:
        _discard_standard_output()
        say(f"stopped, because of the system: {error.strerror}")
        status = FAILED
    except NotecheckError as error:
        say(str(error))
        status = FAILED
    except Exception as error:
        say(fault(error))
        status = FAILED
    raise typer.Exit(status)


def write(text: str | bytes) -> None:
    """Standard output is UTF-8 whatever the locale, as JSON must be."""
    sys.stdout.buffer.write(text if isinstance(text, bytes) else text.encode("utf-8"))
    sys.stdout.buffer.flush()


@contextmanager
def writing_to(path: str | None) -> Iterator[Callable[[str | bytes], None]]:
    """`write`, or the same into the file `path`, which appears whole at the end or not at all.

    Raises InputError where the file cannot be written.
    """
    if path is None:
        yield write
        return
    target = Path(path)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(unfinished, "wb") as file:

            def write_there(text: str | bytes) -> None:
                file.write(text if isinstance(text, bytes) else text.encode("utf-8"))

            yield write_there
        os.replace(unfinished, target)
    except OSError as error:
        raise InputError(f"the file cannot be written: {error.strerror}", where=path) from None
    finally:
        unfinished.unlink(missing_ok=True)


def fault(error: Exception) -> str:
    """Where the fault is, for a bug report; its own message could hold words of a note."""
    if isinstance(error, MemoryError):
        return "could not be checked: it takes more memory than one encounter may have"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    frame = ours[-1]
    return (
        f"could not be checked: a fault in notecheck ({type(error).__name__} at "
        f"{Path(frame.filename).name} line {frame.lineno}), please report it without the note"
    )


def _discard_standard_output() -> None:
    """Else Python would try to write what is left, and fail, once more when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
