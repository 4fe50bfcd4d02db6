"""Whether a chart can matter: decided on the raw text, before anything is made of it.

The contract: a chart in which no document holds any word of the amputation family is not read. Most
of a hospital's charts are such, so this decides what a mixed batch costs. The words of a text are
looked up all at once; what was seen once and is no slip is remembered, in a bounded memory.

A literal automaton (such as ahocorasick-rs) finds the literals faster, but not the slips, two in a
long word, which need the words themselves; with the words at hand nothing is left for it to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from notecheck.models import Document
from notecheck.rules.files import patterns_root
from notecheck.rules.model import SpellingFile
from notecheck.rules.site import site_root
from notecheck.rules.slips import slips_allowed, slips_between, with_letters_left_out
from notecheck.screen.family import FamilyFile, family

# Whatever is neither letter nor figure becomes a blank; twice as fast as an expression.
_ONLY_WORDS = bytes(byte if chr(byte).isalnum() else 32 for byte in range(128)) + b" " * 128
_BREAK = re.compile(r"-[ \t]*\r?\n[ \t]*")
_MARKS = re.compile("[\u0300-\u036f]")
_MOST_KNOWN = 50_000  # words


class Screen:
    """Looks for the words of the family and for their slips.

    It may see one where the reading does not ("above. Knee"), never the other way round.
    """

    def __init__(self, words: FamilyFile, spelling: SpellingFile) -> None:
        self.message = words.message
        self._parts = words.parts
        self._words = frozenset(words.words)
        phrases = {" ".join(phrase.split()) for phrase in words.phrases}
        phrases |= {" ".join(_find_words(s)) for s, m in spelling.misheard.items() if self._in(m)}
        self._words |= {phrase for phrase in phrases if " " not in phrase}
        self._phrases = [(frozenset(p.split()), f" {p} ") for p in sorted(phrases) if " " in p]
        fuzzy = {word for group in spelling.fuzzy for word in group.words if self._in(word)}
        self._slips: dict[str, set[str]] = {}
        for word in fuzzy:
            for rest in with_letters_left_out(word, slips_allowed(word)):
                self._slips.setdefault(rest, set()).add(word)
        self._lengths: dict[str, set[int]] = {}
        for word in fuzzy:
            most = slips_allowed(word)
            near = range(len(word) - most, len(word) + most + 1)
            self._lengths.setdefault(word[0], set()).update(near)
        self._everyday = frozenset(spelling.everyday)
        self._plain: set[str] = set()  # words seen that are none of the family

    def concerns(self, text: str) -> bool:
        """Whether `text` holds a word of the family."""
        plain = text.lower() if text.isascii() else _folded(text)
        if "-\n" in plain or _BREAK.search(plain):
            plain = f"{plain} {_BREAK.sub('', plain)}"  # "ampu-", and on the next line "tation"
        for part in self._parts:
            if part in plain:
                return True
        in_order = _find_words(plain)
        words = set(in_order)
        if not self._words.isdisjoint(words):
            return True
        for among, phrase in self._phrases:
            if among <= words and phrase in f" {' '.join(in_order)} ":
                return True
        return self._any_slip(words - self._plain)

    def _any_slip(self, words: set[str]) -> bool:
        for word in words:
            if self._is_slip(word):
                return True
        if len(self._plain) > _MOST_KNOWN:  # a long run meets ever new words
            self._plain.clear()
        self._plain |= words
        return False

    def _is_slip(self, word: str) -> bool:
        if word in self._everyday:
            return False
        if ("rn" in word or not word.isalpha()) and any(map(self._in, _as_faxed(word))):
            return True
        if len(word) not in self._lengths.get(word[0], ()):
            return False
        near = {
            meant for rest in with_letters_left_out(word, 2) for meant in self._slips.get(rest, ())
        }
        return any(
            meant[0] == word[0] and slips_between(word, meant) <= slips_allowed(meant)
            for meant in near
        )

    def _in(self, phrase: str) -> bool:
        """Whether a phrase without slips holds a word of the family."""
        return not self._words.isdisjoint(phrase.split()) or any(p in phrase for p in self._parts)


def _find_words(plain: str) -> list[str]:
    """The words of a text in lower case, in order; a sign beyond ASCII stands between words."""
    return plain.encode("ascii", "replace").translate(_ONLY_WORDS).decode("ascii").split()


def _as_faxed(word: str) -> Iterable[str]:
    """What a word may have been before a fax machine read m as "rn", and o and l as figures."""
    m = word.replace("rn", "m")
    return m, m.replace("0", "o").replace("1", "l"), word.replace("0", "o").replace("1", "i")


def _folded(text: str) -> str:
    """Lower case without accents, and every other sign beyond ASCII as a blank is."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()


def concerns(documents: Iterable[Document]) -> bool:
    """Whether any document of a chart holds a word of the amputation family."""
    look = screen().concerns
    return any(look(document.text) for document in documents)


def screen() -> Screen:
    """The screen of this installation and its site. Raises RulesError for a file that is wrong."""
    return _screen_of(patterns_root(), site_root())


@cache
def _screen_of(root: Path, site: Path | None) -> Screen:
    return Screen(*family(root, site))
