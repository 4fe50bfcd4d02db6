"""What a ZIP or gzip file holds, inflated within a byte limit whatever its headers say."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from notecheck.errors import DocumentError, InputError, TooLargeError
from notecheck.read.limits import megabytes

# What zipfile and its packers raise for an archive that is damaged, protected, or packed in an
# unknown way.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, OSError,
)  # fmt: skip
GZIP = b"\x1f\x8b\x08"
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


def gunzipped(data: bytes, most: int) -> bytes:
    """What a gzip file holds, at most `most` bytes.

    Raises InputError for more, for a damaged file, and for one that holds a packed file again: one
    can be made that never ends.
    """
    packed = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = packed.decompress(data, most + 1)
    except zlib.error:
        raise DocumentError("the gzip file is damaged: pack it again") from None
    if len(content) > most or packed.unconsumed_tail:
        raise TooLargeError(f"the gzip file would unpack to more than {megabytes(most)}")
    if not packed.eof:
        raise DocumentError("the gzip file is cut off: pack it again")
    if content.startswith(GZIP):
        raise DocumentError("this is a gzip file within another one: unpack it")
    return content


def _opened(archive: zipfile.ZipFile) -> Iterator[tuple[str, IO[bytes]]]:
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            yield entry.filename, stream


def _too_large(what: str, most: int) -> InputError:
    return TooLargeError(
        f"{what} would unpack to more than {megabytes(most)}, or is of too many parts, so it is "
        "not opened"
    )
