"""The pieces of a Word 97-2003 file -> its characters, without what is struck out or hidden.

Offsets and names are those of Microsoft's published [MS-DOC].
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from notecheck.errors import DocumentError
from notecheck.read.limits import MAX_NOTE, megabytes

_CLX, _CHARACTERS = 0x01A2, 0x00FA  # where the FIB says the pieces and the runs of properties are
_PAGE = 512
_PIECE_TABLE, _PROPERTIES = 2, 1
_ONE_BYTE = 1 << 30  # fc.fCompressed
# Single properties that take a run of characters from the reader: sprmCFRMarkDel, sprmCFStrike,
# sprmCFDStrike, sprmCFVanish, sprmCFSpecVanish.
_GONE = frozenset({0x0800, 0x0837, 0x2A53, 0x083C, 0x0818})
# A piece may name one of them in short (Prm0), as what was saved fast does.
_IN_SHORT = {0x41: 0x0800, 0x57: 0x0837, 0x73: 0x2A53, 0x5C: 0x083C, 0x51: 0x0818}
_ON = frozenset({1, 0x81})  # as told, or the opposite of a style that does not tell it
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes by the property's spra


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the file: its offset and length."""

    start: int
    length: int


def span(main: bytes, place: int) -> Span:
    """The part that the file's header (FIB) tells at `place`. Raises struct.error when cut off."""
    return Span(*struct.unpack_from("<II", main, place))


def characters(main: bytes, table: bytes) -> list[str]:
    """Every character of the file by its number (CP), "" for one that is struck out or hidden.

    `main` and `table` are the streams WordDocument and 0Table or 1Table. Raises struct.error or
    ValueError for damage, InputError for more text than a note has.
    """
    ends, pieces, shared = _pieces(table, span(main, _CLX))
    if ends[-1] > MAX_NOTE:
        raise DocumentError(f"the Word document has more than {megabytes(MAX_NOTE)} of text")
    gone = _gone(main, table)
    ranges = [(start, end) for start, end, _ in gone]
    found: list[str] = []
    for start, end, (told, modifier) in zip(ends, ends[1:], pieces, strict=False):
        if end < start:
            raise ValueError("the pieces overlap")
        width = 1 if told & _ONE_BYTE else 2
        place = (told & (_ONE_BYTE - 1)) // (2 if width == 1 else 1)
        raw = main[place : place + width * (end - start)]
        if len(raw) < width * (end - start):
            raise ValueError("a piece is cut off")
        own = _of_piece(modifier, shared)
        if any(own.values()):
            found += [""] * (end - start)
            continue
        left = [(a, b) for a, b, names in gone if not names <= own.keys()] if own else ranges
        text = _decoded(raw, width)
        found += ("" if _within(place + width * n, left) else c for n, c in enumerate(text))
    return found


def _of_piece(modifier: int, shared: list[bytes]) -> dict[int, bool]:
    """What a piece tells of the properties that take characters away: it holds over its runs."""
    if modifier & 1:
        return _told(shared[modifier >> 1])
    name = _IN_SHORT.get(modifier >> 1 & 0x7F)
    return {name: modifier >> 8 in _ON} if name else {}


def _decoded(raw: bytes, width: int) -> list[str]:
    """One item a character as Word counts them: halves of a pair stand in the first one's place."""
    if width == 1:
        return list(raw.decode("cp1252", "replace"))
    found: list[str] = []
    for character in raw.decode("utf-16-le", "replace"):
        found += [character, ""] if ord(character) > 0xFFFF else [character]
    return found


def _pieces(table: bytes, clx: Span) -> tuple[list[int], list[tuple[int, int]], list[bytes]]:
    """Where the pieces end, the place and modifier of each, and the properties these name."""
    place, stop = clx.start, clx.start + clx.length
    shared: list[bytes] = []
    while place < stop and table[place] == _PROPERTIES:
        (length,) = struct.unpack_from("<h", table, place + 1)
        if length < 0:
            raise ValueError("a length below zero")
        shared.append(table[place + 3 : place + 3 + length])
        place += 3 + length
    if place >= stop or table[place] != _PIECE_TABLE:
        raise ValueError("no table of pieces")
    (length,) = struct.unpack_from("<I", table, place + 1)
    count = (length - 4) // 12
    if count < 1 or place + 5 + length > len(table):
        raise ValueError("the table of pieces is cut off")
    ends = list(struct.unpack_from(f"<{count + 1}I", table, place + 5))
    at = place + 5 + 4 * (count + 1)
    pieces = [struct.unpack_from("<IH", table, at + 8 * n + 2) for n in range(count)]
    return ends, [(fc, prm) for fc, prm in pieces], shared


def _gone(main: bytes, table: bytes) -> list[tuple[int, int, frozenset[int]]]:
    """The ranges of the file whose characters are struck out, deleted or hidden, and by which
    properties, in order."""
    where = span(main, _CHARACTERS)
    count = (where.length - 4) // 8 if where.length >= 12 else 0
    if count > len(main) // _PAGE:
        raise ValueError("more pages of properties than the file has")
    pages = struct.unpack_from(f"<{count}I", table, where.start + 4 * (count + 1))
    found: list[tuple[int, int, frozenset[int]]] = []
    for page in pages:
        found += _gone_of_page(main[(page & 0x3FFFFF) * _PAGE :][:_PAGE])
    return sorted(found, key=lambda run: run[:2])


def _gone_of_page(page: bytes) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Those of one page of runs (ChpxFkp)."""
    if len(page) < _PAGE:
        raise ValueError("a page of properties is cut off")
    runs = page[-1]
    ends = struct.unpack_from(f"<{runs + 1}I", page, 0)
    for number in range(runs):
        place = 2 * page[4 * (runs + 1) + number]
        told = _told(page[place + 1 : place + 1 + page[place]]) if place else {}
        if any(told.values()):
            names = frozenset(name for name, is_on in told.items() if is_on)
            yield ends[number], ends[number + 1], names


def _told(properties: bytes) -> dict[int, bool]:
    """Which of a list of properties (grpprl) that take characters from the reader are on or off;
    the last of each holds."""
    told: dict[int, bool] = {}
    place = 0
    while place + 2 < len(properties):
        (name,) = struct.unpack_from("<H", properties, place)
        kind = name >> 13
        length = _OPERANDS.get(kind, 0) or properties[place + 2] + 1
        if name in _GONE:
            told[name] = properties[place + 2] in _ON
        place += 2 + length
    return told


def _within(place: int, ranges: list[tuple[int, int]]) -> bool:
    number = bisect_right(ranges, (place, 1 << 33)) - 1
    return number >= 0 and place < ranges[number][1]
