"""What a command prints, on standard output or into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from notecheck.errors import FileError


def write(text: str | bytes) -> None:
    """Standard output is UTF-8 whatever the locale, as JSON must be."""
    sys.stdout.buffer.write(_encoded(text))
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
                file.write(_encoded(text))

            yield write_there
        os.replace(unfinished, target)
    except OSError as error:
        raise FileError(f"the file cannot be written: {error.strerror}", where=path) from None
    finally:
        unfinished.unlink(missing_ok=True)


def discard_standard_output() -> None:
    """Else Python would try to write what is left, and fail, once more when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _encoded(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")
