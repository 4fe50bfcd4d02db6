"""Lines that a printer or a fax put into the middle of a sentence, at the end of its page.

They are blanks to the reader: the day that a page was printed on is no day of an operation. Only
where the sentence goes on behind them is it plain that they are no part of the note. The words of
such lines are data: `patterns/structure/page_lines.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from notecheck.pipeline.wrapping import ends_there
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of

_STAMP = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?[ \t]+\d{1,2}:\d{2}")
_PLAIN_WORD = re.compile(r"(?<![\w-])[a-z]{2,}")
_LONGEST = 140  # characters of such a line
_MOST_PLAIN_WORDS = 3  # "of", "printed by": more are a sentence
_MOST = 6  # such lines in a row: a footer, a page's end, a header
_GOES_ON = re.compile(r"[ \t]*[a-z0-9]")
# In a text of one case small letters tell nothing: there a line is one of a machine that has few
# words and ends or begins with the page, and it parts a sentence where the line before it is full.
_WORD = re.compile(r"[A-Za-z]{2,}")
_MOST_WORDS = 7
_UNFINISHED = re.compile(r"[\w,)-][ \t]*\Z")


class _PageFile(WordTable):
    told: Words
    page: Words
    page_sign: Words
    of: Words
    machine: Words


@dataclass(frozen=True, slots=True)
class _PageWords:
    """`page` finds the number of a page, `machine` a word of a machine."""

    told: Words
    page: re.Pattern[str]
    machine: re.Pattern[str]


@cache
def _page_words() -> _PageWords:
    """Made once. Raises RulesError for a file that is wrong."""
    file = load_toml(pattern_file("structure/page_lines.toml"), _PageFile)
    return _PageWords(
        told=file.told,
        page=re.compile(
            # A fax may have read figures as letters ("P.OO2"), but "p.o." is no page.
            rf"\b(?:{any_of(file.page)}\b[.:#]?|{any_of(file.page_sign)})[ \t]{{0,3}}"
            rf"(?:\d{{1,4}}|[oil\d]{{2,4}})(?:[ \t]?(?:{any_of(file.of)}|/)[ \t]?\d{{1,4}})?(?!\w)",
            re.I,
        ),
        machine=re.compile(rf"\b{any_of(file.machine)}\b", re.I),
    )


def without_page_lines(text: str, *, one_case: bool = False) -> str:
    """`text` with blanks for the lines between pages that part a sentence; same length.

    `one_case` says that the text has only capitals, or only small letters.
    """
    lowered = text.lower()
    if not any(word in lowered for word in _page_words().told):
        return text
    lines = text.split("\n")
    is_page_line = _is_page_line_of_one_case if one_case else _is_page_line
    marked = [number for number, line in enumerate(lines) if is_page_line(line)]
    if not marked:
        return text
    alike = Counter(map(_without_figures, lines))

    def belongs(line: str) -> bool:
        again = alike[_without_figures(line)] > 1 and len(line) <= _LONGEST
        return (
            not line.strip() or again or is_page_line(line) or (not one_case and _is_header(line))
        )

    ours = set(range(len(lines))).difference(marked)
    width = max((len(lines[number]) for number in ours), default=0) if one_case else 0
    done = -1
    for number in marked:
        if number <= done:
            continue
        first, last = _run(lines, number, belongs)
        if _parts_sentence(lines, first, last, width):
            for place in range(first, last + 1):
                lines[place] = " " * len(lines[place])
        done = last
    return "\n".join(lines)


def _is_page_line(line: str) -> bool:
    if len(line) > _LONGEST or _GOES_ON.match(line) and not _STAMP.match(line.lstrip()):
        return False
    if len(_PLAIN_WORD.findall(line)) > _MOST_PLAIN_WORDS:
        return False
    words = _page_words()
    return bool(words.page.search(line) or (_STAMP.search(line) and words.machine.search(line)))


def _is_page_line_of_one_case(line: str) -> bool:
    if len(line) > _LONGEST or len(_WORD.findall(line)) > _MOST_WORDS:
        return False
    words = _page_words()
    page = words.page.search(line)
    at_edge = page and (not line[page.end() :].strip() or not line[: page.start()].strip())
    return bool(at_edge or (_STAMP.search(line) and words.machine.search(line)))


def _is_header(line: str) -> bool:
    """Whether a line has no word in small letters: "D. F.   OPERATIVE REPORT"."""
    return len(line) <= _LONGEST and not _PLAIN_WORD.search(line)


def _run(lines: Sequence[str], number: int, belongs: Callable[[str], bool]) -> tuple[int, int]:
    """The first and last of the lines about `number` that stand at the end and head of pages."""
    first = last = number
    while first > max(0, number - _MOST) and belongs(lines[first - 1]):
        first -= 1
    while last < min(len(lines) - 1, number + _MOST) and belongs(lines[last + 1]):
        last += 1
    return first, last


def _parts_sentence(lines: Sequence[str], first: int, last: int, width: int) -> bool:
    if first == 0 or last == len(lines) - 1:
        return False
    if width:
        return not ends_there(lines[first - 1], lines[last + 1], width)
    return bool(_UNFINISHED.search(lines[first - 1]) and _GOES_ON.match(lines[last + 1]))


def _without_figures(line: str) -> str:
    return " ".join(re.sub(r"\d+", "0", line).split())
