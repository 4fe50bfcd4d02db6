"""Files and standard input, opened to be read, and their names as they can be shown."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import BinaryIO

from notecheck.errors import FileError, TooLargeError
from notecheck.read.limits import MAX_NOTE
from notecheck.read.text import decode

STANDARD_INPUT = "-"


def read_text_file(path: str) -> str:
    """The text of one small file, or of standard input for `-`.

    Raises InputError when it cannot be read, is too large, or is no text.
    """
    try:
        with opened(path) as stream:
            data = stream.read(MAX_NOTE + 1)
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", where=printable(path)) from None
    if len(data) > MAX_NOTE:
        raise TooLargeError("is larger than 5 MB", where=printable(path))
    return decode(data)


def standard_input() -> BinaryIO:
    """Standard input as bytes. Raises InputError when it is closed."""
    if sys.stdin is None:
        raise FileError("standard input is closed: pipe a note or an encounter into it")
    return sys.stdin.buffer


def opened(path: str) -> AbstractContextManager[BinaryIO]:
    """The file as bytes, or standard input for `-`. Raises InputError for a folder, OSError."""
    if path == STANDARD_INPUT:
        return nullcontext(standard_input())
    if os.path.isdir(path):
        raise FileError("this is a folder: name the files in it, such as FOLDER/*.txt")
    return open(path, "rb")


def printable(path: str) -> str:
    """A path that is not UTF-8 could not be printed, nor be the id of a report."""
    return os.fsencode(path).decode("utf-8", errors="replace")
