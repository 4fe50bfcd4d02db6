"""Lines that a machine broke because they were full: their ends are blanks, not ends of anything.

A line was full when the next line's first word had next to no room left on it, by the width of the
widest line; none at all, where every line that plainly goes on was filled to the brim. Joined here,
before headings, quotations and sentences are looked for, a wrapped text and the same text with
whole paragraphs are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

# Characters; a shorter line, or one of a wider text, ends where its writer meant it to.
SHORTEST_WRAPPED_LINE, WIDEST_WRAPPED_LINE = 40, 160
_FULL, _LONG = 0.85, 0.7  # shares of the widest line; writers who break lines by hand leave more
_SHORT = 0.5  # of the widest line: the last words of another one
_FEWEST = 2  # full lines, before a text counts as wrapped
_MANY_BRIMFUL = 6  # lines filled to the brim for each that is not
_FEWEST_RESTS = 3  # of full lines, before a text of one case counts as broken twice
_FINISHED = re.compile(r"[.:;!?][)\"'\]]{0,3}\s*\Z")
_STOPPED = re.compile(r"[.:!?][)\"'\]]{0,3}\s*\Z")  # a semicolon goes on in small letters
# What begins a line of its own even after a full one: a form's box, a heading.
_LABEL = re.compile(r"[A-Z][\w /,&()-]{0,40}:(?!\d)")
_OWN_LINE = re.compile(rf"\[.?\]|{_LABEL.pattern}|[A-Z][A-Z /&-]{{4,40}}(?:\Z|  | - )")
# What does so where it is seen to, an item of a list or a label in small letters; elsewhere these
# may be the next words of a sentence: "with the distal / bone: the femur was ...".
_OPENS = re.compile(
    r"(?P<mark>[-*#>|\u2022\u25cf\u25aa])(?!\S)|(?P<number>\d{1,2}[.)])(?!\d)|(?P<letter>[a-z]\))"
    r"|(?P<label>[a-z]+(?: [a-z]+)?:)(?!\d)"
)
# Two lines in one: "... amputation.Procedure: ..."
_GLUED = re.compile(r"[a-z)][.;][A-Z][A-Za-z /-]{1,40}:")
# What stands under a label in a column of its own goes on in that column.
_IN_COLUMN = re.compile(r"\S[^:]{0,40}:(?: {3}|\t)")
# A line whose boxes stand before what they offer, the last of them at its end.
_BOX = r"[\[(][ xX]?[\])]"
_OFFERS_MORE = re.compile(rf"(?:[^\[\]()]*: *)?{_BOX} *[^\[\]() ].*{_BOX} *\Z")


def width_of(lines: Iterable[str]) -> int:
    """How wide the widest of some lines is, but for those that others were glued to."""
    lengths = [(len(line), not _GLUED.search(line)) for line in lines]
    return max((length for length, whole in lengths if whole), default=max(lengths)[0])


def wide(widest: int) -> float:
    """How long a line of a text must be to have been wrapped, by the text's widest line."""
    return max(widest * _LONG, SHORTEST_WRAPPED_LINE)


def had_room(length: int, word: str, widest: int) -> bool:
    """Whether a line ended before it was full: the next line's first `word` would have fitted."""
    return length < wide(widest) or length + len(word) < widest * _FULL


def unwrapped(text: str) -> str:
    """`text` with a blank for each line end that only wraps a line; same length."""
    text = _unbroken(text, _rests_of_whole_lines(text.split("\n")))
    lines = text.split("\n")
    paragraphs = broken_paragraphs(lines)
    if not paragraphs:
        return text
    # The lines that another one of their paragraph follows.
    followed = list(chain.from_iterable(paragraph[:-1] for paragraph in paragraphs))
    joined = {at for at in followed if _is_open(lines[at], lines[at + 1])}
    joined |= _wrapped(lines, paragraphs, followed)
    return _unbroken(text, joined)


def _unbroken(text: str, joined: set[int]) -> str:
    """`text` with a blank for the ends of these lines."""
    if not joined:
        return text
    lines = text.split("\n")
    ends = (" " if at in joined else "\n" for at in range(len(lines)))
    return "".join(chain.from_iterable(zip(lines, ends, strict=True)))[:-1]


def _rests_of_whole_lines(lines: Sequence[str]) -> set[int]:
    """The lines that lost their last words to a line of their own, in a text broken twice.

    Put together again they are the lines of the first break, by which alone it can be undone.
    """
    found: set[int] = set()
    for paragraph in broken_paragraphs(lines):
        width = width_of(lines[at] for at in paragraph)
        brimful = {at for at in paragraph[:-1] if _is_brimful(lines[at], lines[at + 1], width)}
        left = {at for at in brimful if len(lines[at + 1]) < width * _SHORT}
        left -= {at for at in left if _OWN_LINE.match(lines[at + 1])}  # a short field
        if len(left) >= max(_FEWEST_RESTS, len(brimful) / 2):
            found |= left
    return found


def broken_paragraphs(lines: Sequence[str]) -> list[range]:
    """The paragraphs, by the places of their lines, that a machine may have broken into lines.

    They have several lines and none wider than a machine breaks them at; how they are broken is not
    told by a paragraph beside them that is one line or runs on.
    """
    broken: list[range] = []
    start = 0
    for at, line in enumerate([*lines, ""]):
        if line.strip():
            continue
        if at - start > 1 and width_of(lines[start:at]) <= WIDEST_WRAPPED_LINE:
            broken.append(range(start, at))
        start = at + 1
    return broken


def lines_that_go_on(lines: Sequence[str]) -> set[int]:
    """The lines of a text of one case, by their places, whose sentence goes on in the next line.

    They are long and unfinished. So are short ones below such lines, the rests of them, where half
    of those lines and more have left one: the text was broken twice.
    """
    broken = [*chain.from_iterable(broken_paragraphs(lines))] or range(len(lines))
    width = width_of(lines[at] for at in broken)
    long_enough = wide(width)
    found = {
        at
        for at, line in enumerate(lines)
        if len(line) >= long_enough and not _FINISHED.search(line)
    }
    followed = [at for at in found if at + 1 < len(lines) and lines[at + 1].strip()]
    full = {at for at in followed if _is_crowded(lines[at], lines[at + 1], width)}
    found -= {at for at in followed if at not in _filled(lines, full, full, width)}
    brimful = [at for at in followed if _is_brimful(lines[at], lines[at + 1], width)]
    rests = [at + 1 for at in brimful if len(lines[at + 1]) < width * _SHORT]
    if len(rests) >= max(_FEWEST_RESTS, len(brimful) / 2):
        found.update(at for at in rests if not _FINISHED.search(lines[at]))
    return found


def is_full(line: str, following: str, width: int) -> bool:
    """Whether a line ends because no more went on it, in a text whose widest line is `width`."""
    return _is_crowded(line, following, width) and not _OWN_LINE.match(following)


def ends_there(line: str, following: str, width: int) -> bool:
    """Whether a line ends where its writer meant it to, at a sentence's end if it is full."""
    return bool(_FINISHED.search(line)) or not is_full(line, following, width)


def _wrapped(
    lines: Sequence[str], paragraphs: Sequence[range], followed: Sequence[int]
) -> set[int]:
    """The lines of a wrapped text that the next one goes on with; none of a text that is not."""
    width = width_of(lines[at] for paragraph in paragraphs for at in paragraph)
    full = {at for at in followed if is_full(lines[at], lines[at + 1], width)}
    for paragraph in paragraphs:
        full |= _before_chance_labels(lines, paragraph, width)
    brimful = {at for at in followed if _is_brimful(lines[at], lines[at + 1], width)}
    going_on = [at for at in followed if _goes_on_in_small_letters(lines[at], lines[at + 1])]
    rest = {at for at in followed if at - 1 in brimful and len(lines[at]) < width * _SHORT}
    full = _filled(lines, full, going_on, width)
    unfinished = {at for at in full if not _FINISHED.search(lines[at])}
    opened = [_OPENS.match(line) for line in lines]
    seen = {found.lastgroup for at, found in enumerate(opened) if found and at - 1 not in full}
    full -= {at for at in full if (found := opened[at + 1]) and found.lastgroup in seen}
    # That they, or rests of lines, stop in the midst of a sentence shows that lines are wrapped.
    if len((full & unfinished) | rest.intersection(going_on)) < _FEWEST:
        return set()
    return full | _rests_of_lines(lines, full, rest, going_on)


def _filled(lines: Sequence[str], full: set[int], going_on: Iterable[int], width: int) -> set[int]:
    """Those of the `full` lines that a machine broke, by how those `going_on` were filled.

    Where all but few of these were filled to the brim, all are; the few end lines of their own.
    """
    brimful = {at for at in full if _is_brimful(lines[at], lines[at + 1], width)}
    sure = full.intersection(going_on)
    loose = sure - brimful
    if len(sure) >= _FEWEST and len(loose) * _MANY_BRIMFUL <= len(sure):
        return brimful
    return full


def _rests_of_lines(
    lines: Sequence[str], full: set[int], rest: set[int], going_on: Sequence[int]
) -> set[int]:
    """The last words of full lines, on lines of their own, that the next line goes on with.

    Where several do so in small letters, the text was broken twice, and others do so as well.
    """
    found = {at for at in going_on if at - 1 in full}
    if len(found & rest) < _FEWEST:
        return found
    return found | {
        at
        for at in rest
        if at - 1 in full
        and not _STOPPED.search(lines[at])
        and not _OWN_LINE.match(lines[at + 1])
        and not _OPENS.match(lines[at + 1])
    }


def _is_crowded(line: str, following: str, width: int) -> bool:
    """Whether a line has little room for the next one's first word and may go on there."""
    word = following.split(maxsplit=1)[:1]
    if not word or following[0].isspace() or had_room(len(line.rstrip()), word[0], width):
        return False
    return not _IN_COLUMN.match(line)


def _is_brimful(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word had no room at all on this line."""
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width


def _goes_on_in_small_letters(line: str, following: str) -> bool:
    return following[0].islower() and not _STOPPED.search(line) and not _OPENS.match(following)


def _is_open(line: str, following: str) -> bool:
    """Whether a line ends before a bracket is closed, or before what its last box offers."""
    if _OWN_LINE.match(following):
        return False
    if line.count("(") > line.count(")"):
        closed = following.find(")")
        return closed >= 0 and "(" not in following[:closed]
    return line.rstrip().endswith(("]", ")")) and bool(_OFFERS_MORE.match(line))


def _before_chance_labels(lines: Sequence[str], paragraph: range, width: int) -> set[int]:
    """Lines full to the end of a sentence, before words that only look like a label of their own.

    "... was skewed. / Antibiotics: Ancef. The ...": in a paragraph where labels begin lines, one
    of them at least stands below a line that had room.
    """
    before = [at for at in paragraph[:-1] if _LABEL.match(lines[at + 1])]
    crowded = {at for at in before if _is_crowded(lines[at], lines[at + 1], width)}
    if len(crowded) < len(before):
        return set()
    return {at for at in crowded if _FINISHED.search(lines[at])}
