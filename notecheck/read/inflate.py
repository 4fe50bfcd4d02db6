"""What a ZIP archive holds, inflated within a byte limit whatever its headers say."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from notecheck.errors import InputError, TooLargeError
from notecheck.read.limits import megabytes

# What zipfile raises for an archive that is damaged, protected, or packed in an unknown way.
DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError)
_PIECE = 1 << 20


def inflated(
    archive: zipfile.ZipFile, most: int, *, most_parts: int, what: str
) -> Iterator[tuple[str, bytes]]:
    """The parts of an archive, name and bytes, one after the other.

    `most` is how many bytes they may have together, `what` names the file for a message. Raises
    InputError when they have more, or are more than `most_parts`; what is `DAMAGED` passes
    through.
    """
    if len(archive.infolist()) > most_parts:
        raise _too_large(what, most)
    left = most
    for name, stream in _opened(archive):
        part = stream.read(left + 1)
        left -= len(part)
        if left < 0:
            raise _too_large(what, most)
        yield name, part


def require_small(archive: zipfile.ZipFile, most: int, *, most_parts: int, what: str) -> None:
    """Raises InputError when the parts of an archive have more than `most` bytes together.

    They are inflated to be counted, and not kept: what the headers say is nobody's word.
    """
    if len(archive.infolist()) > most_parts:
        raise _too_large(what, most)
    left = most
    for _, stream in _opened(archive):
        while part := stream.read(_PIECE):
            left -= len(part)
            if left < 0:
                raise _too_large(what, most)


def _opened(archive: zipfile.ZipFile) -> Iterator[tuple[str, IO[bytes]]]:
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            yield entry.filename, stream


def _too_large(what: str, most: int) -> InputError:
    return TooLargeError(
        f"{what} would unpack to more than {megabytes(most)}, or is of too many parts, so it is "
        "not opened"
    )
