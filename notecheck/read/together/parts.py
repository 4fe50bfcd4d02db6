"""A file that may hold a part of an encounter: what of, as its beginning tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Literal

from notecheck.errors import InputError
from notecheck.read.documents.kinds import HEAD_BYTES, document_kind, packed_kind
from notecheck.read.fhir.bundle import BUNDLE, WHOLE
from notecheck.read.fhir.xml import is_fhir_xml
from notecheck.read.hl7.envelope import is_hl7
from notecheck.read.json_text import parse_json
from notecheck.read.limits import MAX_ENCOUNTER_BYTES
from notecheck.read.lines import byte_lines, joined
from notecheck.read.text import as_utf8, decode
from notecheck.read.x12.interchange import is_x12, transaction

Format = Literal["messages", "bundle", "resources", "document", "claims"]

LINES = (".jsonl", ".ndjson")
_RESOURCE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{\s*\"resourceType\"\s*:\s*\"(\w+)\"")
_OBJECT = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"')
_OURS = (b'"encounter_id"', b'"documents"')  # an encounter of our own shape
_CLINICAL_DOCUMENT = b"ClinicalDocument"
# What each format has near its beginning: the rest is looked at no further.
_SIGNS = (b"MSH", b"FHS", b"BHS", b"ISA", b"{", _CLINICAL_DOCUMENT)
MOST_TOGETHER = 200_000_000  # bytes of the files that are held together


@dataclass(frozen=True)
class Part:
    """One of the files that came together: how it is named to the user, and what opens it."""

    name: str
    size: int
    opened: Callable[[], AbstractContextManager[BinaryIO]]

    @property
    def of_lines(self) -> bool:
        return self.name.lower().endswith(LINES)

    def head(self) -> bytes:
        """The beginning, in UTF-8 where it is text in wide characters."""
        try:
            with self.opened() as file:
                return as_utf8(file.read(HEAD_BYTES))
        except (InputError, OSError):
            return b""  # reading it will say so

    def content(self) -> bytes:
        """All of it. Raises InputError where it is too large, OSError."""
        with self.opened() as stream:
            return joined(byte_lines(stream), MAX_ENCOUNTER_BYTES)


def may_be_part(head: bytes) -> bool:
    """Whether a file that begins with `head` can be of a format that comes in parts."""
    return any(sign in head for sign in _SIGNS)


def format_of(part: Part) -> Format | None:
    """What kind of part it is; None for what is read by itself in any case."""
    head = part.head()
    if not may_be_part(head):
        return None
    kind = _resource_type(part, head)
    if kind is not None:
        if kind == BUNDLE and not part.of_lines:
            return "bundle"
        return None if kind in WHOLE else "resources"
    if part.of_lines or packed_kind(head):
        return None
    if is_x12(head):
        return "claims" if transaction(head) == "837" else None
    if is_hl7(head):
        return "messages"
    if _CLINICAL_DOCUMENT in head and document_kind(head) == "xml" and not is_fhir_xml(head):
        return "document"
    return None


def total_size(parts: Iterable[Part]) -> int:
    return sum(part.size for part in parts)


def _resource_type(part: Part, head: bytes) -> str | None:
    """The type of the FHIR resource that a file begins with, wherever in it that stands."""
    told = _RESOURCE.match(head)
    if told:
        return told[1].decode()
    if not _OBJECT.match(head) or any(name in head for name in _OURS):
        return None
    if part.size > MOST_TOGETHER:
        return None
    try:
        with part.opened() as file:
            lines = byte_lines(file)
            data = next(lines, b"") if part.of_lines else joined(lines, MAX_ENCOUNTER_BYTES)
        value = parse_json(decode(data)) if b'"resourceType"' in data else None
    except (InputError, OSError):
        return None  # reading it alone says what is wrong
    kind = value.get("resourceType") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else None
