"""Note text made harmless to show: no control character reaches a terminal or a page.

A note is untrusted. An escape sequence in it could rewrite what a terminal shows, and a
direction override could make words read in another order than they are stored.
"""

from __future__ import annotations

import re

import regex

_NOT_FOR_A_TERMINAL = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]")
_NOT_FOR_A_PAGE = regex.compile(r"[[\p{Cc}\p{Cs}\p{Bidi_Control}]--[\t\n\r]]", regex.VERSION1)
_BLANKS = re.compile(r"\s+")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_DELETE = "\x7f"


def one_line(text: str) -> str:
    r"""`text` on one line for a terminal.

    Runs of blanks, tabs and line ends become one blank; control, format and surrogate
    characters are written out (`\x1b`), so that they are seen and do nothing.
    """
    return _NOT_FOR_A_TERMINAL.sub(_written_out, _BLANKS.sub(" ", text).strip())


def page_text(text: str) -> str:
    """`text` for a web page, one character for one, so that offsets still hold.

    Tabs and line ends stay. Other control characters become their picture, and characters
    without a picture (surrogates, direction controls) the replacement character.
    """
    return _NOT_FOR_A_PAGE.sub(_pictured, text)


def _written_out(found: regex.Match[str]) -> str:
    return found[0].encode("unicode_escape", "surrogatepass").decode("ascii")


def _pictured(found: regex.Match[str]) -> str:
    character = found[0]
    if character == _DELETE:
        return "\N{SYMBOL FOR DELETE}"
    return chr(0x2400 + ord(character)) if character < " " else _REPLACEMENT
