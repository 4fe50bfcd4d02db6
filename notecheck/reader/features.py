"""A sentence and what stands beside it -> hashed features, the same in training and in reading.

Four blocks: words by ones, twos and threes; runs of three to five characters within a word; the
section by the kind of document; the words of the neighbouring sentences. Each block has length
about 1, the neighbours `BESIDE`, so that long sentences weigh no more than short ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from zlib import crc32

from notecheck.reader.known_words import known_words

SIZE = 1 << 17  # places of the hash; a power of two
BESIDE = 0.3
PLACE = 0.6
_LONGEST = 120  # words of a sentence that are looked at
_RUN = crc32(b"c:")  # what each run of characters begins with, so that it is no word
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
    beside: tuple[str, ...]  # the words of the sentence before and of the one after
    section: str
    kind: str


def words_of(normalized: str, start: int, end: int) -> tuple[str, ...]:
    """The words of `normalized[start:end]`, numbers as one sign, and so left and right."""
    found = _WORD.findall(normalized, start, end)[:_LONGEST]
    signs = known_words().signs
    return tuple(_NUMBER if word[0].isdigit() else signs.get(word, word) for word in found)


def word_spans(normalized: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where each of the words of `words_of` stands."""
    return [m.span() for m in islice(_WORD.finditer(normalized, start, end), _LONGEST)]


def kind_of(document_type: str) -> str:
    """The kind of a document of this type."""
    return _KINDS.get(document_type, _BEFORE)


def features(row: Row) -> Iterator[tuple[int, float]]:
    """The features of a row, (place, value); a place may come more than once and then adds up.

    `notecheck.reader.model` reckons with the same, a word's own places summed beforehand.
    """
    phrases = places_of_phrases(row.words)
    letters = [place for word in row.words for place in places_in_word(word)]
    for places, share in (
        ([*map(place_of_word, row.words), *phrases], share_of_words(len(row.words))),
        (letters, share_of(len(letters))),
        (places_of_section(row.section, row.kind), PLACE),
        (list(map(place_beside, row.beside)), BESIDE * share_of(len(row.beside))),
    ):
        for place in places:
            yield place, share


def share_of(count: int) -> float:
    """The value of each of so many features, so that together they have the length 1."""
    return count**-0.5 if count else 0.0


def share_of_words(words: int) -> float:
    """The same for words with their pairs and triples."""
    return share_of(words + max(0, words - 1) + max(0, words - 2))


def place_of_word(word: str) -> int:
    return _place(word)


def place_beside(word: str) -> int:
    """The place of a word of a neighbouring sentence."""
    return _place(f"n:{word}")


def places_of_phrases(words: Sequence[str]) -> list[int]:
    """One place for each pair and triple of words that follow each other."""
    # A checksum goes on from that of what stands before: no phrase is put together.
    following = [b" " + word.encode() for word in words[1:]]
    firsts = [crc32(word.encode()) for word in words[:-1]]
    pairs = list(map(crc32, following, firsts))
    triples = map(crc32, following[1:], pairs)
    return [checksum & (SIZE - 1) for checksum in (*pairs, *triples)]


def places_in_word(word: str) -> list[int]:
    """One place for each run of three to five characters of a word and its edges."""
    edged = f"<{word}>".encode()
    runs = [crc32(edged[at : at + 3], _RUN) for at in range(len(edged) - 2)]
    places = list(runs)
    for length in (4, 5):  # each run but the last by one character more
        longer = enumerate(runs[: len(edged) - length + 1], length - 1)
        runs = [crc32(edged[last : last + 1], run) for last, run in longer]
        places += runs
    return [checksum & (SIZE - 1) for checksum in places]


@lru_cache(maxsize=1_000)
def places_of_section(section: str, kind: str) -> tuple[int, ...]:
    """One place for the section, one for the kind of document, one for both."""
    return _place(f"s:{section}"), _place(f"k:{kind}"), _place(f"s:{section} {kind}")


def _place(gram: str) -> int:
    return crc32(gram.encode()) & (SIZE - 1)
