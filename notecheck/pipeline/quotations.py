"""Words that the note repeats from elsewhere, and words that mean something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from notecheck.pipeline.mentions import Mention

# A quotation of some length, soon after a word for a report or a letter, is somebody else's text.
_SOURCE = re.compile(
    r"\b(?:reports?|notes?|letters?|summary|dictation|dictated|record|records|states?|stated|reads?"
    r"|chart|form|request(?:s|ed)?|minutes|packet|pasted|transferred|copied|copy|forward|booking"
    r"|scheduled?|says?|said|consent|asks? for|order)\b"
)
# "Copied from 6/5 brief op note >> guillotine ... <<", to the end of its part of the note.
_COPIED = re.compile(
    r"\b(?:copied|pasted|imported|carried) (?:forward )?from\b.{0,60}?(?:>>|[:*\"]).{20,900}?"
    r"(?:<<|\*\*|\bend (?:of )?copy|\"(?= |$)|  (?= ))"
)
_MARK = re.compile('"')
_SOME_LENGTH = 22
_LONGEST = 1_500
_LOOK_BACK = 160
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_SEVERAL = 3
# A small "aka" is the everyday word, unless it is spoken of as a stump, dated, or given a side.
_AKA = re.compile(
    r"(?<!\bs/p )(?<!\b[lr] )(?<!\blt )(?<!\brt )(?<!\bleft )(?<!\bright )(?<!\bprior )(?<!\bold )"
    r"\baka\b(?! (?:(?:left|right|[lr]t?) )?(?:stump|site|wound|revision|'?\d))"
)


def quoted_reports(normalized: str) -> list[tuple[int, int]]:
    """The stretches of the note, (start, end), that quote another text."""
    return [match.span() for match in _COPIED.finditer(normalized)] + [
        (start, end)
        for start, end in _quotations(normalized)
        if end - start >= _SOME_LENGTH
        and _SOURCE.search(normalized, max(0, start - _LOOK_BACK), start)
    ]


def _quotations(normalized: str) -> Iterator[tuple[int, int]]:
    """What stands between quotation marks, taken in pairs; an inch sign is none of them."""
    opened: int | None = None
    for match in _MARK.finditer(normalized):
        here = match.start()
        if opened is None:
            if not normalized[here - 1 : here].isdigit():
                opened = here
        elif here - opened > _LONGEST:
            opened = here  # the mark before was never closed
        else:
            yield opened, here + 1
            opened = None


def means_also_known_as(sentences: Iterable[str]) -> bool:
    """Whether a small "aka" is the everyday word: the note writes its abbreviations in capitals.

    `sentences` are without their headings, which most notes write in capitals.
    """
    return sum(len(_CAPITALS.findall(sentence)) for sentence in sentences) >= _SEVERAL


def also_known_as(mention: Mention, text: str, *, spelt_out: bool) -> bool:
    """Whether a mention's "aka" joins two names; `spelt_out` as `means_also_known_as` tells."""
    return bool(
        mention.fact in ("prior", "amputation")
        and _AKA.search(text, mention.start, mention.end)
        and (spelt_out or text[: mention.end].rpartition("aka")[0].rstrip().endswith((",", "(")))
    )
