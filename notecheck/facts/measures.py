"""Reads the numbers and units of operative notes, in figures or in words."""

from __future__ import annotations

import re

from notecheck.timeline.number_words import number_words

_VULGAR = {"\u00bd": " 1/2", "\u00bc": " 1/4", "\u00be": " 3/4"}
_TOKEN = re.compile(r"\d+/\d+|\d*[.,]?\d+|[a-z]+")


def number(text: str) -> float | None:
    """The number that `text` tells in figures or words; of a range, the larger end.

    Reads "12", "2.5", "2 1/2", "twenty-four", "two and a half", "two point five", "10-12",
    "eight to ten" and "between two and three". None when `text` is no number.
    """
    plain, words = text.lower(), number_words()
    opening = next(filter(plain.startswith, words.range_opens), None)
    if opening:
        return _between(plain.removeprefix(opening))
    for sign, figures in _VULGAR.items():
        plain = plain.replace(sign, figures)
    values = [_single(part) for part in words.range.split(plain)]
    told = [value for value in values if value is not None]
    return max(told) if len(told) == len(values) else None


def _between(ends: str) -> float | None:
    """The larger end of "two and three", which without "between" would be a sum."""
    for joint in number_words().joint.finditer(ends):
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
    return round(value * _factor(number_words().square.sub("", unit.lower())) ** 2, 2)


def _factor(unit: str) -> float:
    return number_words().centimetres.get(unit.strip(" .-").lower()[:1], 1.0)


def _single(text: str) -> float | None:
    """One number, not a range: the sum of what stands between the "and"s."""
    words = number_words()
    plain = words.of_a_unit.sub("", text.strip())
    values = [_addend(part) for part in words.joint.split(plain)]
    told = [value for value in values if value is not None]
    return sum(told) if len(told) == len(values) else None


def _addend(text: str) -> float | None:
    """A number without "and": "twenty-four", "2 1/2", "two point five", "three quarters"."""
    known, words = number_words(), _TOKEN.findall(text)
    total: float | None = None
    for place, word in enumerate(words):
        if word in known.parts:
            # "a half" and "one half" are one part, "three quarters" three
            return (1.0 if total is None else total) * known.parts[word]
        if word in known.point:
            decimals = _addend(" ".join(words[place + 1 :]))
            return None if decimals is None else (total or 0.0) + float(f"0.{decimals:.0f}")
        if word in known.hundred:
            total = (total or 1.0) * 100
            continue
        if word in known.articles and len(words) > 1:
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
        return number_words().told.get(word)
    return float(word.replace(",", "."))
