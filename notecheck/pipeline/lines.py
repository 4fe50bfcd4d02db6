"""Lines of a text as it was given, with whichever ends it has."""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r?\n|\r")
BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n|\r[ \t]*\r")
LIST_ITEM = re.compile(r"[ \t]*\(?(?:\d{1,2}|[a-z])[.)]")
_BEFORE_WORDS = " \t-*#>.\u20220123456789)(["  # the mark or number of a list's item


def begins_line(text: str, start: int) -> bool:
    """Whether nothing but a list's mark or number stands before `start` on its line."""
    # From `start` backwards: a line may be the whole of a note, and hold thousands of headings.
    while start and text[start - 1] in _BEFORE_WORDS:
        start -= 1
    return start == 0 or text[start - 1] in "\r\n"
