"""A copy of the text that is easier to match, character for character as long as the original.

Because no character is added or removed, an offset into the copy is an offset into the text as
given: nothing has to be mapped back.
"""

from __future__ import annotations

import unicodedata

_SAME_LENGTH = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
    **dict.fromkeys("\u2022\u25cf\u25aa\u00b7\u2023\u25e6", "*"),
    "\u00d7": "x",
    "\u2192": ">",
    **{part: part for part in "\u00bd\u00bc\u00be"},  # NFKD would make "2\u00bd" a 21
}
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_TYPEWRITER = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys(_BLANKS, " "),
        **dict.fromkeys("\u0085\u2028\u2029\u000b\u000c", "\n"),
    }
)


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
            plain = base.lower() if len(base.lower()) == 1 else character
            if plain.isspace():
                plain = " "
        self[code] = plain
        return plain


_TABLE = _Table()


def normalize(text: str) -> str:
    """Lower-case `text`, fold accents, quotes, dashes and every kind of blank; same length."""
    return text.translate(_TABLE)


def tidy(text: str) -> str:
    """`text` with its line ends, blanks and quotes as a plain typewriter has them; same length.

    Capitals and accents stay: headings and sentence beginnings are told by them.
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return text if text.isascii() else text.translate(_TYPEWRITER)
