"""Where words or signs stand in a text, also where two of the same share a character."""

from __future__ import annotations

from collections.abc import Iterator


def occurrences(sign: str, text: str) -> Iterator[int]:
    """The offsets at which it begins, in order."""
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)
