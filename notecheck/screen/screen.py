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
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from pathlib import Path

from notecheck.models import Document
from notecheck.rules.file_models import SpellingFile
from notecheck.rules.files import patterns_root
from notecheck.rules.site import site_root
from notecheck.rules.slips import Slips
from notecheck.screen.family import FamilyFile, family
from notecheck.screen.unseen import ENTITY, SOFT_BREAK, SOFT_HYPHEN, UNSEEN, named_sign

# Whatever is neither letter nor figure becomes a blank; twice as fast as an expression.
_ONLY_WORDS = bytes(byte if chr(byte).isalnum() else 32 for byte in range(128)) + b" " * 128
# The second part is only looked at: it may be broken itself.
_BREAK = re.compile(r"(?<![a-z0-9])([a-z0-9]{1,25})-[ \t]*\r?\n[ \t]*(?=([a-z0-9]{1,25}))")
# Nearly every note is without one; what begins with a plain sign is found at once.
_HYPHEN_AT_END = re.compile(r"-[ \t]*\r?\n")
_MARKS = re.compile("[\u0300-\u036f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_MOST_KNOWN = 50_000  # words; all the notes of a clinic hold some 25,000
_FEW_SIGNS = 20
_APART = "\n"  # between words that are looked at together: it is in no part of a word


class Screen:
    """Looks for the words of the family and for their slips.

    It may see one where the reading does not ("above. Knee"), never the other way round.
    """

    def __init__(self, words: FamilyFile, spelling: SpellingFile) -> None:
        self.message = words.message
        self._parts = words.parts
        # Looked for in each word on first sight, so that only what is no part of a word is left.
        self._across_words = [p for p in words.parts if not (p.isascii() and p.isalnum())]
        self._words = frozenset(words.words)
        phrases = {" ".join(phrase.split()) for phrase in words.phrases}
        misheard = {" ".join(_find_words(s)): m for s, m in spelling.misheard.items()}
        phrases |= {said for said, meant in misheard.items() if self._in(meant)}
        for said, meant in misheard.items():  # "trans thermal shaft"
            phrases |= {p for phrase in list(phrases) for p in _said_in(phrase, said, meant)}
        self._words |= {phrase for phrase in phrases if " " not in phrase}
        self._phrases = [(frozenset(p.split()), f" {p} ") for p in sorted(phrases) if " " in p]
        # Words of the family only beside others: "residual", "limb", "femoral".
        self._in_row = frozenset().union(*(among for among, _ in self._phrases))
        fuzzy = (word for group in spelling.fuzzy for word in group.words)
        in_family = [w for w in fuzzy if w in self._in_row or self._in(w)]
        self._slips = Slips(in_family, by_ear=self._in_row | self._words | set(words.heard))
        self._everyday = frozenset(spelling.everyday)
        self._plain: set[str] = set()  # words seen that are none of the family
        self._meant: dict[str, str] = {}  # words seen that are slips of words of a phrase

    def concerns(self, text: str) -> bool:
        """Whether `text` holds a word of the family."""
        if "&" in text:
            text = ENTITY.sub(lambda found: named_sign(found[0]), text)
        plain = text.lower() if text.isascii() else _folded(text)
        if _HYPHEN_AT_END.search(plain):
            plain = f"{plain} {_BREAK.sub(self._joined, plain)}"
        if any(part in plain for part in self._across_words):
            return True
        in_order = _find_words(plain)
        words = set(in_order)
        if self._in_a_row(words, in_order):
            return True
        if len(self._plain) > _MOST_KNOWN:  # a long run meets ever new words
            self._plain.clear()
            self._meant.clear()
        new = words - self._plain
        if not self._words.isdisjoint(new) or self._has_part(_APART.join(new)):
            return True
        for word in new:
            stands_for = self._meanings(word)
            if not stands_for:  # nearly every word
                continue
            if any(map(self._in, stands_for)):
                return True
            for meant in stands_for & self._in_row:
                self._meant[word] = meant
        self._plain |= new
        if self._meant.keys().isdisjoint(words):
            return False
        put_right = [self._meant.get(word, word) for word in in_order]
        return self._in_a_row(set(put_right), put_right)

    def _joined(self, broken: re.Match[str]) -> str:
        """A word broken at the end of a line: "ampu-", "tation", but not "above-", "knee"."""
        whole = broken[1] + broken[2]
        known = self._in(whole) or whole in self._in_row or self._meanings(whole)
        return broken[1] if known else broken[0]

    def _in_a_row(self, words: Set[str], in_order: Sequence[str]) -> bool:
        """Whether the words of a phrase stand in a row."""
        held = [phrase for among, phrase in self._phrases if among <= words]
        row = f" {' '.join(in_order)} " if held else ""
        return any(phrase in row for phrase in held)

    def _meanings(self, word: str) -> Set[str]:
        """The words of which it is a slip of the pen, and what a fax machine may have read so."""
        if word in self._everyday or word in self._in_row:
            return frozenset()
        if word.isalpha() and "rn" not in word:
            return frozenset(self._slips.near(word))
        faxed = set(_as_faxed(word))
        return faxed.union(*map(self._slips.near, faxed))

    def _in(self, phrase: str) -> bool:
        """Whether a phrase without slips holds a word of the family."""
        return not self._words.isdisjoint(phrase.split()) or self._has_part(phrase)

    def _has_part(self, phrase: str) -> bool:
        return any(part in phrase for part in self._parts)


def _find_words(plain: str) -> list[str]:
    """The words of a text in lower case, in order; a sign beyond ASCII stands between words."""
    return plain.encode("ascii", "replace").translate(_ONLY_WORDS).decode("ascii").split()


def _as_faxed(word: str) -> Iterable[str]:
    """What a word may have been before a fax machine read m as "rn", and o and l as figures."""
    m = word.replace("rn", "m")
    return m, m.replace("0", "o").replace("1", "l"), word.replace("0", "o").replace("1", "i")


def _said_in(phrase: str, said: str, meant: str) -> Iterator[str]:
    """A phrase whose words were misheard: of "trans femoral", "trans thermal shaft"."""
    words, told = phrase.split(), meant.split()
    for size in range(1, min(len(words) - 1, len(told)) + 1):
        if words[-size:] == told[:size]:
            yield " ".join([*words[:-size], said])
        if words[:size] == told[-size:]:
            yield " ".join([said, *words[size:]])
    if f" {meant} " in f" {phrase} ":
        yield f" {phrase} ".replace(f" {meant} ", f" {said} ").strip()


def _folded(text: str) -> str:
    """Lower case without accents and unseen signs, and a mark for all others beyond ASCII.

    A word that a soft hyphen parts may be two or one: it stands as both.
    """
    signs = set(_BEYOND_ASCII.findall(text))
    if any(map(UNSEEN.match, signs)):  # few notes have any: the text is not searched for them
        text = UNSEEN.sub("", text)
    if SOFT_HYPHEN in signs:
        text = f"{text} {SOFT_BREAK.sub('', text)}"
    if len(signs) > _FEW_SIGNS:
        return _in_ascii(text).lower()
    for sign in signs:  # most notes have a few, over and over
        text = text.replace(sign, _in_ascii(sign))
    return text.lower()


def _in_ascii(text: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return plain.encode("ascii", "replace").decode("ascii")


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
