"""Puts right what dictation, recognition, typing and fax got wrong, and remembers where it was.

Matching runs on the repaired text; evidence is quoted from the text as given. Almost every note
needs no repair and pays only for the look.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from notecheck.pipeline.occurrences import occurrences
from notecheck.rules.slips import Slips
from notecheck.rules.word_table import any_of

_FAX_WORD = re.compile(
    r"(?<![^\W_])[^\W_]{0,20}(?:rn|[a-zA-Z][01]|[01][a-zA-Z])[^\W_]{0,20}(?![^\W_])"
)
_FAX_NUMBER = r"\b(?=[lIO]*\d)(?=\d*[lIO])[lIO\d]{2,4}"  # "l3", "2O": figures read as letters
_BROKEN_WORD = re.compile(r"([A-Za-z]{2,})-[ \t]*\n[ \t]*([a-z]{2,})")
_BREAK = re.compile(r"-[ \t]*\n")
_LONG = 5
_LONG_WORD = re.compile(rf"\b[A-Za-z]{{{_LONG},}}\b")
_RUN = re.compile(r"[^\W_]+")
_find_runs = _RUN.findall
_APART = re.compile(r"[ \t]+|[ \t]*\n[ \t]*")  # between the parts of one word
_FIGURES = str.maketrans("lIO", "110")
# Of a word that is none, with what stands around it: three words and two, the longest first.
_AROUND = ((-1, 2), (-2, 1), (0, 3), (-1, 1), (0, 2))
_LONG_TOGETHER = 7  # letters
_LONGEST_ENDING = 3  # letters that may be a word's own ending: "patients"
_LEAST_PART = 3  # letters of a part, where the word is only heard
_MOST_KNOWN = 10_000  # words


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text put right, and how its offsets lead back into the text as given."""

    text: str
    _starts: list[int] = field(default_factory=list)  # where each repair begins, repaired offsets
    _ends: list[int] = field(default_factory=list)  # where it ends
    _given: list[tuple[int, int]] = field(default_factory=list)  # the same, offsets as given
    before: Repaired | None = None  # an earlier change of the text, whose result this one was given

    @property
    def changed(self) -> bool:
        """Whether anything was put right."""
        return bool(self._starts) or (self.before is not None and self.before.changed)

    def given(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as given that `text[start:end]` stands for; whole slips only."""
        start, end = self._back(start, first=True), self._back(end, first=False)
        return self.before.given(start, end) if self.before else (start, end)

    def _back(self, offset: int, *, first: bool) -> int:
        index = bisect_right(self._starts, offset if first else offset - 1) - 1
        if index < 0:
            return offset
        if offset < self._ends[index] or (not first and offset <= self._ends[index]):
            return self._given[index][0 if first else 1]
        return self._given[index][1] + offset - self._ends[index]


class Repairer:
    """Repairs texts by lists of slips, a vocabulary, and the units that show a figure.

    Of `in_parts` are the words that may have been heard as two or three.
    """

    def __init__(
        self,
        read_as: Mapping[str, str],
        slips: Slips,
        in_parts: Slips,
        vocabulary: frozenset[str],
        units: Sequence[str],
    ) -> None:
        self._misheard = {" ".join(said.split()): meant for said, meant in read_as.items()}
        first_words = "|".join(
            re.escape(said).replace(r"\ ", r"[\s-]+")
            for said in sorted(self._misheard, key=len, reverse=True)
        )
        self._slips = re.compile(rf"(?<![a-z0-9])(?:{first_words})(?![a-z0-9])", re.I)
        runs_of_slips = map(_find_runs, self._misheard)
        self._words_of_slips = {f" {' '.join(runs)} ": frozenset(runs) for runs in runs_of_slips}
        self._parts_of_slips = frozenset().union(*self._words_of_slips.values())
        self._vocabulary = vocabulary
        # A unit shows that figures are meant.
        self._fax_number = re.compile(rf"{_FAX_NUMBER}(?=[ \t]*{any_of(units)})")
        self._of_the_pen = slips
        self._of_parts = in_parts
        self._known: dict[str, str | None] = {}
        self._plain: set[str] = set()  # words seen that are no slip nor part of one

    def repair(self, before: Repaired) -> Repaired:
        """The text with its slips put right; the very same when there are none.

        The words are looked at first: only for those that may be slips is the text searched.
        """
        text = before.text
        edits: dict[int, tuple[int, str]] = {}
        words = self._doubtful(text)
        for match in self._misheard_in(text, words):
            said = " ".join(match[0].lower().replace("-", " ").split())
            meant = self._misheard.get(said)
            if meant and meant != match[0].lower():
                edits[match.start()] = (match.end(), meant)
        with_figures = [word for word in words if not (word.isalpha() or word.isdigit())]
        if any(map(self._from_fax, [*with_figures, *(word for word in words if "rn" in word)])):
            for match in _FAX_WORD.finditer(text):
                if meant := self._from_fax(match[0]):
                    edits.setdefault(match.start(), (match.end(), meant))
        if with_figures:
            for match in self._fax_number.finditer(text):
                edits.setdefault(match.start(), (match.end(), match[0].translate(_FIGURES)))
        if _BREAK.search(text):
            for match in _BROKEN_WORD.finditer(text):
                whole = match[1] + match[2]
                if whole.lower() in self._vocabulary:
                    edits.setdefault(match.start(), (match.end(), whole))
        for (start, end), meant in self._in_parts(text):
            edits.setdefault(start, (end, meant))
        if any([self._nearest(word) for word in words if len(word) >= _LONG]):
            for match in _LONG_WORD.finditer(text):
                if meant := self._nearest(match[0].lower()):
                    edits.setdefault(match.start(), (match.end(), meant))
        return edited(text, edits, before) if edits else before

    def _doubtful(self, text: str) -> set[str]:
        """The words of the text, in lower case, by which it may need a repair."""
        words = set(map(str.lower, set(_find_runs(text)))) - self._plain
        if len(self._plain) > _MOST_KNOWN:  # a long run meets ever new words
            self._plain.clear()
        plain = {word for word in words if self._is_plain(word)}
        self._plain |= plain
        return words - plain

    def _misheard_in(self, text: str, words: set[str]) -> Iterator[re.Match[str]]:
        """Where something misheard stands in a text with these words, in order and apart.

        The expression of all that may be misheard is slow: it is tried only where something begins
        whose words stand in a row. Beyond ASCII a letter may be one of another code.
        """
        if not text.isascii():
            yield from self._slips.finditer(text)
            return
        held = [said for said, parts in self._words_of_slips.items() if words >= parts]
        row = f" {' '.join(_find_runs(text)).lower()} " if held else ""
        first_words = {said.split()[0] for said in held if said in row}
        plain, end = text.lower() if first_words else "", 0
        for start in sorted(place for word in first_words for place in occurrences(word, plain)):
            match = self._slips.match(text, start) if start >= end else None
            if match:
                yield match
                end = match.end()

    def _is_plain(self, word: str) -> bool:
        return (
            (word.isalpha() or word.isdigit())
            and word not in self._parts_of_slips
            and not ("rn" in word and self._from_fax(word))
            and not (len(word) >= _LONG and self._nearest(word))
        )

    def _in_parts(self, text: str) -> Iterator[tuple[tuple[int, int], str]]:
        """Words that were heard as two or three, one of them no word: "trans metta tarsal"."""
        if next(self._rows_of_parts(_find_runs(text.lower())), None) is None:
            return  # most: where the words stand need not be known
        runs = list(_RUN.finditer(text))
        for first, last, meant in self._rows_of_parts([run[0].lower() for run in runs]):
            parts = runs[first:last]
            if all(_APART.fullmatch(text, a.end(), b.start()) for a, b in pairwise(parts)):
                yield (parts[0].start(), parts[-1].end()), meant

    def _rows_of_parts(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """The places of the words that are parts of one, as (first, last + 1, the one)."""
        known, small = self._vocabulary, _small_words()
        strange = [
            at for at, w in enumerate(words) if w not in known and w not in small and w.isalpha()
        ]
        for at in strange:
            for first, last in _AROUND:
                parts = words[max(0, at + first) : at + last]
                if len(parts) < last - first or not small.isdisjoint(parts):
                    continue
                if meant := self._put_together(parts):
                    yield at + first, at + last, meant
                    break

    def _put_together(self, parts: Sequence[str]) -> str | None:
        """The one long word that the parts are, or sound like; not one of them with an ending."""
        word = "".join(parts)
        if len(word) < _LONG_TOGETHER or not word.isalpha():
            return None
        meant = self._of_parts.put_together(word)
        if word in meant:
            return word
        if min(map(len, parts)) < _LEAST_PART:
            return None
        if len(meant) != 1 or any(
            meant[0].startswith(part) and len(meant[0]) - len(part) <= _LONGEST_ENDING
            for part in parts
        ):
            return None
        return meant[0]

    def _from_fax(self, word: str) -> str | None:
        """A word whose m was read as "rn", or whose o and l were read as figures."""
        plain = word.lower()
        if plain in self._vocabulary or plain.isdigit():
            return None
        for attempt in (
            plain.replace("rn", "m"),
            plain.replace("rn", "m").replace("0", "o").replace("1", "l"),
            plain.replace("0", "o").replace("1", "i"),
        ):
            if attempt != plain and attempt in self._vocabulary:
                return attempt
        return None

    def _nearest(self, word: str) -> str | None:
        """The one word that `word` is a slip of."""
        if word not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: str) -> str | None:
        near = [] if word in self._vocabulary else self._of_the_pen.near(word)
        return near[0] if len(near) == 1 else None


@cache
def _small_words() -> Set[str]:
    """The words of English that hold others together: none of them is part of a longer word."""
    from spacy.lang.en.stop_words import STOP_WORDS  # notes that concern nothing need no spaCy

    return STOP_WORDS


def edited(
    text: str, edits: Mapping[int, tuple[int, str]], before: Repaired | None = None
) -> Repaired:
    """`text` with `edits`: by where each begins, where it ends and what is put in its place.

    Of edits that overlap the first one holds. A word in plain small letters has the capitals of the
    one that it stands for. `before` is the change that `text` comes from.
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    given: list[tuple[int, int]] = []
    done = length = 0
    for start in sorted(edits):
        end, meant = edits[start]
        if start < done:
            continue
        if text[start].isupper() and meant.isascii() and meant.islower():
            meant = meant.upper() if text[start:end].isupper() else meant.capitalize()
        parts += [text[done:start], meant]
        length += start - done
        starts.append(length)
        length += len(meant)
        ends.append(length)
        given.append((start, end))
        done = end
    parts.append(text[done:])
    return Repaired("".join(parts), starts, ends, given, before)
