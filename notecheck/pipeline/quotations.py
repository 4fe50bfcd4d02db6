"""Words that the note repeats from elsewhere, and words that mean something else.

The words are data: `patterns/pasted/quotations.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from notecheck.pipeline.mentions import Mention
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable, any_of, none_before

_MARK = re.compile('"')
_SOME_LENGTH = 22
_LONGEST = 1_500
_LOOK_BACK = 160
_LOOK_AHEAD = 20  # characters: a side and the word behind it
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_SEVERAL = 3


class _Everyday(WordTable):
    word: str
    facts: frozenset[str]
    spoken_of_before: tuple[str, ...]
    side: tuple[str, ...]
    spoken_of_after: tuple[str, ...]
    no_name_after: tuple[str, ...]

    def expression(self) -> re.Pattern[str]:
        """The word where nothing beside it tells the clinical meaning."""
        side = any_of(self.side)
        after = any_of((*self.spoken_of_after, *self.no_name_after))
        return re.compile(
            rf"{none_before(self.spoken_of_before)}\b{re.escape(self.word)}\b"
            rf"(?! (?:{side} )?(?:{after}\b|'?\d)|\s*(?:[.,;)]|$))"
        )


class _QuotationWords(WordTable):
    """The words of the file; see its own remarks."""

    source: tuple[str, ...]
    copied: tuple[str, ...]
    copied_from: tuple[str, ...]
    copy_ends: tuple[str, ...]
    everyday: tuple[_Everyday, ...]


@cache
def _words() -> _QuotationWords:
    return load_toml(pattern_file("pasted/quotations.toml"), _QuotationWords)


@cache
def _source() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(_words().source)}\b")


@cache
def _copied() -> re.Pattern[str]:
    """From the words that tell a copy to the end of its part of the note."""
    words = _words()
    copied, ends = any_of(words.copied), any_of(words.copy_ends)
    return re.compile(
        rf"\b{copied} {any_of(words.copied_from)}\b.{{0,60}}?(?:>>|[:*\"]).{{20,900}}?"
        rf"(?:<<|\*\*|\b{ends}|\"(?= |$)|  (?= ))"
    )


@cache
def _everyday() -> tuple[tuple[_Everyday, re.Pattern[str]], ...]:
    return tuple((everyday, everyday.expression()) for everyday in _words().everyday)


def quoted_reports(normalized: str) -> list[tuple[int, int]]:
    """The stretches of the note, (start, end), that quote another text."""
    return [match.span() for match in _copied().finditer(normalized)] + [
        (start, end)
        for start, end in _quotations(normalized)
        if end - start >= _SOME_LENGTH
        and _source().search(normalized, max(0, start - _LOOK_BACK), start)
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


def means_everyday_word(sentences: Iterable[str]) -> bool:
    """Whether an abbreviation in small letters is the everyday word: the note writes abbreviations
    in capitals.

    `sentences` are without their headings, which most notes write in capitals.
    """
    return sum(len(_CAPITALS.findall(sentence)) for sentence in sentences) >= _SEVERAL


def everyday_word(mention: Mention, text: str, *, spelt_out: bool) -> bool:
    """Whether a mention's abbreviation is an everyday word: "aka" joins two names.

    `spelt_out` as `means_everyday_word` tells.
    """
    return any(
        mention.fact in everyday.facts
        and _holds(expression, text, mention)
        and (spelt_out or _joins(text[: mention.end].rpartition(everyday.word)[0]))
        for everyday, expression in _everyday()
    )


def _holds(expression: re.Pattern[str], text: str, mention: Mention) -> bool:
    """Whether the expression matches words of a mention, by what follows it too."""
    found = expression.search(text, mention.start, mention.end + _LOOK_AHEAD)
    return found is not None and found.end() <= mention.end


def _joins(before: str) -> bool:
    return before.rstrip().endswith((",", "("))
