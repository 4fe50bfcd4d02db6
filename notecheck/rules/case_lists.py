"""Word lists that the text of a case holds: "The adductor was {fix} to the femur."

Such a case is tried once for each word of the list, in the form that the text asks for: verbs in
their past participle, or as "{fix:base}", "{fix:s}" and "{fix:ing}", nouns in the singular, or as
"{muscle:s}", and every other word as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from notecheck.rules.model import FrameCase, TermRecord
from notecheck.rules.read import Placed

_HELD = re.compile(r"\{([a-z][a-z_]*)(?::([a-z]+))?\}")  # other braces stand for themselves
_BEFORE_SIGN = re.compile(r"(?<=\w) (?=[.,;:])")
_FORMS = {"verb": ("base", "s", "ing"), "noun": ("s",)}
_UNSAID = frozenset({"entity"})  # kinds whose entries are no words


class HeldList(NamedTuple):
    """A list and the form of its words; "" is the form that is meant where none is written."""

    name: str
    form: str


def held_list(text: str) -> HeldList | None:
    """The list that the text of a case holds."""
    held = _HELD.search(text)
    return HeldList(held[1], held[2] or "") if held else None


def filled(text: str, said: str) -> str:
    """The text of a case with these words where it holds a list, signs tied to their words."""
    whole = _HELD.sub(lambda _: _BEFORE_SIGN.sub("", said), text)
    return whole[:1].upper() + whole[1:]


def case_faults(case: FrameCase, lists: Mapping[str, Placed[TermRecord]]) -> Iterator[str]:
    """What keeps a case from being tried with the words of a list."""
    held = held_list(case.text)
    if held is None:
        if case.but:
            yield f'`but`: "{case.text}" holds no list'
        return
    if len(_HELD.findall(case.text)) > 1:
        yield f'"{case.text}" holds several lists: a case is tried with the words of one'
        return
    if held.name not in lists:
        yield f'"{case.text}": there is no word list `{held.name}`'
        return
    record = lists[held.name].record
    if record.kind in _UNSAID:
        yield f'"{case.text}": `{held.name}` holds patterns, and none is a word to be tried'
    forms = _FORMS.get(record.kind, ())
    if held.form and held.form not in forms:
        known = " or ".join(f"`{form}`" for form in forms) or "no form at all"
        yield f'"{case.text}": a list of kind `{record.kind}` is asked for {known}'
    for word in case.but:
        if word not in record.words:
            yield f'`but`: "{word}" is no word of `{held.name}`'
