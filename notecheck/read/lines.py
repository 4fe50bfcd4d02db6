"""A stream of bytes -> its lines, each bounded, so that no input fills the memory."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from notecheck.errors import TooLargeError
from notecheck.read.binary import wide_encoding
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes
from notecheck.read.text import as_utf8

_DRAIN_BYTES = 1 << 20


def byte_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of `stream`, each with its newline.

    UTF-16 and UTF-32 come out as UTF-8 with a mark, so that newlines can be found. A line too long
    for an encounter comes out cut, but still longer than MAX_ENCOUNTER_BYTES, for the caller to
    refuse. Raises InputError for broken or too much UTF-16, OSError when reading fails.
    """
    first = stream.readline(MAX_ENCOUNTER_BYTES + 1)
    if wide_encoding(first):
        data = joined([first, stream.read(MAX_ENCOUNTER_BYTES + 1)], MAX_ENCOUNTER_BYTES)
        stream = io.BytesIO(as_utf8(data))
        first = stream.readline()
    line = first
    while line:
        yield line
        if len(line) > MAX_ENCOUNTER_BYTES:
            _drain_line(stream, line)  # only now: a caller that refuses the line stops here
        line = stream.readline(MAX_ENCOUNTER_BYTES + 1)


def joined(parts: Iterable[bytes], limit: int) -> bytes:
    """All of `parts` in one. Raises InputError when that is more than `limit` bytes."""
    kept: list[bytes] = []
    size = 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise TooLargeError(
                f"this is larger than {megabytes(limit)}: give one note or one encounter a file, "
                "or one encounter a line in a .jsonl file"
            )
        kept.append(part)
    return b"".join(kept)


def _drain_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_DRAIN_BYTES)
