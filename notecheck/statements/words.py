"""The words of a sentence, and the inflections of the words of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

VerbForm = Literal["base", "s", "ing", "done"]  # "done" is past tense and participle alike

# A hyphen within a word is a blank: "above-knee" is two words. An arrow is a word.
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|<-*>|-*>|[^\s\-]")
_VOWELS = "aeiou"
_PREFIXES = frozenset({"re"})
_STRESSED = ("but", "cur", "fer", "mit", "pel")  # last syllables that double: "abutting"


class Word(NamedTuple):
    """`text` stands at `start:end` of the normalised text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words, numbers and signs of a text."""
    return [Word(m[0], m.start(), m.end()) for m in _WORD.finditer(text)]


class Wording:
    """A text split into words, once for all who ask.

    Where they stand, which takes three times as long, is worked out when it is asked for.
    """

    __slots__ = ("_words", "text", "texts")

    def __init__(self, text: str) -> None:
        self.text = text
        self.texts: tuple[str, ...] = split(text)
        self._words: list[Word] | None = None

    @property
    def words(self) -> list[Word]:
        if self._words is None:
            self._words = words_of(self.text)
        return self._words


def split(phrase: str) -> tuple[str, ...]:
    """The words alone, as of an entry of a word list."""
    return tuple(_WORD.findall(phrase))


def plurals(phrase: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A noun and its plural, said of its last word."""
    yield phrase
    *before, last = phrase
    if not last.isalpha() or last.endswith("s"):
        return
    if last.endswith(("x", "ch", "sh")):
        yield (*before, last + "es")
    elif last.endswith("y") and last[-2:-1] not in _VOWELS:
        yield (*before, last[:-1] + "ies")
    else:
        yield (*before, last + "s")


def verb_forms(
    phrase: tuple[str, ...], irregular: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], VerbForm]]:
    """A verb's forms, said of its first word, each with its name.

    `irregular` gives the past tenses of those that take no "-ed".
    """
    verb, *rest = phrase
    if verb in _PREFIXES and rest:  # "re-cut" is two words
        yield from (((verb, *form), name) for form, name in verb_forms(tuple(rest), irregular))
        return
    after = tuple(rest)
    yield (verb, *after), "base"
    yield (_third_person(verb), *after), "s"
    yield (_stem(verb) + "ing", *after), "ing"
    for done in irregular.get(verb, (_stem(verb, keep_e=True) + "ed",)):
        yield (done, *after), "done"
    if _doubles_l(verb):
        yield (verb + "ling", *after), "ing"
        yield (verb + "led", *after), "done"


def _doubles_l(verb: str) -> bool:
    """Whether a last l may be written twice: "controlled" always, "travelled" in Britain."""
    syllables = len(re.findall(rf"[{_VOWELS}]+", verb))
    return syllables > 1 and bool(re.search(rf"[^{_VOWELS}][{_VOWELS}]l$", verb))


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _stem(verb: str, *, keep_e: bool = False) -> str:
    """What "-ing" and "-ed" are added to: "clos", "stapl", "pinn", "ti(ed)"."""
    if keep_e and verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "i"
    if verb.endswith("ie") and not keep_e:
        return verb[:-2] + "y"
    if verb.endswith("e") and (keep_e or not verb.endswith("ee")):
        return verb[:-1]
    short = len(verb) > 2 and verb[-1] not in "aeiouwxyh" and verb[-2] in _VOWELS
    one_syllable = sum(letter in _VOWELS for letter in verb) == 1
    if short and verb[-3] not in _VOWELS and (one_syllable or verb.endswith(_STRESSED)):
        return verb + verb[-1]
    return verb
