"""A copy of the text that is easier to match, character for character as long as the original.

Because no character is added or removed, an offset into the copy is an offset into the text as
given: nothing has to be mapped back.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from notecheck.pipeline.page_lines import without_page_lines
from notecheck.pipeline.sentence_words import sentence_words
from notecheck.pipeline.wrapping import lines_that_go_on, unwrapped

_TYPESET = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    # Windows-1252 that was read as ISO 8859-1.
    **dict.fromkeys("\x91\x92", "'"),
    **dict.fromkeys("\x93\x94", '"'),
    **dict.fromkeys("\x96\x97", "-"),
}
_SAME_LENGTH = {
    **_TYPESET,
    "`": "'",
    **dict.fromkeys("\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
    **dict.fromkeys("\u2022\u25cf\u25aa\u00b7\u2023\u25e6\x95", "*"),
    "\u00d7": "x",
    "\u2192": ">",
    **{part: part for part in "\u00bd\u00bc\u00be"},  # NFKD would make "2\u00bd" a 21
}
_BLANKS = "".join(map(chr, [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]))
_TYPEWRITER = {
    **_TYPESET,
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys("\u0085\u2028\u2029\u000b\u000c", "\n"),
}
_NOT_OF_TYPEWRITER = re.compile(f"[{''.join(_TYPEWRITER)}]")
_UPPER, _LOWER = ascii_uppercase.encode(), ascii_lowercase.encode()
_FEW_OF_THE_OTHER_CASE = 0.01


class _Table(dict[int, str]):
    """`str.translate` table that works out each character once, on first sight."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _SAME_LENGTH:
            plain = _SAME_LENGTH[character]
        elif character.isspace() or code < 32:
            plain = " "
        else:
            base = unicodedata.normalize("NFKD", character)[:1] or character
            base = str(unicodedata.decimal(base, base))
            plain = base.lower() if len(base.lower()) == 1 else character
            if plain.isspace():
                plain = " "
        self[code] = plain
        return plain


_TABLE = _Table()


class _Capitals(NamedTuple):
    """What finds the letters that a careful writer of a line would have made capitals."""

    whole: re.Pattern[str]
    goes_on: re.Pattern[str]  # of a line that goes on with the one before


@cache
def _capitals() -> _Capitals:
    goes_on = (
        rf"(?:(?<=[.:!?)] ){sentence_words().no_unit}|(?<=[.:!?]  )"
        r"|(?<=[a-z0-9)]{2}[.:])(?=[a-z]{2})|(?:(?<=  )|^)(?=[a-z][a-z /]{1,25}:)"
        r"|(?<=[.:][1-9]\. )|(?<=[a-z0-9]{2}[.:],)|(?<=\.,[1-9]\. )|(?<=\| ))[a-z]"
    )
    whole = rf"^[^\w\n]*[a-z]|^\s*\d{{1,2}}[.)]\s*[a-z]|{goes_on}"
    return _Capitals(re.compile(whole), re.compile(goes_on))


def normalize(text: str) -> str:
    """Lower-case `text`; fold accents, figures, quotes, dashes and every blank; same length."""
    return text.translate(_TABLE).replace("**", "  ")


def tidy(text: str) -> str:
    """`text` with line ends, blanks and quotes as a plain typewriter has them; same length.

    Capitals stay, because headings and the beginnings of statements are told by them; a note that
    is written in one case throughout is given those that a careful writer would have set.
    """
    if "\r" in text:
        text = text.replace("\r", "\n")
    if not text.isascii():
        text = _NOT_OF_TYPEWRITER.sub(lambda match: _TYPEWRITER[match[0]], text)
    one_case = _has_one_case(text)
    text = without_page_lines(text, one_case=one_case)
    return unwrapped(_sentence_case(text) if one_case else text)


def _has_one_case(text: str) -> bool:
    if text.isascii():
        plain = text.encode()
        upper = len(plain) - len(plain.translate(None, _UPPER))
        lower = len(plain) - len(plain.translate(None, _LOWER))
    else:
        upper = sum(map(str.isupper, text))
        lower = sum(map(str.islower, text))
    return min(upper, lower) <= (upper + lower) * _FEW_OF_THE_OTHER_CASE


def _sentence_case(text: str) -> str:
    lines = text.split("\n")
    goes_on = lines_that_go_on(lines)
    cased: list[str] = []
    wrapped = False
    for at, line in enumerate(lines):
        plain = line.lower() if line.isascii() else "".join(map(_lower, line))
        starts = _capitals().goes_on if wrapped else _capitals().whole
        cased.append(starts.sub(_capital, plain))
        wrapped = at in goes_on
    return "\n".join(cased)


def _lower(character: str) -> str:
    return character.lower() if len(character.lower()) == 1 else character


def _capital(match: re.Match[str]) -> str:
    return match[0].upper() if len(match[0].upper()) == len(match[0]) else match[0]
