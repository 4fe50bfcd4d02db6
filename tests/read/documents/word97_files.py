"""Word 97-2003 files for tests, written after [MS-DOC]: as much of one as a reader needs."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import NamedTuple

from extract_msg import OleWriter

_PAGE = 512
_TEXT = 2 * _PAGE  # where the characters begin: behind the header and one page of properties
STRIKE, DOUBLE, DELETED, VANISH, BOLD = 0x0837, 0x2A53, 0x0800, 0x083C, 0x0835

Run = tuple[str, Sequence[int]]  # characters, and the properties that are on


def word97(
    *runs: Run | str,
    parts: Sequence[int] = (),
    wide: bool = False,
    stories: Sequence[int] = (),
    modifiers: bytes = b"",
    flags: int = 0x0200,
    version: int = 0x00C1,
) -> bytes:
    """A file of `runs`. `parts` are the lengths of footnotes, headers, macros, comments, endnotes
    and boxes, which are the last of its characters; `stories` the places of headers and footers.
    """
    told = [(run, ()) if isinstance(run, str) else run for run in runs]
    text = "".join(characters for characters, _ in told)
    width, codec = (2, "utf-16-le") if wide else (1, "cp1252")
    behind = sum(parts)
    main = bytearray(_TEXT) + text.encode(codec)
    units = (len(main) - _TEXT) // width
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, flags)
    counts = [units - behind, *parts, *[0] * (7 - len(parts))]
    struct.pack_into("<8I", main, 0x4C, *counts)
    main[_PAGE:_TEXT] = _properties([(run.encode(codec), on) for run, on in told])

    table = bytearray()
    struct.pack_into("<II", main, 0xFA, 0, 12)  # one page of properties: page 1 of the file
    table += struct.pack("<III", _TEXT, _TEXT + width * units, 1)
    struct.pack_into("<II", main, 0xF2, len(table), 4 * len(stories))
    table += struct.pack(f"<{len(stories)}I", *stories)
    place = _TEXT * 2 | 1 << 30 if not wide else _TEXT
    shared = struct.pack("<Bh", 1, len(modifiers)) + modifiers if modifiers else b""
    pieces = struct.pack("<IIHIH", 0, units, 0, place, 1 if modifiers else 0)
    clx = shared + struct.pack("<BI", 2, len(pieces)) + pieces
    struct.pack_into("<II", main, 0x1A2, len(table), len(clx))
    return compound(WordDocument=bytes(main), **{"1Table": bytes(table) + clx})


class Piece(NamedTuple):
    """A piece of a file that was saved fast: its runs, their width, and what holds for it all."""

    runs: Sequence[Run]
    wide: bool = False
    modifier: int = 0


def short(name: int, *, is_on: bool) -> int:
    """A piece's modifier that sets one property (Prm0)."""
    return {DELETED: 0x41, STRIKE: 0x57, DOUBLE: 0x73, VANISH: 0x5C}[name] << 1 | is_on << 8


def saved_fast(
    *pieces: Piece, parts: Sequence[int] = (), stories: Sequence[int] = (), shared: bytes = b""
) -> bytes:
    """A file whose pieces stand in it last first, as Word leaves them when it only adds what was
    changed; its runs' properties are on a page for each piece."""
    main = bytearray(_PAGE * (1 + len(pieces)))
    placed: list[tuple[int, int]] = []
    pages: list[int] = []
    for number, piece in reversed(list(enumerate(pieces))):
        codec = "utf-16-le" if piece.wide else "cp1252"
        main += bytes(len(main) % 2)
        runs = [(characters.encode(codec), on) for characters, on in piece.runs]
        placed.insert(0, (len(main), number))
        pages.append(number)
        main[_PAGE * (1 + number) : _PAGE * (2 + number)] = _properties(runs, len(main))
        main += b"".join(characters for characters, _ in runs)
    units = [sum(len(c.encode("utf-16-le")) // 2 for c, _ in piece.runs) for piece in pieces]
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 10, 0x0204)  # fComplex, and the table in 1Table
    counts = [sum(units) - sum(parts), *parts, *[0] * (7 - len(parts))]
    struct.pack_into("<8I", main, 0x4C, *counts)

    firsts = [placed[number][0] for number in pages]
    table = struct.pack(f"<{len(pages) + 1}I", *firsts, len(main))
    table += struct.pack(f"<{len(pages)}I", *(1 + number for number in pages))
    struct.pack_into("<II", main, 0xFA, 0, len(table))
    struct.pack_into("<II", main, 0xF2, len(table), 4 * len(stories))
    table += struct.pack(f"<{len(stories)}I", *stories)
    ends = [sum(units[:number]) for number in range(len(units) + 1)]
    told = struct.pack(f"<{len(ends)}I", *ends)
    for (place, _), piece in zip(placed, pieces, strict=True):
        told += struct.pack("<HIH", 0, place if piece.wide else place * 2 | 1 << 30, piece.modifier)
    clx = struct.pack("<Bh", 1, len(shared)) + shared if shared else b""
    clx += struct.pack("<BI", 2, len(told)) + told
    struct.pack_into("<II", main, 0x1A2, len(table), len(clx))
    return compound(WordDocument=bytes(main), **{"1Table": table + clx})


def compound(**streams: bytes) -> bytes:
    made = OleWriter()
    for name, data in streams.items():
        made.addEntry(name, data.ljust(4096, b"\0"))  # what is shorter goes to another place
    buffer = io.BytesIO()
    made.write(buffer)
    return buffer.getvalue()


def on(*properties: int, value: int = 1) -> bytes:
    return b"".join(struct.pack("<HB", name, value) for name in properties)


def _properties(runs: Sequence[tuple[bytes, Sequence[int]]], place: int = _TEXT) -> bytes:
    """One page of runs (ChpxFkp): where they end, and from its end on what is set in each."""
    page = bytearray(_PAGE)
    page[-1] = len(runs)
    free = _PAGE - 2
    struct.pack_into("<I", page, 0, place)
    for number, (characters, properties) in enumerate(runs):
        place += len(characters)
        struct.pack_into("<I", page, 4 * (number + 1), place)
        if properties:
            held = on(*properties)
            free = (free - len(held) - 1) & ~1
            page[free : free + len(held) + 1] = bytes([len(held)]) + held
            page[4 * (len(runs) + 1) + number] = free // 2
    return bytes(page)
