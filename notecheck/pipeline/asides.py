"""What a sentence says in passing: what an earlier year's operation did, what a consent lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from notecheck.models import ExclusionReason

# "... shortened in 2023 for a recurrence (femur re-cut in the upper third, with myodesis)"
_YEAR_THEN_ASIDE = re.compile(
    r"\b(?:in|on|of|since) (?:[a-z]+ )?(?:\d{1,2}(?:st|nd|rd|th)?,? )?((?:19|20)\d\d)\b"
    r"[^().;]{0,60}\(([^()]{10,200})\)",
    re.I,
)
# "Consent, read out at the pause, covers: drainage; skin graft." It ends with its sentence, at an
# empty line, and where the next line has a label.
_CONSENT_LIST = re.compile(
    r"\bconsent\b[^.:;\n]{0,60}\b(?:covers?|covered|includ(?:es?|ed|ing)|lists?|listed|names?|named)"
    r"\b[^.:;\n]{0,20}:((?:[^.:\n]|\n(?!\s*\n|[^\n]{0,40}:)){1,400})",
    re.I,
)


def asides(text: str, operated: dt.date | None) -> Iterator[tuple[int, int, ExclusionReason]]:
    """The stretches of `text`, (start, end), with the reason why they tell nothing of today.

    `operated` is the date of the document: an aside on its own year is none.
    """
    for match in _YEAR_THEN_ASIDE.finditer(text):
        if operated is None or int(match[1]) < operated.year:
            yield match.start(2), match.end(2), "history"
    for match in _CONSENT_LIST.finditer(text):
        yield match.start(1), match.end(1), "consent"
