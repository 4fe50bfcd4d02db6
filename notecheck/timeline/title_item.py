"""The items of a title's list: "1. Re-amputation left thigh; b) debridement right heel"."""

from __future__ import annotations

import re

from notecheck.pipeline.mentions import Sentence

_NEXT = re.compile(r"[;+\n]|(?<=\s)\(?[\da-hA-H][.)](?=\s)")


def title_item(text: str, start: int, end: int, sentence: Sentence) -> tuple[int, int]:
    """The offsets of the item, of a title's `sentence` in `text`, in which `start` to `end` lie."""
    marks = [m.start() for m in _NEXT.finditer(text, sentence.start, sentence.end)]
    first = max((mark for mark in marks if mark < start), default=sentence.start)
    return first, min((mark for mark in marks if mark >= end), default=sentence.end)
