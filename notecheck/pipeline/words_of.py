"""Lists of words as parts of expressions."""

from __future__ import annotations

import re
from collections.abc import Sequence


def any_of(words: Sequence[str]) -> str:
    """An expression for any of these words, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def none_before(words: Sequence[str]) -> str:
    """An expression that holds where none of these words and a blank stands right before."""
    return "".join(rf"(?<!\b{re.escape(word)}\s)" for word in words)
