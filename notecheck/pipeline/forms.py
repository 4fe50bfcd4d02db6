"""What a form offers and the writer did not choose: unticked boxes, lists, what was struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BOX = re.compile(
    r"\[ ?([xv*\u2713\u2714]?) ?\]|\( ?([xv\u2713\u2714]?) ?\)|([\u2610\u2611\u2612])", re.I
)
# An unfilled list of the template: {CLOSURE:30412:"primary","left open"}.
_LIST = re.compile(r"\{[^{}\n]{0,300}\}")
# A sentence of the template that the writer struck out: "[The drain was placed.] Not used."
_ANSWERED_NO = re.compile(r"\[([^\[\]\n]{2,60})\][ ]{0,2}(?:->|-->|=|:)[ ]?(?:no|none|not)\b", re.I)
_STRUCK = re.compile(
    r"\[([^\[\]\n]{12,400})\][ ]{0,2}"
    r"(?:n/a|not (?:used|done|needed|applicable|performed)|none|delete|<-)",
    re.I,
)
# A short question that the writer answers himself: "Drain? No, a dry dressing."
_ASKED_NO = re.compile(
    r"(?<![^.?!;:,\n])[^.?!;:,\n]{2,40}\?(?=[ ]{1,3}(?:no|none|not|nope)\b(?!:))", re.I
)
_LINE = re.compile(r"[^\n]+")
_OPTION_ENDS = re.compile(r"[;|]|\.\s|\s{3,}")
_NO = re.compile(r"\W*(?:no|none|not|n/a|na|n)\b", re.I)
_EMPTY = "\u2610"


def not_chosen(text: str) -> list[tuple[int, int]]:
    """The stretches, (start, end), of `text` that the form says and the writer does not."""
    offered = [
        match.span()
        for form in (_LIST, _STRUCK, _ANSWERED_NO, _ASKED_NO)
        for match in form.finditer(text)
    ]
    return [*_unticked(text), *offered]


def _unticked(text: str) -> list[tuple[int, int]]:
    """What stands beside an empty box or a ticked "no".

    An option runs from its box to the next box or the end of its part of the line. On a line that
    ends with a box, the boxes stand behind their options.
    """
    if not _BOX.search(text):
        return []
    return [
        span for line in _LINE.finditer(text) for span in _of_line(text, line.start(), line.end())
    ]


def _of_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    boxes = list(_BOX.finditer(text, start, end))
    if not boxes:
        return
    if not text[boxes[-1].end() : end].strip(" .,;"):
        before = start
        for box in boxes:
            if not _ticked(box):
                yield before, box.start()
            before = box.end()
        return
    for box, following in zip(boxes, [*boxes[1:], None], strict=True):
        stop = following.start() if following else end
        option = _OPTION_ENDS.search(text, box.end(), stop)
        stop = option.start() if option else stop
        if not _ticked(box):
            yield box.end(), stop
        elif _NO.match(text, box.end(), stop):
            yield start, boxes[0].start()


def _ticked(box: re.Match[str]) -> bool:
    return bool(box[1] or box[2] or (box[3] and box[3] != _EMPTY))
