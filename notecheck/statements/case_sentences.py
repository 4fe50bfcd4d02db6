"""The sentences in which a case is tried: its text, or one for each word of the list in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from notecheck.rules.case_lists import filled, held_list
from notecheck.rules.model import FrameCase, TermRecord
from notecheck.rules.phrase import SIGNS, Gap, Listed, Word, parse
from notecheck.rules.read import RuleFolder
from notecheck.statements.words import plurals, split, verb_forms

_NO_WORD = "blonk"  # a word of no list
_INFLECTED = frozenset({"verb", "noun"})


class Sentence(NamedTuple):
    """A sentence in which a case is tried, and the word of a list that it was made with."""

    text: str
    word: str | None = None


def case_sentences(case: FrameCase, folder: RuleFolder) -> Iterator[Sentence]:
    """The text of a case, or as many as the list in it has words."""
    held = held_list(case.text)
    if held is None:
        yield Sentence(case.text)
        return
    record = folder.words[held.name].record
    for word in record.words:
        if word not in case.but:
            for said in dict.fromkeys(_said(record, word, held.form, folder)):
                yield Sentence(filled(case.text, said), word)


def without_the_list(case: FrameCase, folder: RuleFolder) -> str | None:
    """The text of a case with a word of no list in place of its list; None where it holds none."""
    held = held_list(case.text)
    if held is None:
        return None
    record = folder.words[held.name].record
    kind = record.kind if record.kind in _INFLECTED else "word"
    said = _said(record.model_copy(update={"kind": kind}), _NO_WORD, held.form, folder)
    return filled(case.text, next(said))


def _said(record: TermRecord, word: str, form: str, folder: RuleFolder) -> Iterator[str]:
    """A word of a list as a sentence has it, a phrase in its ways; nothing where none is known."""
    if record.kind == "verb":
        forms = verb_forms(split(word), folder.irregular)
        yield " ".join([said for said, name in forms if name == (form or "done")][-1])
    elif record.kind == "noun" and form:
        yield " ".join([*plurals(split(word))][-1])
    elif record.kind == "phrase":
        yield from _ways(word, folder)
    elif record.kind == "compound":
        pair = [_first(name, folder) for name in word.split()]
        yield " ".join(said for said in pair if said)
    elif record.kind != "entity":
        yield word


def _ways(phrase: str, folder: RuleFolder) -> Iterator[str]:
    """A phrase said so that each way of each choice is there once, beside the first of the others.

    Its gaps hold nothing, and of its lists there is the first word.
    """
    choices: list[list[str]] = []
    for item in parse(phrase):
        if not isinstance(item, Gap):
            ways = [way for parts in item.ways if (way := _way(parts, folder)) is not None]
            choices.append(["", *ways] if item.optional else ways)
    if not all(choices):
        return
    first = [ways[0] for ways in choices]
    for place, ways in enumerate(choices):
        for way in ways:
            yield " ".join(" ".join((*first[:place], way, *first[place + 1 :])).split())


def _way(parts: tuple[Word | Listed, ...], folder: RuleFolder) -> str | None:
    """One way of a choice; None where it names a list of which no word can be said."""
    said = [
        _first(part.name, folder) if isinstance(part, Listed) else part.text
        for part in parts
        if not (isinstance(part, Word) and part.text in SIGNS)
    ]
    return None if None in said else " ".join(map(str, said))


def _first(name: str, folder: RuleFolder) -> str | None:
    """The first word of a list, as a sentence has it; None for one that holds patterns."""
    record = folder.words[name].record
    return next((said for word in record.words for said in _said(record, word, "", folder)), None)
