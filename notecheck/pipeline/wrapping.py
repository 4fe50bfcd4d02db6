"""Lines that a machine broke because they were full: their ends are blanks, not ends of anything.

A line was full when the next line's first word had next to no room left on it, by the width of the
widest line. Joined here, before headings, quotations and sentences are looked for, a wrapped text
and the same text with whole paragraphs are read alike.
"""

from __future__ import annotations

import re

# Characters; a shorter line, or one of a wider text, ends where its writer meant it to.
SHORTEST_WRAPPED_LINE, WIDEST_WRAPPED_LINE = 40, 160
_FULL, _LONG = 0.85, 0.7  # shares of the widest line; writers who break lines by hand leave more
_FEWEST = 2  # full lines, before a text counts as wrapped
_FINISHED = re.compile(r"[.:;!?][)\"'\]]{0,3}\s*\Z")
# What begins a line of its own even after a full one: a list's item, a heading, a quoted line.
_OWN_LINE = re.compile(
    r"[-*#>|\u2022\u25cf\u25aa](?!\S)|\d{1,2}[.)](?!\d)|\[.?\]|[a-z]\)"
    r"|[A-Z][\w /,&()-]{0,40}:(?!\d)|[a-z]+(?: [a-z]+)?:(?!\d)|[A-Z][A-Z /&-]{2,40}(?:\Z|  | - )"
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
    width = max(map(len, lines))
    if not SHORTEST_WRAPPED_LINE <= width <= WIDEST_WRAPPED_LINE:
        return text
    full = [
        index
        for index in range(len(lines) - 1)
        if not ends_there(lines[index], lines[index + 1], width)
    ]
    if len(full) < _FEWEST:
        return text
    pieces, joined = [], set(full)
    for index, line in enumerate(lines):
        pieces += [line, " " if index in joined else "\n"]
    return "".join(pieces[:-1])


def ends_there(line: str, following: str, width: int) -> bool:
    """Whether a line ends where its writer meant it to, in a text whose widest line is `width`."""
    word = following.split(maxsplit=1)[:1]
    if not word or following[0].isspace() or had_room(len(line.rstrip()), word[0], width):
        return True
    return bool(_FINISHED.search(line) or _OWN_LINE.match(following))
