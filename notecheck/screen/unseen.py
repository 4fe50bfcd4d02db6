"""Signs that a page does not show, and that a word is the same without; signs written as names."""

from __future__ import annotations

import html
import re

SOFT_HYPHEN = "\u00ad"
# Breaks and joins of no width, marks of direction, invisible operators, byte-order marks.
UNSEEN = re.compile(
    "[\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
# A soft hyphen with the end of a line behind it.
SOFT_BREAK = re.compile(rf"{SOFT_HYPHEN}+(?:[ \t]*(?:\r\n?|\n)[ \t]*)?")
# A sign by its name or number in HTML, which an interface may leave in plain text, also escaped
# again ("&amp;#8209;").
ENTITY = re.compile(r"&(?:amp;)*(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,8});")


def named_sign(entity: str) -> str:
    """What an entity stands for; itself where it is none."""
    name = entity.removeprefix("&")
    while name.startswith("amp;") and name != "amp;":
        name = name.removeprefix("amp;")
    sign = html.unescape(f"&{name}")
    return sign if len(sign) == 1 else entity
