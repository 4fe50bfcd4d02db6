"""The paths of an audit -> its files, in an order that is the same on every run."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from notecheck.audit.columns import find_columns
from notecheck.audit.csv_rows import table_layout
from notecheck.errors import AuditError, InputError
from notecheck.read.system_files import is_left_out
from notecheck.read.together.parts import may_be_part

Kind = Literal["lines", "csv", "parquet", "xlsx", "file"]

_EITHER = (".txt", ".dat", "")  # names of notes and of exported tables
_LINES = (".jsonl", ".ndjson")
_RESOURCE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{[^\n]{0,1000}?\"resourceType\"\s*:\s*\"(\w+)\"")
_HEAD = 4_096
_COMPRESSED = (".gz", ".zst")
_KINDS: dict[str, Kind] = {
    ".jsonl": "lines", ".ndjson": "lines", ".csv": "csv", ".tsv": "csv", ".psv": "csv",
    ".parquet": "parquet", ".xlsx": "xlsx", ".xlsm": "xlsx",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One file. `nested` is its path below the folder that was given, None for a file given.

    `together` are the paths of the files that are read in its place, itself among them, and `size`
    is then theirs. Of a file of claims that belong to notes in others `left` are those that do not.
    """

    path: str
    nested: str | None
    size: int
    modified_ns: int
    table: bool = False  # by its content, for a text whose name does not say so
    export: bool = False  # lines that belong together, as FHIR resources do
    part: bool = False  # it may be one of the files that an encounter came in
    together: tuple[str, ...] = ()
    left: tuple[int, ...] | None = None

    @property
    def name(self) -> str:
        """How the file is called in tables and messages; always printable."""
        return printable(self.path)

    @property
    def is_joined(self) -> bool:
        """Whether it is read with other files, or beside them."""
        return bool(self.together) or self.left is not None

    @property
    def compression(self) -> str | None:
        """`.gz` or `.zst` for packed lines or rows; other files are read as they are."""
        suffix = Path(self.path).suffix.lower()
        return suffix if suffix in _COMPRESSED and self.kind != "file" else None

    @property
    def kind(self) -> Kind:
        """What its name says it holds; `file` is told by its content when it is read."""
        path = Path(self.path.lower())
        packed = path.suffix in _COMPRESSED
        kind = _KINDS.get(Path(path.stem).suffix if packed else path.suffix, "file")
        if self.export:
            return "file"
        if packed and kind in ("parquet", "xlsx"):
            return "file"
        return "csv" if kind == "file" and self.table else kind


def printable(path: str) -> str:
    """A path that is not UTF-8 could not be printed, nor stand in a table."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def list_sources(paths: Sequence[str], leave_out: Path) -> Iterator[Source]:
    """The files of `paths`, folders walked by name, without hidden ones and the folder `leave_out`.

    Raises AuditError for a path that does not exist, cannot be listed or is an empty folder.
    """
    for path in paths:
        if os.path.isdir(path):
            found = None
            for found in _walk(path, leave_out.resolve()):
                yield _source(found, os.path.relpath(found, path))
            if found is None:  # a slip of the path, or an export that has not run
                raise AuditError("there is no file to read in this folder", where=path)
        elif os.path.exists(path):
            yield _source(path, None)
        else:
            raise AuditError("there is no such file or folder", where=path)


def left_out_files(paths: Sequence[str], leave_out: Path) -> list[str]:
    """The names of the hidden, system and lock files that `list_sources` passes over."""
    return [
        printable(found)
        for path in paths
        if os.path.isdir(path)
        for found in _walk(path, leave_out.resolve(), those_left_out=True)
    ]


class Survey(NamedTuple):
    """The files of an audit as a whole; `fingerprint` is of names, sizes and times of change."""

    files: int
    bytes: int
    fingerprint: str


def survey(sources: Iterable[Source]) -> Survey:
    """How much there is to read, and a hash that tells when it changes."""
    digest = hashlib.sha256()
    files = size = 0
    for source in sources:
        told = (source.path, source.nested, source.size, source.modified_ns)
        digest.update(repr(told).encode("utf-8", "surrogatepass"))
        files += 1
        size += source.size
    return Survey(files, size, digest.hexdigest())


def _walk(folder: str, leave_out: Path, *, those_left_out: bool = False) -> Iterator[str]:
    def refuse(error: OSError) -> None:
        raise AuditError(f"the folder cannot be read: {error.strerror}", where=str(error.filename))

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and Path(parent, name).resolve() != leave_out
        )
        for name in sorted(files):
            if is_left_out(name) is those_left_out:
                yield os.path.join(parent, name)


def _source(path: str, nested: str | None) -> Source:
    try:
        status = os.stat(path)
    except OSError:  # a dangling link, or gone since: reading it will say so
        return Source(path, nested, 0, 0)
    suffix = Path(path).suffix.lower()
    head = _head(path) if suffix in (*_EITHER, *_LINES) else b""
    table = suffix in _EITHER and _is_table(head)
    export = suffix in _LINES and _is_export(head)
    # A text is not opened once more to look whether it is a message.
    part = may_be_part(head) if suffix in _EITHER else suffix not in _LINES or export
    return Source(path, nested, status.st_size, status.st_mtime_ns, table, export, part)


def _head(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def _is_export(head: bytes) -> bool:
    """Whether the first line is a FHIR resource that is only a part of an encounter."""
    kind = _RESOURCE.match(head)
    return bool(kind and kind[1] not in (b"Bundle", b"Parameters"))


def _is_table(head: bytes) -> bool:
    """Whether the text begins with a header that names an encounter id and a text."""
    try:
        find_columns(table_layout(head, {}).header, {})
    except InputError:
        return False
    return True
