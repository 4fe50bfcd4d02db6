"""Reads the numbers and units of operative notes, in figures or in words."""

from __future__ import annotations

import re

_UNDER_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: float(value) for value, word in enumerate(_UNDER_TWENTY)}
_WORDS |= {word: 10.0 * value for value, word in enumerate(_TENS, start=2)}
_ARTICLES = ("a", "an")
_WORDS |= {"a": 1.0, "an": 1.0, "couple": 2.0, "fourty": 40.0}
_PARTS = {"half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3}
_PARTS |= {"quarter": 0.25, "quarters": 0.25, "fourth": 0.25, "fourths": 0.25}
_PARTS |= {"eighth": 0.125, "eighths": 0.125}
_VULGAR = {"\u00bd": " 1/2", "\u00bc": " 1/4", "\u00be": " 3/4"}

# "10-12" and "10 to 12" are ranges; the hyphens of "2-1/2" and "twenty-four" are blanks.
_RANGE = re.compile(r"(?<=\d)\s*-\s*(?=\d+(?!\d*/))|\s(?:to|or)\s|(?<=[a-z])\s+-\s+(?=[a-z])")
_TOKEN = re.compile(r"\d+/\d+|\d*[.,]?\d+|[a-z]+")
_OF_A_UNIT = re.compile(r"(?<=\w)\s+(?:of(?:\s+an?)?|an?)$")  # "half an", "a couple of"
_CM_PER = {"m": 0.1, "i": 2.54, '"': 2.54, "'": 2.54}


def number(text: str) -> float | None:
    """The number that `text` tells in figures or words; of a range, the larger end.

    Reads "12", "2.5", "2 1/2", "twenty-four", "two and a half", "two point five", "10-12",
    "eight to ten" and "between two and three". None when `text` is no number.
    """
    plain = text.lower()
    if plain.startswith("between "):
        return _between(plain.removeprefix("between "))
    for sign, figures in _VULGAR.items():
        plain = plain.replace(sign, figures)
    values = [_single(part) for part in _RANGE.split(plain)]
    told = [value for value in values if value is not None]
    return max(told) if len(told) == len(values) else None


def _between(ends: str) -> float | None:
    """The larger end of "two and three", which without "between" would be a sum."""
    for joint in re.finditer(r"\band\b", ends):
        lower, upper = number(ends[: joint.start()]), number(ends[joint.end() :])
        if lower is not None and upper is not None and lower < upper:
            return upper
    return number(ends)


def centimetres(value: float, unit: str) -> float:
    """`value` of `unit` in centimetres, rounded to a hundredth.

    `unit` is any spelling of centimetre, millimetre or inch that the lexicon knows, the inch
    sign too.
    """
    return round(value * _factor(unit), 2)


def square_centimetres(value: float, unit: str) -> float:
    """An area of `value` squares of `unit` in square centimetres, rounded to a hundredth.

    `unit` is a unit of length or of area: "cm", "sq cm", "mm2", "square inches".
    """
    return round(value * _factor(re.sub(r"sq(?:uare[ds]?)?\b\.?|[\s-]", "", unit.lower())) ** 2, 2)


def _factor(unit: str) -> float:
    plain = unit.strip(" .-").lower()
    if plain.startswith(("mm", "mil")):
        return _CM_PER["m"]
    return _CM_PER.get(plain[:1], 1.0)


def _single(text: str) -> float | None:
    """One number, not a range: the sum of what stands between the "and"s."""
    plain = _OF_A_UNIT.sub("", text.strip())
    values = [_addend(part) for part in re.split(r"\band\b", plain)]
    told = [value for value in values if value is not None]
    return sum(told) if len(told) == len(values) else None


def _addend(text: str) -> float | None:
    """A number without "and": "twenty-four", "2 1/2", "two point five", "three quarters"."""
    words = _TOKEN.findall(text)
    total: float | None = None
    for place, word in enumerate(words):
        if word in _PARTS:
            # "a half" and "one half" are one part, "three quarters" three
            return (1.0 if total is None else total) * _PARTS[word]
        if word == "point":
            decimals = _addend(" ".join(words[place + 1 :]))
            return None if decimals is None else (total or 0.0) + float(f"0.{decimals:.0f}")
        if word == "hundred":
            total = (total or 1.0) * 100
            continue
        if word in _ARTICLES and len(words) > 1:
            continue
        value = _word_value(word)
        if value is None:
            return None
        total = (total or 0.0) + value
    return total


def _word_value(word: str) -> float | None:
    """The value of one token: figures, a fraction or a word for a number."""
    if "/" in word:
        above, below = (int(figure) for figure in word.split("/"))
        return above / below if below else None
    if word[0].isalpha():
        return _WORDS.get(word)
    return float(word.replace(",", "."))
