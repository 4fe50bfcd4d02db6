"""Dictation that a machine wrote down without stops."""

from __future__ import annotations

_SHORTEST, _WORDS_A_STOP = 40, 60  # words


def is_unpunctuated(normalized: str) -> bool:
    """Whether a machine wrote the dictation down with (almost) no stops or colons."""
    words = normalized.count(" ")
    return (
        words > _SHORTEST and normalized.count(".") + normalized.count(":") < words / _WORDS_A_STOP
    )
