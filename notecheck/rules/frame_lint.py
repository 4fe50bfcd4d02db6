"""What is wrong with word lists and frames that are right in themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

from notecheck.errors import RulesError
from notecheck.rules.case_lists import case_faults
from notecheck.rules.findings import Finding, Place
from notecheck.rules.list_kinds import held_by, kind_of
from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.phrase import kept_out, lists_in, parse
from notecheck.rules.read import RuleFolder
from notecheck.rules.word_lists import (
    A_DATE,
    BESIDE_PHRASES,
    COVERING,
    GRAMMAR,
    JOINED,
    LINKS,
    LISTS,
    OTHER_ACT,
    PLACES,
)

_LONGEST_LINE = 120
_NOTHING = "none"
_OF_CLAUSES = {*LISTS, *PLACES, "verbless", "denied"} - {"nowhere"}
_OF_PHRASES = {*BESIDE_PHRASES, "before", "after", "details"} - {"nowhere"}
_NO_PHRASE = frozenset({"compound"})  # what no phrase can name
_NO_WORDS = _NO_PHRASE | {"phrase", "entity"}  # what may not be kept out of a gap


def frame_findings(folder: RuleFolder) -> Iterator[Finding]:
    """The faults of the word lists and frames of a folder, in no order."""
    for name, term in folder.words.items():
        yield from (Finding(term.place, name, fault) for fault in _term(term.record, folder))
    for frame_id, frame in folder.frames.items():
        yield from (Finding(frame.place, frame_id, fault) for fault in _frame(frame.record, folder))
    if folder.frames:
        place = next(iter(folder.frames.values())).place
        for name in sorted(GRAMMAR - folder.words.keys()):
            yield Finding(place, name, "frames need the word list of this id, and there is none")


def long_lines(root: Path) -> Iterator[Finding]:
    """The lines that are too long to be read, wherever a blank or a fold could part them."""
    for path in sorted(root.rglob("*.toml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > _LONGEST_LINE and " " in line:
                fault = f"the line has more than {_LONGEST_LINE} characters"
                yield Finding(Place(path, number), path.name, fault)


def fact_faults(folder: RuleFolder, fact: str, values: Iterable[str]) -> Iterator[str]:
    """Whether the vocabulary, where there is one, has the fact and these values of it."""
    if not folder.facts:
        return
    if fact not in folder.facts:
        yield f"the vocabulary has no fact `{fact}`"
        return
    known = folder.facts[fact].record.values
    for value in sorted(set(values) - set(known)):
        yield f"the fact `{fact}` has no value `{value}`: it has {', '.join(known)}"


def _term(record: TermRecord, folder: RuleFolder) -> Iterator[str]:
    if record.kind == "phrase" and record.id in _held_by(record.id, folder):
        yield "the list holds itself"
    for word, count in Counter(record.words).items():
        if count > 1:
            yield f'"{word}" stands twice'
        if word != word.lower() and record.kind != "entity":
            yield f'"{word}" never matches: the text is read in small letters'
        if record.kind == "phrase":
            yield from _phrase(word, folder.words.keys(), folder)
        if record.kind == "compound":
            parts = word.split()
            if len(parts) != 2:
                yield f'"{word}" is no pair of word lists'
            yield from (f"there is no word list `{p}`" for p in parts if p not in folder.words)


def _held_by(name: str, folder: RuleFolder) -> set[str]:
    """The lists that the phrases of a list name, and those that these name."""
    held: set[str] = set()
    asked = [name]
    while asked:
        placed = folder.words.get(asked.pop())
        if placed is None or placed.record.kind != "phrase":
            continue
        with suppress(RulesError):  # a phrase that cannot be read is told by itself
            named = frozenset().union(*map(lists_in, placed.record.words))
            asked += named - held
            held |= named
    return held


def _phrase(phrase: str, known: Set[str], folder: RuleFolder) -> Iterator[str]:
    try:
        parse(phrase)
    except RulesError as error:
        yield error.message
        return
    for name in sorted(lists_in(phrase) - known):
        yield f'"{phrase}": there is no word list `{name}`'
    for name in sorted(lists_in(phrase)):
        if kind_of(name, folder.words) in (_NO_WORDS if name in kept_out(phrase) else _NO_PHRASE):
            what = f'"{phrase}": `{name}` is a list of {held_by(name, folder.words)}'
            yield f"{what}, and no list of single words: write its words into a list of kind `word`"


def _frame(record: FrameRecord, folder: RuleFolder) -> Iterator[str]:
    each = ["each"] if record.each else []
    spoken = {*folder.words, *each}  # what phrases can name: lists that a file holds
    known = spoken if record.phrases else {*spoken, A_DATE, OTHER_ACT, COVERING}
    for name in sorted(set(record.each.values()) - known):
        yield f"`each`: there is no word list `{name}`"
    for phrase in record.phrases:
        yield from _phrase(phrase, spoken, folder)
    if record.phrases:
        foreign = record.model_fields_set & _OF_CLAUSES
        yield from (f"`{key}` is asked of a clause, and `phrases` of none" for key in foreign)
    else:
        foreign = record.model_fields_set & _OF_PHRASES
        yield from (f"`{key}` is asked of `phrases`, and the frame has none" for key in foreign)
    for key in dict.fromkeys((*LISTS, *BESIDE_PHRASES)):
        for name in getattr(record, key):
            if name not in known:
                yield f"`{key}`: there is no word list `{name}`"
    for key in PLACES:
        for place in getattr(record, key):
            link, _, name = place.rpartition(" ")
            if link and link not in LINKS | {JOINED}:
                links = ", ".join(sorted(LINKS | {JOINED}))
                yield f"`{key}`: `{link}` ties nothing: write one of {links}"
            if name not in known:
                yield f"`{key}`: there is no word list `{name}`"
    if not (record.phrases or record.told_by or record.part or record.act):
        yield "says nothing: name what it is told by, or an act and its part"
    for key in ("sections", "not_sections"):
        for category in sorted(getattr(record, key) - {*folder.sections, _NOTHING}):
            yield f"no section has the category `{category}`"
    if record.then and not record.act:
        yield "`then` is told after a verb: name an `act`"
    if record.being and not record.part:
        yield "`being` is said of a thing: name a `part`"
    told = " or ".join(record.values)
    yield from fact_faults(folder, record.fact, record.values)
    for case in record.cases:
        yield from case_faults(case, folder.words)
    given = {case.gives for case in record.cases}
    yield from fact_faults(folder, record.fact, given - {_NOTHING})
    if given.isdisjoint(record.values):
        yield f"no case gives `{told}`"
    if given <= set(record.values):
        yield f"no case shows what does not give `{told}`"
