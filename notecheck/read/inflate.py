"""What a ZIP archive holds, inflated within a byte limit whatever its headers say."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from notecheck.errors import InputError, TooLargeError
from notecheck.read.limits import megabytes

_PIECE = 1 << 20


def inflated(
    archive: zipfile.ZipFile, most: int, *, most_parts: int, what: str
) -> Iterator[tuple[str, bytes]]:
    """The parts of an archive, name and bytes, one after the other.

    `most` is how many bytes they may have together, `what` names the file for a message. Raises
    InputError when they have more, or are more than `most_parts`; what zipfile raises for a
    damaged archive passes through.
    """
    entries = archive.infolist()
    if len(entries) > most_parts:
        raise _too_large(what, most)
    left = most
    for entry in entries:
        with archive.open(entry) as stream:
            part = stream.read(left + 1)
        left -= len(part)
        if left < 0:
            raise _too_large(what, most)
        yield entry.filename, part


def require_small(archive: zipfile.ZipFile, most: int, *, most_parts: int, what: str) -> None:
    """Raises InputError when the parts of an archive have more than `most` bytes together.

    They are inflated to be counted, and not kept: what the headers say is nobody's word.
    """
    entries = archive.infolist()
    if len(entries) > most_parts:
        raise _too_large(what, most)
    left = most
    for entry in entries:
        with archive.open(entry) as stream:
            while part := stream.read(_PIECE):
                left -= len(part)
                if left < 0:
                    raise _too_large(what, most)


def _too_large(what: str, most: int) -> InputError:
    return TooLargeError(
        f"{what} would unpack to more than {megabytes(most)}, or is of too many parts, so it is "
        "not opened"
    )
