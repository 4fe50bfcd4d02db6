"""Spoken years, ordinals and the short ways of telling days, put into figures."""

from __future__ import annotations

import re

# "3/52 ago": weeks, months and days as British notes write them.
_FRACTION = re.compile(r"\b(\d{1,2})/(52|12|7)(?= (?:ago|back|previously|prior|post))")
# "POD 27": days after the operation that is spoken of.
_POST_OP_DAY = re.compile(
    r"\b(?:pod|post ?op(?:erative)? day|day(?= ?#?\d+ (?:after|post|since|from|following|out)))"
    r" ?#?(\d{1,3})\b"
)
_FRACTION_UNIT = {"52": "week", "12": "month", "7": "day"}
_UNITS = {
    word: value
    for value, word in enumerate(
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        ).split(),
        1,
    )
} | {"oh": 0}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        1,
    )
} | {"thirtieth": 30}
_ORDINAL = re.compile(rf"(?<=[a-z] )(?:{'|'.join(_ORDINALS)})\b")
_SPOKEN_YEAR = re.compile(
    rf"\btwo thousand(?: and)?(?P<thousand>(?: (?:{'|'.join(_UNITS)}))?)\b"
    rf"|\b(?P<century>nineteen|twenty) (?P<tens>{'|'.join([*_TENS, *_UNITS])})"
    rf"(?: (?P<unit>{'|'.join(_UNITS)}))?\b"
)


def in_figures(words: str) -> str:
    """Spoken years and days as figures: "june second nineteen ninety four"."""
    words = _POST_OP_DAY.sub(lambda match: f"{match[1]} days ago", words)
    words = _FRACTION.sub(lambda match: f"{match[1]} {_FRACTION_UNIT[match[2]]}", words)
    words = _SPOKEN_YEAR.sub(_spoken_year, words)
    return _ORDINAL.sub(lambda match: str(_ORDINALS[match[0]]), words)


def _spoken_year(match: re.Match[str]) -> str:
    if match["thousand"] is not None:
        return str(2000 + _UNITS.get(match["thousand"].strip(), 0))
    tens, unit = match["tens"], match["unit"]
    rest = _UNITS.get(tens, _TENS.get(tens, 0)) + (_UNITS.get(unit, 0) if unit else 0)
    return str((1900 if match["century"] == "nineteen" else 2000) + rest)
