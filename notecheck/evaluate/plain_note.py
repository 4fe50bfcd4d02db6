"""A single statement -> an encounter whose plain note says nothing else of what it is about.

The note is data: `patterns/evaluate/plain_note.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache

from notecheck.errors import GoldError
from notecheck.evaluate.statement import Statement
from notecheck.models import Document, Encounter
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable

_NAME = re.compile(r"\{(\w+)\}")
_NOTHING_SAID = re.compile(r"(?m)^[^\n:]+: *\n\n?")
_HERE = "\0"  # stands for the statement, whose own blanks are kept
_ENDS = (".", "!", "?", '"')


class _Form(WordTable):
    """A kind of document; `text` names the entries and the sections that stand in it."""

    date: dt.date
    text: str


class _Around(WordTable):
    """What the note says otherwise around statements of some concepts."""

    concepts: frozenset[str]
    says: Mapping[str, str]


class _PlainNote(WordTable):
    documents: Mapping[str, _Form]
    plain: Mapping[str, str]
    around: tuple[_Around, ...]


@cache
def _file() -> _PlainNote:
    return load_toml(pattern_file("evaluate/plain_note.toml"), _PlainNote)


def encounter_of(statement: Statement) -> Encounter:
    """The statement within its plain note, which a history goes before where it stands there.

    Raises GoldError where its document has no such section.
    """
    forms = _file().documents
    kinds = [kind for kind in forms if kind in (next(iter(forms)), statement.document)]
    if f"{{{statement.section}}}" not in forms[statement.document].text:
        raise GoldError(
            f"{statement.id}: `section` {statement.section!r} is none of a {statement.document}"
        )
    documents = tuple(
        Document(doc_id=kind, type=kind, date=forms[kind].date, text=_filled(kind, statement))
        for kind in kinds
    )
    return Encounter(encounter_id=statement.id, documents=documents)


def _filled(kind: str, statement: Statement) -> str:
    says = dict(_file().plain)
    for around in _file().around:
        if statement.concept in around.concepts:
            says |= around.says
    if kind == statement.document:
        says[statement.section] = _HERE
    text = _file().documents[kind].text.lstrip()
    while _NAME.search(text):
        text = _NAME.sub(lambda name: says.get(name[1], ""), text)
    text = _NOTHING_SAID.sub("", re.sub(" {2,}", " ", text))
    ends = statement.text.endswith(_ENDS)  # so that it does not run on into the note
    return text.replace(_HERE, statement.text if ends else f"{statement.text}.")
