"""Signs that a page does not show, and that a word is the same without."""

from __future__ import annotations

import re

SOFT_HYPHEN = "\u00ad"
# Breaks and joins of no width, marks of direction, invisible operators, byte-order marks.
UNSEEN = re.compile(
    "[\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
# A soft hyphen with the end of a line behind it.
SOFT_BREAK = re.compile(rf"{SOFT_HYPHEN}+(?:[ \t]*(?:\r\n?|\n)[ \t]*)?")
