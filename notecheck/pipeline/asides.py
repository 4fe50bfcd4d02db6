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


# "His first revision in 2020 was done because the femur was exposed", to the next comma or stop.
_TOLD_OF_A_DAY = re.compile(
    r"[^.;:,\n]{0,200}?\b(?:in|of|during) ([a-z]{3,9}\b\.?)?,? ?((?:19|20)\d\d)?\b[^.;,\n]{0,200}",
    re.I,
)
# Without one of these, the longer expression above, which is slow, finds no month and no year.
_NAMES_A_DAY = re.compile(
    r"\b(?:in|of|during) (?:(?:[a-z]{3,9}\b\.?)?,? ?(?:19|20)\d\d\b"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec))",
    re.I,
)
_IN_THE_PAST = re.compile(r"\b(?:was|were|had|did|has had|required|needed|underwent)\b", re.I)
_TO_THIS_DAY = re.compile(r"\b(?:now|today|since|still|is|are|has|have|presents?|and who)\b", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def earlier_days(text: str, operated: dt.date | None) -> Iterator[tuple[int, int, bool]]:
    """The stretches, (start, end, whether a year is told), in the past tense, of an earlier time.

    A month without a year is not that of the operation. Without a date of the operation there are
    none.
    """
    if operated is None or not _NAMES_A_DAY.search(text):
        return
    for match in _TOLD_OF_A_DAY.finditer(text):
        month, year = (match[1] or "").lower()[:3], match[2]
        if year is None and (month not in _MONTHS or match[1].lower() == "may"):
            continue
        past = int(year) < operated.year if year else _MONTHS.index(month) + 1 != operated.month
        if past and _IN_THE_PAST.search(match[0]) and not _TO_THIS_DAY.search(match[0]):
            yield match.start(), match.end(), year is not None


def asides(text: str, operated: dt.date | None) -> Iterator[tuple[int, int, ExclusionReason]]:
    """The stretches of `text`, (start, end), with the reason why they tell nothing of today.

    `operated` is the date of the document: an aside on its own year is none.
    """
    for match in _YEAR_THEN_ASIDE.finditer(text):
        if operated is None or int(match[1]) < operated.year:
            yield match.start(2), match.end(2), "history"
    for match in _CONSENT_LIST.finditer(text):
        yield match.start(1), match.end(1), "consent"
