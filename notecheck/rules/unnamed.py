"""Word lists that nothing asks for: they read nothing, and look as if they did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from notecheck.errors import RulesError
from notecheck.rules.findings import Finding
from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.phrase import lists_in
from notecheck.rules.read import RuleFolder
from notecheck.rules.word_lists import BESIDE_PHRASES, GRAMMAR, LISTS, PLACES


def unnamed_findings(folder: RuleFolder) -> Iterator[Finding]:
    """The lists of a folder that no frame names, nor a list that a frame names.

    A folder without frames has none: its lists are for frames that are laid under it.
    """
    if not folder.frames:
        return
    asked = {name for frame in folder.frames.values() for name in _of_frame(frame.record)}
    asked |= GRAMMAR | folder.shared
    named: set[str] = set()
    while asked:
        named |= asked
        held = (folder.words[name].record for name in asked if name in folder.words)
        asked = {name for record in held for name in _of_list(record)} - named
    for name in folder.words.keys() - named:
        fault = "no frame names this list, nor a list that one names: name it, or delete it"
        yield Finding(folder.words[name].place, name, fault)


def _of_frame(record: FrameRecord) -> Iterator[str]:
    for key in (*LISTS, *BESIDE_PHRASES):
        yield from getattr(record, key)
    for key in PLACES:
        yield from (place.rpartition(" ")[2] for place in getattr(record, key))
    yield from record.each.values()
    yield from record.details.values()
    yield from _of_phrases(record.phrases)


def _of_list(record: TermRecord) -> Iterator[str]:
    if record.kind == "compound":
        yield from (name for pair in record.words for name in pair.split())
    elif record.kind == "phrase":
        yield from _of_phrases(record.words)


def _of_phrases(phrases: tuple[str, ...]) -> Iterator[str]:
    for phrase in phrases:
        with suppress(RulesError):  # one that cannot be read is told by itself
            yield from lists_in(phrase)
