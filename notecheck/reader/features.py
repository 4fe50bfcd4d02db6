"""A sentence and what stands beside it -> hashed features, the same in training and in reading.

Four blocks: words by ones, twos and threes; runs of three to five characters within a word; the
section by the kind of document; the words of the neighbouring sentences. Each block has length
about 1, the neighbours `_BESIDE`, so that long sentences weigh no more than short ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

SIZE = 1 << 17  # places of the hash; a power of two
_BESIDE = 0.3
_PLACE = 0.6
_LONGEST = 120  # words of a sentence that are looked at
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_NUMBER = "#"  # all numbers are one word
# What a document is, as far as it matters for what its sentences are about.
_KINDS = {
    "operative_note": "operative",
    "discharge_summary": "after",
    "admission_order": "order",
    "other": "other",
}
_BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: its words, those of the sentences beside it, its section and document kind."""

    words: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...]
    section: str
    kind: str


def words_of(normalized: str, start: int, end: int) -> tuple[str, ...]:
    """The words of `normalized[start:end]`, numbers as one sign."""
    found = _WORD.findall(normalized, start, end)[:_LONGEST]
    return tuple(_NUMBER if word[0].isdigit() else word for word in found)


def word_spans(normalized: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where each of the words of `words_of` stands."""
    return [m.span() for m in _WORD.finditer(normalized, start, end)][:_LONGEST]


def kind_of(document_type: str) -> str:
    """The kind of a document of this type."""
    return _KINDS.get(document_type, _BEFORE)


def features(row: Row) -> Iterator[tuple[int, float]]:
    """The features of a row, (place, value); a place may come more than once and then adds up."""
    for places, value in blocks(row):
        for place in places:
            yield place, value


def blocks(row: Row) -> Iterator[tuple[Sequence[int], float]]:
    """The places of each block, with the value that each of them has."""
    words = places_of_words(row.words)
    if words:
        yield words, len(words) ** -0.5
    characters = [place for word in row.words for place in places_in_word(word)]
    if characters:
        yield characters, len(characters) ** -0.5
    yield places_of_section(row.section, row.kind), _PLACE
    beside = [place for words in row.beside for place in places_beside(words)]
    if beside:
        yield beside, _BESIDE * len(beside) ** -0.5


def places_of_words(words: Sequence[str]) -> list[int]:
    """One place for each word, pair and triple of words that follow each other."""
    pairs = [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    triples = [f"{a} {b}" for a, b in zip(pairs, words[2:], strict=False)]
    return [_place(gram) for grams in (words, pairs, triples) for gram in grams]


@lru_cache(maxsize=20_000)
def places_in_word(word: str) -> tuple[int, ...]:
    """One place for each run of three to five characters of a word and its edges."""
    edged = f"<{word}>"
    return tuple(
        _place(f"c:{edged[start : start + length]}")
        for length in (3, 4, 5)
        for start in range(len(edged) - length + 1)
    )


@lru_cache(maxsize=1_000)
def places_of_section(section: str, kind: str) -> tuple[int, ...]:
    """One place for the section, one for the kind of document, one for both."""
    return _place(f"s:{section}"), _place(f"k:{kind}"), _place(f"s:{section} {kind}")


@lru_cache(maxsize=2_000)
def places_beside(words: tuple[str, ...]) -> tuple[int, ...]:
    """One place for each word and pair of words of a sentence, as a neighbour sees it."""
    pairs = [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    return tuple(_place(f"n:{gram}") for grams in (words, pairs) for gram in grams)


def _place(gram: str) -> int:
    return crc32(gram.encode()) & (SIZE - 1)
