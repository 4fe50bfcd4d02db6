"""A folder for the sockets of worker processes whose path is short enough for a socket."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from notecheck.errors import AuditError

# A socket's path may have 107 bytes on Linux and 103 on macOS; multiprocessing makes a folder of
# its own (0700, removed at the end) and the socket in it: /pymp-xxxxxxxx/listener-xxxxxxxx.
_MOST_BYTES = 103 - 32
_OTHERS = ("/tmp", "/var/tmp")  # the folder in it is made by mkdtemp


@contextmanager
def short_temporary_folder() -> Iterator[None]:
    """While the code inside runs, temporary folders are made where a socket's path has room.

    Raises AuditError where there is no such place.
    """
    if _fits(tempfile.gettempdir()):
        yield
        return
    other = next((path for path in _OTHERS if os.access(path, os.W_OK | os.X_OK)), None)
    if other is None:
        raise AuditError(
            f"the path of the folder for temporary files has more than {_MOST_BYTES} bytes, too "
            "long for the sockets of the workers: set TMPDIR to a folder with a shorter path"
        )
    before, tempfile.tempdir = tempfile.tempdir, other
    try:
        yield
    finally:
        tempfile.tempdir = before


def _fits(folder: str) -> bool:
    return os.name == "nt" or len(os.fsencode(folder)) <= _MOST_BYTES
