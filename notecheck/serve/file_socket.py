"""A socket in the file system: a service that only this machine, and only some of it, can reach."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from notecheck.errors import SettingsError

_ONLY_OWNER_AND_GROUP = 0o117  # what is taken away from the rights of the new file


@contextmanager
def file_socket(path: str) -> Iterator[socket.socket]:
    """Bound at `path`, open to the file's owner and group; the file is removed at the end.

    Raises InputError where it cannot be bound, or another service answers there. A socket that a
    service left behind is replaced.
    """
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as opened:
        with suppress(OSError), closing(socket.socket(socket.AF_UNIX)) as other:
            other.connect(path)
            raise SettingsError("another service listens at this socket", where=path)
        before = os.umask(_ONLY_OWNER_AND_GROUP)
        try:
            with suppress(FileNotFoundError):
                if os.path.exists(path) and not os.path.isfile(path):
                    os.unlink(path)
            opened.bind(path)
        except OSError as error:
            raise SettingsError(f"cannot listen here: {error.strerror}", where=path) from None
        finally:
            os.umask(before)
        try:
            yield opened
        finally:
            with suppress(FileNotFoundError):
                os.unlink(path)
