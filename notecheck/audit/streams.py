"""Opens the packed and plain files of an audit as streams of bytes."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, cast

import zstandard

from notecheck.audit.sources import Source
from notecheck.errors import InputError

_BUFFER = 1 << 20


class Opened(NamedTuple):
    """A file being read: its content, unpacked, and the file itself, which tells how far it is."""

    content: BinaryIO
    file: BinaryIO


@contextmanager
def opened(source: Source) -> Iterator[Opened]:
    """`source`, opened for reading.

    Inside the context, whatever is wrong with the file is raised as InputError.
    """
    try:
        with open(source.path, "rb") as file, unpacked(source, file) as content:
            yield Opened(content, file)
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}") from None


@contextmanager
def unpacked(source: Source, file: BinaryIO) -> Iterator[BinaryIO]:
    """The content of `file`, packed as `source` says.

    Inside the context, damage to a packed file is raised as InputError.
    """
    try:
        if source.compression == ".gz":
            yield io.BufferedReader(gzip.GzipFile(fileobj=file), _BUFFER)
        elif source.compression == ".zst":
            reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
            yield io.BufferedReader(cast(io.RawIOBase, reader), _BUFFER)
        else:
            yield file
    except (EOFError, zlib.error, zstandard.ZstdError, gzip.BadGzipFile):
        raise InputError("the packed file is damaged or cut off: pack it again") from None
