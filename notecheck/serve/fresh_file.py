"""A file that is read again when it changes, so that keys rotate without a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from notecheck.errors import NotecheckError
from notecheck.terminal.messages import say

T = TypeVar("T")


class FreshFile(Generic[T]):
    """What `read` makes of a file; a change that cannot be read is told, and changes nothing."""

    def __init__(self, path: Path, read: Callable[[Path], T]) -> None:
        self._path = path
        self._read = read
        self._stamp = self._stamped()
        self._value = read(path)

    @property
    def value(self) -> T:
        """The value as of now."""
        stamp = self._stamped()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._value = self._read(self._path)
            except NotecheckError as error:
                say(str(error))
        return self._value

    def _stamped(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size
