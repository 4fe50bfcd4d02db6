"""Words that the note repeats from elsewhere, and words that mean something else."""

from __future__ import annotations

import re

# A quotation of some length, soon after a word for a report or a letter, is somebody else's text.
_SOURCE = re.compile(
    r"\b(?:reports?|notes?|letters?|summary|dictation|dictated|record|records|states?|stated|reads?|chart|form|request(?:s|ed)?"
    r"|minutes|copied|copy|forward|booking|scheduled?|says?|said|consent|asks? for|order)\b"
)
_QUOTATION = re.compile(r'"[^"]{20,1500}"')
_LOOK_BACK = 160
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


def quoted_reports(normalized: str) -> list[tuple[int, int]]:
    """The stretches of the note, (start, end), that quote another text."""
    return [
        match.span()
        for match in _QUOTATION.finditer(normalized)
        if _SOURCE.search(normalized, max(0, match.start() - _LOOK_BACK), match.start())
    ]


def means_also_known_as(text: str) -> bool:
    """Whether a small "aka" is the everyday word: the note writes its abbreviations in capitals."""
    return len(_CAPITALS.findall(text)) >= 3
