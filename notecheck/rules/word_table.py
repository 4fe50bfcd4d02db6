"""Lists of words that code asks for, in files of `patterns/` and as parts of expressions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

Words = tuple[str, ...]


class WordTable(BaseModel):
    """A table of such a file; a key that nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def any_of(words: Sequence[str]) -> str:
    """An expression for any of these words, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def none_before(words: Sequence[str]) -> str:
    """An expression that holds where none of these words and a blank stands right before."""
    return "".join(rf"(?<!\b{re.escape(word)}\s)" for word in words)
