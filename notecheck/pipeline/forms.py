"""What a form offers and the writer did not choose: unticked boxes, lists, what was struck out.

The words are data: `patterns/structure/forms.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of

# It begins with the signs at which it can match, which Python looks for fast.
_BOX = re.compile(
    r"[\[(\u2610\u2611\u2612](?:(?<=\[) ?([xv*\u2713\u2714]?) ?\]|(?<=\() ?([xv\u2713\u2714]?) ?\)"
    r"|(?<=([\u2610\u2611\u2612])))",
    re.I,
)
# An unfilled list of the template: {CLOSURE:30412:"primary","left open"}.
_LIST = re.compile(r"\{[^{}\n]{0,300}\}")
# A choice of the template that nobody made: [none / BKA / AKA]; a chosen word would be marked.
_CHOICE = re.compile(
    r"\[(?=[^\[\]\n]*(?: [/|] |[a-z]{3}[/|][a-z]{3}))(?:[^\[\]\n*<>_^]|\*{3}){3,200}\]", re.I
)
_LABEL = re.compile(r"\b[a-z][a-z /-]*:[ ]*$", re.I)
_LONGEST_LABEL = 40  # characters
_SEVERAL = re.compile("[/|,]")  # between choices
_SEVERAL_BEHIND = re.compile("[/|]")
_LONGEST_CHOICES = 160  # characters
_LINE = re.compile(r"[^\n]+")
_OPTION_ENDS = re.compile(r"[;|]|\.\s|\s{3,}")
_ENDED = re.compile(r"[ ]*(?:[.,;|]|$)", re.M)
_EMPTY = "\u2610"


class _FormFile(WordTable):
    answered: Words
    asked: Words
    denied: Words
    asking: Words
    to_choose: Words
    struck_out: Words
    no: Words


@dataclass(frozen=True, slots=True)
class _FormWords:
    """What the writer says no to: what stands in brackets, struck out or answered, or is asked.

    `denied` is the label of an entry whose answer is no, `question` a whole one, whoever answers
    it, `no` begins an option that says no.
    """

    struck_out: re.Pattern[str]
    answered: re.Pattern[str]
    asked: re.Pattern[str]
    denied: re.Pattern[str]
    question: re.Pattern[str]
    to_choose: re.Pattern[str]
    no: re.Pattern[str]


@cache
def _words() -> _FormWords:
    """Made once. Raises RulesError for a file that is wrong."""
    file = load_toml(pattern_file("structure/forms.toml"), _FormFile)
    return _FormWords(
        struck_out=re.compile(
            rf"\[([^\[\]\n]{{12,400}})\][ ]{{0,2}}{any_of(file.struck_out)}", re.I
        ),
        answered=re.compile(
            rf"\[([^\[\]\n]{{2,60}})\][ ]{{0,2}}(?:->|-->|=|:)[ ]?{any_of(file.answered)}\b", re.I
        ),
        # A short question that the writer answers himself.
        asked=re.compile(
            rf"(?<![^.?!;:,\n])[^.?!;:,\n]{{2,40}}\?(?=[ ]{{1,3}}{any_of(file.asked)}\b(?!:))", re.I
        ),
        denied=re.compile(
            rf"(?<![^.?!;,|\n])[^.?!;:,|\n]{{2,60}}:(?=[ ]{{0,3}}{any_of(file.denied)}"
            r"(?:[ ]*(?:[.;,|\n]|$)|[ ]{3}))",
            re.I,
        ),
        question=re.compile(
            rf"(?<![^.?!;:\n])[ ]?{any_of(file.asking)}\b[^.?!\n]{{3,200}}\?(?=\s|$)", re.I
        ),
        to_choose=re.compile(
            rf"\({any_of(file.to_choose)}\)(?:[ ]?:(?P<behind>[^.:\n]{{3,160}}))?", re.I
        ),
        no=re.compile(rf"\W*{any_of(file.no)}\b", re.I),
    )


def not_chosen(text: str) -> list[tuple[int, int]]:
    """The stretches, (start, end), of `text` that the form says and the writer does not."""
    words = _words()
    forms = [_LIST, _CHOICE, words.struck_out, words.answered]
    if "?" in text:
        forms.append(words.asked)
    offered = [match.span() for form in forms for match in form.finditer(text)]
    unanswered = [(_label(text, start), end) for start, end in offered]
    return [*_unticked(text), *unanswered, *_to_choose(text)]


def denied_entries(text: str) -> Iterator[tuple[int, int]]:
    """The labels, (start, end), of entries that are answered with no: "Skin breakdown: No."."""
    for match in _words().denied.finditer(text):
        yield match.span()


def questions(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that ask, (start, end): "Is the bone infected?"."""
    if "?" in text:
        for match in _words().question.finditer(text):
            yield match.span()


def _to_choose(text: str) -> Iterator[tuple[int, int]]:
    """The choices, with their label, beside each "(circle one)": no text circles one."""
    for asked in _words().to_choose.finditer(text):
        if asked["behind"]:
            if _SEVERAL_BEHIND.search(asked["behind"]):
                yield asked.span()
            continue
        farthest = max(0, asked.start() - _LONGEST_CHOICES)
        start = max(farthest, text.rfind("\n", farthest, asked.start()) + 1)
        if _SEVERAL.search(text, start, asked.start()):
            yield start, asked.end()


def _label(text: str, start: int) -> int:
    """Where the label of a field begins that has no answer: "Myodesis: {yes/no}" tells none."""
    label = _LABEL.search(text, max(0, start - _LONGEST_LABEL), start)
    return label.start() if label else start


def _unticked(text: str) -> list[tuple[int, int]]:
    """What stands beside an empty box or a ticked "no".

    An option runs from its box to the next box or the end of its part of the line. On a line that
    ends with a box, or whose last box ends a sentence, the boxes stand behind their options. Where
    no box is ticked, the label before them is not answered.
    """
    if not _BOX.search(text):
        return []
    return [
        span for line in _LINE.finditer(text) for span in _of_line(text, line.start(), line.end())
    ]


def _of_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    boxes = list(_BOX.finditer(text, start, end))
    first = 0
    for place, box in enumerate(boxes):
        following = boxes[place + 1] if place + 1 < len(boxes) else None
        begins = _next_entry(text, box.end(), following.start()) if following else None
        if begins is not None or following is None:
            stop = end if begins is None else begins
            yield from _of_entry(text, start, stop, boxes[first : place + 1])
            first, start = place + 1, stop


def _next_entry(text: str, start: int, end: int) -> int | None:
    """Where, between two boxes, an entry of its own begins: "[x] no. Open wounds [ ] yes"."""
    ended = _OPTION_ENDS.search(text, start, end)
    label = ended and text[ended.end() : end].strip()
    return ended.end() if ended and label else None


def _of_entry(
    text: str, start: int, end: int, boxes: list[re.Match[str]]
) -> Iterator[tuple[int, int]]:
    if not text[boxes[-1].end() : end].strip(" .,;") or _stand_behind(text, start, boxes):
        before = start
        for box in boxes:
            if not _ticked(box):
                yield before, box.start()
            before = box.end()
        return
    label = _label(text, boxes[0].start())
    if label < boxes[0].start() and not any(map(_ticked, boxes)):
        yield label, boxes[0].start()
    for box, following in zip(boxes, [*boxes[1:], None], strict=True):
        stop = following.start() if following else end
        option = _OPTION_ENDS.search(text, box.end(), stop)
        stop = option.start() if option else stop
        if not _ticked(box):
            says_no = _words().no.match(text, box.end(), stop)
            explained = text.find(":", box.end(), stop) if says_no else -1
            yield box.end(), stop if explained < 0 else explained
        elif _words().no.match(text, box.end(), stop):
            yield _last_entry(text, start, boxes[0].start()), boxes[0].start()


def _last_entry(text: str, start: int, end: int) -> int:
    """Where what stands right before the boxes begins: "Infected stump. Fever [ ] yes [x] no"."""
    ends = [match.end() for match in _OPTION_ENDS.finditer(text, start, end)]
    return next((place for place in reversed(ends) if text[place:end].strip()), start)


def _stand_behind(text: str, start: int, boxes: list[re.Match[str]]) -> bool:
    """Whether each box ends its option: "OBSERVATION [x]  INPATIENT [ ]. Diet as tolerated."."""
    first = text[start : boxes[0].start()].strip()
    ended = _ENDED.match(text, boxes[-1].end())
    return bool(first and not first.endswith((":", ".", "-")) and ended)


def _ticked(box: re.Match[str]) -> bool:
    return bool(box[1] or box[2] or (box[3] and box[3] != _EMPTY))
