"""Lines that a machine broke because they were full: their ends are blanks, not ends of anything.

A line was full when the next line's first word had next to no room left on it, by the width of the
widest line. Joined here, before headings, quotations and sentences are looked for, a wrapped text
and the same text with whole paragraphs are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

# Characters; a shorter line, or one of a wider text, ends where its writer meant it to.
SHORTEST_WRAPPED_LINE, WIDEST_WRAPPED_LINE = 40, 160
_FULL, _LONG = 0.85, 0.7  # shares of the widest line; writers who break lines by hand leave more
_FEWEST = 2  # full lines, before a text counts as wrapped
_FINISHED = re.compile(r"[.:;!?][)\"'\]]{0,3}\s*\Z")
# What begins a line of its own even after a full one: a form's box, a heading.
_OWN_LINE = re.compile(r"\[.?\]|[A-Z][\w /,&()-]{0,40}:(?!\d)|[A-Z][A-Z /&-]{4,40}(?:\Z|  | - )")
# What does so where it is seen to, an item of a list or a label in small letters; elsewhere these
# may be the next words of a sentence: "with the distal / bone: the femur was ...".
_OPENS = re.compile(
    r"(?P<mark>[-*#>|\u2022\u25cf\u25aa])(?!\S)|(?P<number>\d{1,2}[.)])(?!\d)|(?P<letter>[a-z]\))"
    r"|(?P<label>[a-z]+(?: [a-z]+)?:)(?!\d)"
)


def wide(widest: int) -> float:
    """How long a line of a text must be to have been wrapped, by the text's widest line."""
    return max(widest * _LONG, SHORTEST_WRAPPED_LINE)


def had_room(length: int, word: str, widest: int) -> bool:
    """Whether a line ended before it was full: the next line's first `word` would have fitted."""
    return length < wide(widest) or length + len(word) < widest * _FULL


def unwrapped(text: str) -> str:
    """`text` with a blank for each line end that only wraps a line; same length."""
    lines = text.split("\n")
    broken = in_broken_paragraphs(lines)
    width = max((len(lines[at]) for at in broken), default=0)
    opened = [_OPENS.match(line) for line in lines]
    full = {at for at in broken if at + 1 < len(lines) and is_full(lines[at], lines[at + 1], width)}
    unfinished = {at for at in full if not _FINISHED.search(lines[at])}
    seen = {
        found.lastgroup for at, found in enumerate(opened) if found and at - 1 not in unfinished
    }
    full -= {at for at in full if (found := opened[at + 1]) and found.lastgroup in seen}
    # That they stop in the midst of a sentence shows that lines are wrapped at all.
    if len(full & unfinished) < _FEWEST:
        return text
    ends = (" " if at in full else "\n" for at in range(len(lines)))
    return "".join(chain.from_iterable(zip(lines, ends, strict=True)))[:-1]


def in_broken_paragraphs(lines: Sequence[str]) -> list[int]:
    """The lines, by their places, of paragraphs that a machine may have broken into lines.

    They have several lines and none wider than a machine breaks them at; how they are broken is not
    told by a paragraph beside them that is one line or runs on.
    """
    broken: list[int] = []
    start = 0
    for at, line in enumerate([*lines, ""]):
        if line.strip():
            continue
        widest = max(map(len, lines[start:at]), default=0)
        if at - start > 1 and widest <= WIDEST_WRAPPED_LINE:
            broken += range(start, at)
        start = at + 1
    return broken


def is_full(line: str, following: str, width: int) -> bool:
    """Whether a line ends because no more went on it, in a text whose widest line is `width`."""
    word = following.split(maxsplit=1)[:1]
    if not word or following[0].isspace() or had_room(len(line.rstrip()), word[0], width):
        return False
    return not _OWN_LINE.match(following)


def ends_there(line: str, following: str, width: int) -> bool:
    """Whether a line ends where its writer meant it to, at a sentence's end if it is full."""
    return bool(_FINISHED.search(line)) or not is_full(line, following, width)
