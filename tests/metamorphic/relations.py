"""What must hold between the report on a note and the report on a variant of it.

A relation makes the variant of an encounter, or none where it has nothing to change there, and
says what the outcome must then be.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from metamorphic import transforms
from metamorphic.encounters import Encounter, with_operative_text, with_texts
from metamorphic.outcome import Outcome
from metamorphic.swapped_sides import swapped

_HERE = Path(__file__).parent
_OTHER_SIDE = {"left": "right", "right": "left"}
Vary = Callable[[Encounter, Outcome], Encounter | None]


def _same(before: Outcome) -> Outcome:
    return before


def _mirrored(before: Outcome) -> Outcome:
    side = before["laterality"]
    return {**before, "laterality": _OTHER_SIDE.get(side, side)}


@dataclass(frozen=True)
class Relation:
    """`vary` takes an encounter and its outcome; `expected` gives the variant's outcome."""

    vary: Vary
    expected: Callable[[Outcome], Outcome] = _same


def _layout(change: Callable[[str], str]) -> Relation:
    def vary(encounter: Encounter, _: Outcome) -> Encounter | None:
        varied = with_texts(encounter, change)
        return None if varied == encounter else varied

    return Relation(vary)


def _irrelevant(name: str, place: Callable[[str, str], str]) -> Relation:
    paragraph = _table("irrelevant.toml")[name]

    def vary(encounter: Encounter, before: Outcome) -> Encounter | None:
        if "{" in paragraph["text"] and before["laterality"] not in _OTHER_SIDE:
            return None  # which knee would be the other one?
        other = _OTHER_SIDE.get(before["laterality"], "")
        text = paragraph["text"].format(other=other, Other=other.capitalize())
        words = f"{paragraph['heading']}: {text}"
        return with_operative_text(encounter, lambda note: place(note, words))

    return Relation(vary)


def _in_another_order(encounter: Encounter, _: Outcome) -> Encounter | None:
    documents = encounter["documents"]
    return {**encounter, "documents": documents[::-1]} if len(documents) > 1 else None


def _with_synonyms(encounter: Encounter, _: Outcome) -> Encounter | None:
    varied = with_texts(encounter, lambda text: _synonyms().sub(_synonym, text))
    return None if varied == encounter else varied


@cache
def _synonyms() -> re.Pattern[str]:
    phrases = sorted(_table("synonyms.toml")["synonyms"], key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, phrases))})(?![\w-])", re.I)


def _synonym(match: re.Match[str]) -> str:
    """The other phrase, in the case of the one that it replaces."""
    phrase = match[0]
    table = {said.lower(): other for said, other in _table("synonyms.toml")["synonyms"].items()}
    other = str(table[phrase.lower()])
    if phrase.isupper() and len(phrase) > len("below"):
        return other.upper()
    return other[0].upper() + other[1:] if phrase[:2].istitle() else other


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


RELATIONS = {
    "swapped sides": Relation(lambda encounter, _: swapped(encounter), _mirrored),
    "lower case": _layout(transforms.lower_case),
    "upper case": _layout(transforms.upper_case),
    "wrapped lines": _layout(transforms.wrapped),
    "no paragraph breaks": _layout(transforms.without_paragraph_breaks),
    "glued headings": _layout(transforms.with_glued_headings),
    "doubled spaces": _layout(transforms.double_spaced),
    "CRLF": _layout(transforms.with_crlf),
    "non-breaking spaces": _layout(transforms.with_non_breaking_spaces),
    "smart quotes": _layout(transforms.with_smart_quotes),
    "other order": Relation(_in_another_order),
    "synonyms": Relation(_with_synonyms),
    **{
        f"{name} {where}": _irrelevant(name, place)
        for name in _table("irrelevant.toml")
        for where, place in (
            ("at a break", transforms.with_paragraph_at_a_break),
            ("at the end", transforms.with_paragraph_at_the_end),
        )
    },
}
