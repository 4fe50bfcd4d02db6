"""From a character offset to the line that a reader would count to."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\n|\r")


class LineIndex:
    r"""The lines of one text, which may mix the line ends `\n`, `\r\n` and `\r`.

    `starts` holds the offset at which each line starts; a line keeps its own line end.
    """

    def __init__(self, text: str) -> None:
        self.starts = (0, *(found.end() for found in _LINE_END.finditer(text)))
        self._length = len(text)

    def line(self, offset: int) -> int:
        """The number, from 1, of the line that holds `offset`, a Python string offset.

        A line end belongs to the line that it ends; the end of the text to the last line.
        Raises IndexError for an offset outside the text.
        """
        if not 0 <= offset <= self._length:
            raise IndexError(f"offset {offset} is outside a text of {self._length} characters")
        return bisect_right(self.starts, offset)
