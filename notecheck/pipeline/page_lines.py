"""Lines that a printer or a fax put into the middle of a sentence, at the end of its page.

They are blanks to the reader: the day that a page was printed on is no day of an operation. Only
where the sentence goes on behind them is it plain that they are no part of the note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_TOLD = ("page", "pg", "p.", "p:", "fax", "print", "received")
_PAGE = re.compile(
    r"\b(?:(?:page|pg)\b[.:#]?|p[.:])[ \t]{0,3}\d{1,4}(?:[ \t]?(?:of|/)[ \t]?\d{1,4})?(?!\d)", re.I
)
_STAMP = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?[ \t]+\d{1,2}:\d{2}")
_OF_MACHINE = re.compile(r"\b(?:fax|from|to|print(?:ed)?|received)\b", re.I)
_PLAIN_WORD = re.compile(r"(?<![\w-])[a-z]{2,}")
_LONGEST = 140  # characters of such a line
_MOST_PLAIN_WORDS = 3  # "of", "printed by": more are a sentence
_MOST = 6  # such lines in a row: a footer, a page's end, a header
_GOES_ON = re.compile(r"[ \t]*[a-z0-9]")
_UNFINISHED = re.compile(r"[\w,)-][ \t]*\Z")


def without_page_lines(text: str) -> str:
    """`text` with blanks for the lines between pages that part a sentence; same length."""
    lowered = text.lower()
    if not any(word in lowered for word in _TOLD):
        return text
    lines = text.split("\n")
    marked = [number for number, line in enumerate(lines) if _is_page_line(line)]
    if not marked:
        return text
    alike = Counter(map(_without_figures, lines))
    done = -1
    for number in marked:
        if number <= done:
            continue
        first, last = _run(lines, number, alike)
        if _parts_sentence(lines, first, last):
            for place in range(first, last + 1):
                lines[place] = " " * len(lines[place])
        done = last
    return "\n".join(lines)


def _is_page_line(line: str) -> bool:
    if len(line) > _LONGEST or _GOES_ON.match(line) and not _STAMP.match(line.lstrip()):
        return False
    if len(_PLAIN_WORD.findall(line)) > _MOST_PLAIN_WORDS:
        return False
    return bool(_PAGE.search(line) or (_STAMP.search(line) and _OF_MACHINE.search(line)))


def _run(lines: Sequence[str], number: int, alike: Counter[str]) -> tuple[int, int]:
    """The first and last of the lines about `number` that stand at the end and head of pages."""

    def belongs(place: int) -> bool:
        line = lines[place]
        again = alike[_without_figures(line)] > 1 and len(line) <= _LONGEST
        return not line.strip() or again or _is_page_line(line)

    first = last = number
    while first > max(0, number - _MOST) and belongs(first - 1):
        first -= 1
    while last < min(len(lines) - 1, number + _MOST) and belongs(last + 1):
        last += 1
    return first, last


def _parts_sentence(lines: Sequence[str], first: int, last: int) -> bool:
    if first == 0 or last == len(lines) - 1:
        return False
    return bool(_UNFINISHED.search(lines[first - 1]) and _GOES_ON.match(lines[last + 1]))


def _without_figures(line: str) -> str:
    return " ".join(re.sub(r"\d+", "0", line).split())
