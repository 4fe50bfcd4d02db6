"""The pieces of a page, as they were drawn -> its lines, as they are read.

A program may draw two columns line by line, all labels of a form before all its values, or a page
from its end. The order in which the pieces were drawn holds, unless what stands where speaks
against it: then columns of prose are read one after the other, and all else row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

_FEWEST = 4  # lines of a column
_FEWEST_WORDS = 2.0  # of a line of prose, on the average
_FEWEST_IN_CAPITALS = 3.0  # where small letters do not tell that a sentence goes on
_RUNNING = 0.5  # share of a column's full lines that go on in the next one
_FULL = 0.6  # of a column's width that a line fills whose sentence goes on
_APART = 1.8  # line heights between what stands on top or at the foot of a page and the text
_MOST_HEADER_ROWS = 3
_STRAY = 0.15  # share of pieces that were drawn above the one before
_FEWEST_STRAY = 3
_FEWEST_LABELS = 3
_LONGEST_LABEL = 6  # words
_STOP = re.compile(r"[.:;?!]\W*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together on one line; `line` is the line that they were drawn in.

    Those that are `slanted` run in another direction, as the mark across a copy does.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    line: int
    slanted: bool = False

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def page_lines(pieces: Sequence[Piece]) -> list[str] | None:
    """The lines of a page in the order of reading; None where they were drawn in that order."""
    slanted = [piece for piece in pieces if piece.slanted]
    drawn = [piece for piece in pieces if not piece.slanted]
    if len(drawn) < 2 or len(slanted) > len(drawn):
        return None
    misdrawn = _is_misdrawn(drawn) or _has_labels_apart(drawn)
    ordered = _in_columns(drawn, by_rows=misdrawn)
    if ordered is None and misdrawn:
        ordered = _by_rows(drawn)
    if ordered is None or ordered == drawn:
        return None
    return [*_lines(ordered), *(piece.text for piece in slanted)]


def _lines(ordered: Sequence[Piece]) -> Iterator[str]:
    """Pieces that stand behind one another on a line are one."""
    line: list[str] = []
    for before, piece in zip((None, *ordered), ordered, strict=False):
        if before and not (_in_one_row(before, piece) and before.right <= piece.left + 1):
            yield " ".join(line)
            line = []
        line.append(piece.text)
    if line:
        yield " ".join(line)


def _is_misdrawn(drawn: Sequence[Piece]) -> bool:
    """Whether much was drawn above what was drawn before it, and not in another column."""
    stray = sum(
        1 for before, now in pairwise(drawn) if now.bottom >= before.top and now.left < before.right
    )
    return stray >= max(_FEWEST_STRAY, _STRAY * len(drawn))


def _has_labels_apart(drawn: Sequence[Piece]) -> bool:
    """Whether labels were drawn one after the other, and what stands beside each elsewhere."""
    rows = _rows(drawn)
    beside = {id(a): b for row in rows for a, b in pairwise(row)}
    labels = 0
    for before, now in pairwise(drawn):
        if not _is_label(before.text):
            labels = 0
            continue
        value = beside.get(id(before))
        labels += value is not None and value is not now and now.bottom < before.bottom
        if labels >= _FEWEST_LABELS and _is_label(now.text):
            return True
    return False


def _is_label(text: str) -> bool:
    words = text.split()
    return len(words) <= _LONGEST_LABEL and (
        text.endswith(":") or (text[:1].isupper() and not _STOP.search(text))
    )


def _in_columns(drawn: list[Piece], *, by_rows: bool) -> list[Piece] | None:
    """The pieces with columns one after the other; None where there are none that were drawn
    through one another.

    What crosses the space between two columns ends them; the rest stands by its rows, or as drawn.
    """
    head, body, foot = _without_header(drawn)
    for edge in _edges(body):
        crossing = sorted(
            (p for p in body if p.left < edge - 1 and p.right > edge + 1), key=lambda p: -p.middle
        )
        cuts = [piece.middle for piece in crossing]
        bands: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
        for piece in body:
            if piece not in crossing:
                bands[sum(cut > piece.middle for cut in cuts)].append(piece)
        sides = [_columns(band, edge, by_rows=by_rows) for band in bands]
        if not any(sides):
            continue
        found = list(head)
        for number, (band, columns) in enumerate(zip(bands, sides, strict=True)):
            for side in columns:
                found += _in_columns(side, by_rows=by_rows) or _by_rows(side)
            if not columns:
                found += _by_rows(band) if by_rows else band
            found += crossing[number : number + 1]
        return [*found, *foot]
    return None


def _edges(pieces: Sequence[Piece]) -> list[float]:
    """Where the left edges of several pieces stand under one another, but the first such place."""
    edges: list[list[float]] = []
    for left in sorted(piece.left for piece in pieces):
        if edges and left - edges[-1][-1] <= 2:
            edges[-1].append(left)
        else:
            edges.append([left])
    often = [edge[0] for edge in edges if len(edge) >= _FEWEST]
    return often[1:]


def _columns(band: Sequence[Piece], edge: float, *, by_rows: bool) -> list[list[Piece]]:
    """The two columns at the sides of `edge`; none where what stands in a row belongs together,
    and none that were drawn as they are read."""
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in band:
        (right if piece.left >= edge - 1 else left).append(piece)
    if min(len(left), len(right)) < _FEWEST:
        return []
    goes_on = {id(before): id(now) for before, now in (*_running(left), *_running(right))}
    broken = sum(goes_on.get(id(a), id(b)) != id(b) for a, b in pairwise(band))
    if broken < 2 and not by_rows:
        return []
    in_both = sum(row[0].left < edge - 1 <= row[-1].left for row in _rows(band))
    side_by_side = in_both >= _FEWEST - 1 and _is_prose(left) and _is_prose(right)
    return [left, right] if side_by_side else []


def _is_prose(side: Sequence[Piece]) -> bool:
    """Whether sentences run on from line to line, as those of a column do and labels do not."""
    in_capitals = not any(character.islower() for piece in side for character in piece.text)
    least = _FEWEST_IN_CAPITALS if in_capitals else _FEWEST_WORDS
    if fmean(len(piece.text.split()) for piece in side) < least:
        return False
    running = len(_running(side))
    return running >= 2 and running >= _RUNNING * len(_full(_by_rows(side)))


def _running(side: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """The lines of a column whose sentence goes on in the next one, with that."""
    in_capitals = not any(character.islower() for piece in side for character in piece.text)
    ordered = _by_rows(side)
    full = set(map(id, _full(ordered)))
    return [
        (before, now)
        for before, now in pairwise(ordered)
        if id(before) in full and (in_capitals or not now.text[:1].isupper())
    ]


def _full(ordered: Sequence[Piece]) -> list[Piece]:
    """The lines that fill their column and end no sentence."""
    widths = sorted(piece.right - piece.left for piece in ordered)
    width = _FULL * median(widths[len(widths) // 2 :])
    return [p for p in ordered if p.right - p.left >= width and not _STOP.search(p.text)]


def _without_header(drawn: Sequence[Piece]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """What stands apart at the top of the page, the text, and what stands apart at its foot."""
    rows = _rows(drawn)
    height = median(piece.top - piece.bottom for piece in drawn)
    tops = [max(piece.top for piece in row) for row in rows]
    bottoms = [min(piece.bottom for piece in row) for row in rows]
    gaps = [bottom - top > _APART * height for bottom, top in zip(bottoms, tops[1:], strict=False)]
    first = max((n + 1 for n, gap in enumerate(gaps[:_MOST_HEADER_ROWS]) if gap), default=0)
    last = len(rows)
    for back, gap in enumerate(reversed(gaps[first:][-_MOST_HEADER_ROWS:]), start=1):
        last = len(rows) - back if gap else last
    parts = rows[:first], rows[first:last], rows[last:]
    head, body, foot = ([piece for row in part for piece in row] for part in parts)
    inside = {id(piece) for piece in body}
    return head, [piece for piece in drawn if id(piece) in inside], foot


def _by_rows(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for row in _rows(pieces) for piece in row]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each row from left to right, from the top down."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if rows and _in_one_row(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _in_one_row(one: Piece, other: Piece) -> bool:
    return one.bottom <= other.middle <= one.top or other.bottom <= one.middle <= other.top
