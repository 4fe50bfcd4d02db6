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
        with open(source.path, "rb") as file:
            if source.compression == ".gz":
                content = io.BufferedReader(gzip.GzipFile(fileobj=file), _BUFFER)
                yield Opened(content, file)
            elif source.compression == ".zst":
                unpacked = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
                yield Opened(io.BufferedReader(cast(io.RawIOBase, unpacked), _BUFFER), file)
            else:
                yield Opened(file, file)
    except (EOFError, zlib.error, zstandard.ZstdError, gzip.BadGzipFile):
        raise InputError("the packed file is damaged or cut off: pack it again") from None
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}") from None
