"""Finds the words of the lists in a sentence, all lists in one pass, the longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from notecheck.rules.model import TermRecord
from notecheck.rules.word_lists import A_DATE, AUXILIARY, DENY_VERB, GRAMMAR, OTHER_ACT
from notecheck.statements.clause_words import clause_words
from notecheck.statements.words import VerbForm, plurals, split, verb_forms

Phrase = tuple[str, ...]
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?:1[0-2]|0?[1-9]) / (?:3[01]|[12]\d|0?[1-9])(?: / (?:20)?\d\d)?(?![\d.])")
_LONGEST_DAY = 5  # words
_SHORTEST_PARTICIPLE = 5
# What a word stands behind that may be a thing or this form of a verb, and is the verb there.
_BEFORE_VERB = {"base": frozenset({AUXILIARY, DENY_VERB}), "done": frozenset({AUXILIARY})}


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
    form: VerbForm | None = None
    links: frozenset[str] = frozenset()
    attributive: bool = False


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one fact takes a phrase for; `verb` where it is a verb only if one must follow."""

    classes: frozenset[str]
    form: VerbForm | None
    verb: tuple[frozenset[str], VerbForm] | None = None


@dataclass(slots=True)
class Entry:
    """A phrase and the lists that hold it, as things and as forms of verbs."""

    things: list[str] = field(default_factory=list)
    verbs: list[tuple[str, VerbForm]] = field(default_factory=list)
    form: VerbForm | None = None  # of what is in no list: a participle
    # By fact; worked out when the phrase is met for the first time, as few ever are.
    taken: list[_Taken | None] | None = None
    bits: int | None = None  # what frames ask for that it meets, likewise; see `possible`

    @property
    def lists(self) -> list[str]:
        return [*self.things, *(name for name, _ in self.verbs)]

    def taken_by(self, lists: frozenset[str]) -> _Taken | None:
        """What a fact that is read with these lists takes the phrase for."""
        things = frozenset(name for name in self.things if name in lists)
        verbs = [(name, form) for name, form in self.verbs if name in lists]
        if not verbs:
            return _Taken(things, self.form) if things else None
        forms = [form for _, form in verbs]
        # "run", "set": told of what was done far more often than of what to do
        form: VerbForm = "done" if "done" in forms else forms[0]
        named = frozenset(name for name, _ in verbs)
        if not things:
            return _Taken(named, form)
        # What is a thing too ("sutures", "running") is a verb only where one must follow, and a
        # participle that is a state too ("was sealed") is both there.
        verb = (named | things if form == "done" else named, form)
        return _Taken(things, None, verb if form in _BEFORE_VERB else None)


# Where a phrase of the lists stands: its first word, how many words it has, and what it is.
Match = tuple[int, int, Entry]


class TermIndex:
    """All word lists, made ready to be looked up word by word, for all facts at once.

    `read_with` are the lists of each fact: a phrase of another fact's list takes no word from it.
    """

    def __init__(
        self,
        terms: Iterable[TermRecord],
        irregular: Mapping[str, tuple[str, ...]],
        read_with: Sequence[frozenset[str]],
    ) -> None:
        terms = list(terms)
        self._read_with = read_with
        self._other = Entry([OTHER_ACT], form="done")
        self._date = Entry([A_DATE])
        entries: dict[Phrase, Entry] = {}
        compounds: list[tuple[str, str, str]] = []
        for term in terms:
            if term.kind == "compound":
                compounds += [(*_pair(entry), term.id) for entry in term.words]
                continue
            for phrase, form in phrases_of(term, irregular):
                entry = entries.get(phrase)
                if entry is None:
                    entry = entries[phrase] = Entry()
                if form is None:
                    entry.things.append(term.id)
                else:
                    entry.verbs.append((term.id, form))
        self._compounds = [
            [pair for pair in compounds if pair[2] in lists] for lists in self._read_with
        ]
        self._single: dict[str, Entry] = {}
        self._longer: dict[str, dict[str, list[tuple[int, Phrase, Entry]]]] = {}
        for phrase in sorted(entries, key=len, reverse=True):
            entry = entries[phrase]
            if len(phrase) == 1:
                self._single[phrase[0]] = entry
            else:
                seconds = self._longer.setdefault(phrase[0], {})
                seconds.setdefault(phrase[1], []).append((len(phrase), phrase, entry))
        # What a side is that is a verb's form too, where it stands before a limb.
        self._sides = {
            side: Entry(self._single[side].things)
            for side in clause_words().sides
            if side in self._single
        }
        auxiliary = (term for term in terms if term.id == AUXILIARY)
        self._before_verb = clause_words().persons.union(*(term.words for term in auxiliary))

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every list."""
        longer = {
            word
            for seconds in self._longer.values()
            for row in seconds.values()
            for _, phrase, _ in row
            for word in phrase
        }
        return frozenset(self._single.keys() | longer)

    def look_up(self, texts: Phrase) -> list[Match]:
        """Every phrase of every list in these words, the longest first at each word."""
        found: list[Match] = []
        single, longer, last = self._single, self._longer, len(texts) - 1
        for at, text in enumerate(texts):
            if at < last and text in longer:
                for size, phrase, entry in longer[text].get(texts[at + 1], ()):
                    if size == 2 or texts[at : at + size] == phrase:
                        found.append((at, size, entry))
            if text in single:
                side = text in self._sides and self._is_side(texts, at)
                found.append((at, 1, self._sides[text] if side else single[text]))
            if text[-1] == "d" and text[-2:] == "ed" and len(text) >= _SHORTEST_PARTICIPLE:
                found.append((at, 1, self._other))
            elif text[0].isdigit():
                size = _date_at(texts, at)
                if size:
                    found.append((at, size, self._date))
        return found

    def _is_side(self, texts: Phrase, at: int) -> bool:
        """Whether a word that may be a verb's form names the side of a limb."""
        following = texts[at + 1] if at + 1 < len(texts) else ""
        return following in clause_words().limbs and not (at and texts[at - 1] in self._before_verb)

    def hits(self, matches: Sequence[Match], fact: int) -> list[Hit]:
        """What the matches are for one fact, by its place: hits in order, none within another."""
        hits: list[Hit] = []
        free = 0
        for place, (at, size, entry) in enumerate(matches):
            if at < free:
                continue
            taken = (entry.taken or self._take(entry))[fact]
            if taken is None:
                continue
            if DENY_VERB in taken.classes and size > 1 and self._holds_denial(matches, place, fact):
                continue
            classes, form = taken.classes, taken.form
            before = hits[-1] if hits else None
            led_by = before.classes if before and before.last == at - 1 else frozenset[str]()
            if taken.verb and led_by & _BEFORE_VERB[taken.verb[1]]:
                classes, form = taken.verb
            free = at + size
            hits.append(Hit(at, free - 1, classes, form))
        return self._with_compounds(hits, fact) if self._compounds[fact] else hits

    def _holds_denial(self, matches: Sequence[Match], place: int, fact: int) -> bool:
        """Whether the "not" that ends a denial is a word's own: "was *not salvageable*"."""
        first, size, _ = matches[place]
        last = first + size - 1
        denies = own = False
        for following in range(place + 1, len(matches)):
            at, words, entry = matches[following]
            if at > last:
                break
            taken = (entry.taken or self._take(entry))[fact] if at == last else None
            if taken is not None:
                denies |= words == 1 and DENY_VERB in taken.classes
                own |= words > 1 and taken.classes.isdisjoint(GRAMMAR)
        return denies and own

    def _take(self, entry: Entry) -> list[_Taken | None]:
        entry.taken = [entry.taken_by(lists) for lists in self._read_with]
        return entry.taken

    def made_of(self, names: frozenset[str]) -> frozenset[str]:
        """These lists, and those of which a compound among them is made."""
        asked, known = names, frozenset[str]()
        while asked != known:  # a compound may be made of compounds
            known = asked
            pairs = [pair for of_fact in self._compounds for pair in of_fact]
            asked = known | {first for first, _, name in pairs if name in known}
        return asked

    def _with_compounds(self, hits: list[Hit], fact: int) -> list[Hit]:
        """Hits that stand side by side taken as one where a compound list says so."""
        joined: list[Hit] = []
        for hit in hits:
            before = joined[-1] if joined else None
            if before is not None and before.last + 1 == hit.first:
                for first, second, name in self._compounds[fact]:
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
    day = _DAY.match(" ".join(texts[at : at + _LONGEST_DAY]))
    return day[0].count(" ") + 1 if day else 0


def forms_of(
    term: TermRecord, entry: str, irregular: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """Every form in which an entry of a list is found, as words with single blanks."""
    return frozenset(" ".join(phrase) for phrase, _ in _forms(term, entry, irregular))


def phrases_of(
    term: TermRecord, irregular: Mapping[str, tuple[str, ...]]
) -> Iterable[tuple[Phrase, VerbForm | None]]:
    """Every form of every entry of a list, with the name of a verb's form."""
    for entry in term.words:
        yield from _forms(term, entry, irregular)


def _forms(
    term: TermRecord, entry: str, irregular: Mapping[str, tuple[str, ...]]
) -> Iterable[tuple[Phrase, VerbForm | None]]:
    phrase = split(entry)
    if term.kind == "verb":
        yield from verb_forms(phrase, irregular)
    elif term.kind == "noun":
        yield from ((plural, None) for plural in plurals(phrase))
    else:
        yield phrase, None
