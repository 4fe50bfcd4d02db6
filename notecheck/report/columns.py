"""Measuring, shortening and wrapping text by the columns that it takes on a terminal."""

from __future__ import annotations

from unicodedata import category, east_asian_width

_ELLIPSIS = "..."


def columns(text: str) -> int:
    """How many terminal columns `text` takes: wide characters two, combining marks none."""
    return len(text) if text.isascii() else sum(map(_character_columns, text))


def shorten_middle(text: str, limit: int) -> str:
    """`text` in at most `limit` columns (3 or more), with "..." for what is left out."""
    if columns(text) <= limit:
        return text
    kept = limit - len(_ELLIPSIS)
    head = _first_columns(text, (kept + 1) // 2)
    tail = _last_columns(text, kept // 2).lstrip()
    while tail and not _character_columns(tail[0]):  # a mark whose blank was cut off
        tail = tail[1:]
    return head.rstrip() + _ELLIPSIS + tail


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """`text` as lines of at most `width` columns, broken at blanks.

    The first line starts with `first`, the others with `rest`. A word that is wider than a
    line is broken, never inside a character and its combining marks.
    """
    room = width - max(columns(first), columns(rest))
    lines: list[str] = []
    line, filled = first, False
    for word in text.split():
        for number, piece in enumerate(_pieces(word, room)):
            if filled and (number or columns(line) + 1 + columns(piece) > width):
                lines.append(line)
                line, filled = rest, False
            line += f" {piece}" if filled else piece
            filled = True
    return [*lines, line.rstrip()]


def _character_columns(character: str) -> int:
    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _first_columns(text: str, limit: int) -> str:
    used = 0
    for at, character in enumerate(text):
        used += _character_columns(character)
        if used > limit:
            return text[:at]
    return text


def _last_columns(text: str, limit: int) -> str:
    used, start = 0, len(text)
    for at in range(len(text) - 1, -1, -1):
        used += _character_columns(text[at])
        if used > limit:
            break
        if _character_columns(text[at]):  # never start with a mark torn from its letter
            start = at
    return text[start:]


def _pieces(word: str, room: int) -> list[str]:
    pieces = []
    while columns(word) > room:
        piece = _first_columns(word, room)
        pieces.append(piece)
        word = word[len(piece) :]
    return [*pieces, word]
