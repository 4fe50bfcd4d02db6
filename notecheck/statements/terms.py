"""Finds the words of the lists in a sentence, all lists in one pass, the longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from notecheck.rules.model import TermRecord
from notecheck.rules.word_lists import A_DATE, OTHER_ACT
from notecheck.statements.words import Word, plurals, split, verb_forms

Phrase = tuple[str, ...]
_OTHER = frozenset({OTHER_ACT})
_DATE = frozenset({A_DATE})
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?:1[0-2]|0?[1-9]) / (?:3[01]|[12]\d|0?[1-9])(?: / (?:20)?\d\d)?(?![\d.])")
_SHORTEST_PARTICIPLE = 5
_BEFORE_VERB = frozenset({"auxiliary", "deny_verb"})


@dataclass(slots=True)
class Hit:
    """Words `first` to `last` of a sentence, and the lists that hold them.

    `form` is the form of a verb, else None. `links` are the words that tie a noun to its clause
    ("to", "over", ...); "" says that it is the subject or object. `attributive` is a participle
    before its noun ("the cut end"), or a noun before another ("quadriceps tendon").
    """

    first: int
    last: int
    classes: frozenset[str]
    form: str | None = None
    links: frozenset[str] = frozenset()
    attributive: bool = False


@dataclass(slots=True)
class _Entry:
    classes: set[str] = field(default_factory=set)
    form: str | None = None


class TermIndex:
    """All word lists, made ready to be looked up word by word."""

    def __init__(
        self, terms: Iterable[TermRecord], irregular: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.kinds: dict[str, str] = {}
        entries: dict[Phrase, _Entry] = {}
        verbs: dict[Phrase, _Entry] = {}
        self._compounds: list[tuple[str, str, str]] = []
        for term in terms:
            self.kinds[term.id] = "noun" if term.kind == "compound" else term.kind
            if term.kind == "compound":
                self._compounds += [(*_pair(entry), term.id) for entry in term.words]
                continue
            for phrase, form in _phrases(term, irregular):
                if form is None:
                    entries.setdefault(phrase, _Entry()).classes.add(term.id)
                else:
                    entry = verbs.setdefault(phrase, _Entry())
                    entry.classes.add(term.id)
                    # "run", "set": told of what was done far more often than of what to do
                    entry.form = form if form == "done" else entry.form or form
        # What is a thing too ("sutures", "running") is a verb only where one must follow.
        self._verbs_too = {p: v for p, v in verbs.items() if p in entries and v.form == "base"}
        entries = verbs | entries
        self._by_first: dict[str, list[tuple[Phrase, frozenset[str], str | None]]] = {}
        for phrase in sorted(entries, key=len, reverse=True):
            entry = entries[phrase]
            place = self._by_first.setdefault(phrase[0], [])
            place.append((phrase, frozenset(entry.classes), entry.form))

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every list."""
        return frozenset(
            word for row in self._by_first.values() for phrase, _, _ in row for word in phrase
        )

    def first_words(self, names: frozenset[str]) -> frozenset[str] | None:
        """The words of which one stands in every sentence that holds something of these lists.

        None where that cannot be told by words, of what is no list ("other_act").
        """
        if names - self.kinds.keys():
            return None
        wanted: set[str] = set()
        asked = set(names)
        while wanted != asked:  # a compound may be made of compounds
            wanted |= asked
            asked |= {first for first, _, name in self._compounds if name in asked}
        return frozenset(
            word
            for word, row in self._by_first.items()
            if any(classes & wanted for _, classes, _ in row)
        )

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """The hits in these words, in order, none within another."""
        texts = [word.text for word in words]
        hits: list[Hit] = []
        at = 0
        while at < len(texts):
            for phrase, classes, form in self._by_first.get(texts[at], ()):
                size = len(phrase)
                if size == 1 or tuple(texts[at : at + size]) == phrase:
                    verb = self._verbs_too.get(phrase)
                    if (
                        verb
                        and hits
                        and hits[-1].last == at - 1
                        and hits[-1].classes & _BEFORE_VERB
                    ):
                        classes, form = frozenset(verb.classes), verb.form
                    hits.append(Hit(at, at + size - 1, classes, form))
                    at += size
                    break
            else:
                size = _date_at(texts, at)
                if size:
                    hits.append(Hit(at, at + size - 1, _DATE))
                elif _is_other_verb(texts[at]):
                    hits.append(Hit(at, at, _OTHER, "done"))
                at += size or 1
        return self._with_compounds(hits) if self._compounds else hits

    def _with_compounds(self, hits: list[Hit]) -> list[Hit]:
        """Hits that stand side by side taken as one where a compound list says so."""
        joined: list[Hit] = []
        for hit in hits:
            before = joined[-1] if joined else None
            if before is not None and before.last + 1 == hit.first:
                for first, second, name in self._compounds:
                    if first in before.classes and second in hit.classes:
                        hit = Hit(before.first, hit.last, hit.classes | {name})
                        joined.pop()
                        break
            joined.append(hit)
        return joined


def _pair(entry: str) -> tuple[str, str]:
    first, _, second = entry.partition(" ")
    return first, second


def _date_at(texts: Sequence[str], at: int) -> int:
    """How many words of a date begin here; 0 for none."""
    if not texts[at].isdigit():
        return 0
    if _YEAR.fullmatch(texts[at]):
        return 1
    day = _DAY.match(" ".join(texts[at : at + 5]))
    return day[0].count(" ") + 1 if day else 0


def _is_other_verb(text: str) -> bool:
    return text.endswith("ed") and len(text) >= _SHORTEST_PARTICIPLE


def forms_of(
    term: TermRecord, entry: str, irregular: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """Every form in which an entry of a list is found, as words with single blanks."""
    return frozenset(" ".join(phrase) for phrase, _ in _forms(term, entry, irregular))


def _phrases(
    term: TermRecord, irregular: Mapping[str, tuple[str, ...]]
) -> Iterable[tuple[Phrase, str | None]]:
    for entry in term.words:
        yield from _forms(term, entry, irregular)


def _forms(
    term: TermRecord, entry: str, irregular: Mapping[str, tuple[str, ...]]
) -> Iterable[tuple[Phrase, str | None]]:
    phrase = split(entry)
    if term.kind == "verb":
        yield from verb_forms(phrase, irregular)
    elif term.kind == "noun":
        yield from ((plural, None) for plural in plurals(phrase))
    else:
        yield phrase, None
