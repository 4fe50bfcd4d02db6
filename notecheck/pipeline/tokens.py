"""Where the tokens of a text stand."""

from __future__ import annotations

import re
from bisect import bisect_right

# Letters, a number with its decimals, any other sign, blanks that are not the one after a token.
TOKEN = re.compile(r"([^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|_+|\s+|\w)( ?)")


class Tokens:
    """The tokens of a text without a `Doc`, as `notecheck.pipeline.tokenizer` cuts them."""

    __slots__ = ("_ends", "_starts", "texts")

    def __init__(self, text: str) -> None:
        texts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for match in TOKEN.finditer(text):
            start, end = match.span(1)
            texts.append(match[1])
            self._starts.append(start)
            self._ends.append(end)
        self.texts = tuple(texts)

    def start(self, place: int) -> int:
        """The offset at which a token begins."""
        return self._starts[place]

    def holding(self, start: int, end: int) -> tuple[int, int]:
        """The tokens, (first, one past the last), that `text[start:end]` touches."""
        first = bisect_right(self._starts, start) - 1
        # The blank after a token is no part of it.
        return first + (self._ends[first] == start), bisect_right(self._starts, end - 1)
