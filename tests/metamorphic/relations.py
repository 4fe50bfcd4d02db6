"""What must hold between the report on a note and the report on a variant of it.

A relation takes an encounter and its report and makes a variant, or none where it has nothing to
change; the variant knows what is wrong with a report on it.
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
from metamorphic.outcome import Outcome, differences, outcome
from metamorphic.swapped_sides import swapped
from notecheck import Report

_HERE = Path(__file__).parent
_OTHER_SIDE = {"left": "right", "right": "left"}
_DONE = re.compile(
    r"\b(?:was|were)\b(?= (?:then )?(?:re-?approximated|approximated|attached|closed|done|fixed"
    r"|made|performed|secured|sewn|stitched|sutured)\b)",
    re.I,
)


@dataclass(frozen=True)
class Variant:
    """A changed encounter and the differences from what its outcome should be: {} when right."""

    encounter: Encounter
    faults: Callable[[Outcome], dict[str, Any]]


Relation = Callable[[Encounter, Report], Variant | None]


def _same(encounter: Encounter, report: Report) -> Variant:
    return Variant(encounter, lambda after: differences(outcome(report), after))


def _every_text(change: Callable[[str], str]) -> Relation:
    """A variant with every text changed, where that changes it."""

    def vary(encounter: Encounter, report: Report) -> Variant | None:
        varied = with_texts(encounter, change)
        return None if varied == encounter else _same(varied, report)

    return vary


def _swapped_sides(encounter: Encounter, report: Report) -> Variant | None:
    varied = swapped(encounter)
    if varied is None:
        return None
    before = outcome(report)
    mirrored = {**before, "laterality": _OTHER_SIDE.get(before["laterality"], before["laterality"])}
    return Variant(varied, lambda after: differences(mirrored, after))


def _irrelevant(paragraph: dict[str, str]) -> Relation:
    """A paragraph at the end of the operative note, or at a break within, by the encounter."""

    def vary(encounter: Encounter, report: Report) -> Variant | None:
        side = report.facts.laterality and report.facts.laterality.value
        if "{" in paragraph["text"] and side not in _OTHER_SIDE:
            return None  # which knee would be the other one?
        other = _OTHER_SIDE.get(side or "", "")
        text = paragraph["text"].format(other=other, Other=other.capitalize())
        at_end = sum(encounter["encounter_id"].encode()) % 2
        place = transforms.with_paragraph_at_the_end
        place = place if at_end else transforms.with_paragraph_at_a_break

        def change(note: str) -> str:
            words = f"{paragraph['heading']}: {text}"
            return place(note, transforms.in_the_style_of(note, words))

        return _same(with_operative_text(encounter, change), report)

    return vary


def _in_another_order(encounter: Encounter, report: Report) -> Variant | None:
    documents = encounter["documents"]
    if len(documents) < 2:
        return None
    return _same({**encounter, "documents": documents[::-1]}, report)


def _denied(encounter: Encounter, report: Report) -> Variant | None:
    """The only statement of a reconstruction with "not" in it: the value must go."""
    for fact in report.facts.reconstruction:
        words = fact.evidence[0]
        verb = _DONE.search(words.text)
        if len(fact.evidence) > 1 or verb is None or fact.value == "layered_closure":
            continue
        at = words.start + verb.end()
        documents = [
            {**d, "text": f"{d['text'][:at]} not{d['text'][at:]}"}
            if d["doc_id"] == words.doc_id
            else d
            for d in encounter["documents"]
        ]
        return Variant({**encounter, "documents": documents}, _without(fact.value))
    return None


def _without(value: str) -> Callable[[Outcome], dict[str, Any]]:
    return lambda after: {"reconstruction": value} if value in after["reconstruction"] else {}


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


RELATIONS: dict[str, Relation] = {
    "swapped sides": _swapped_sides,
    "lower case": _every_text(transforms.lower_case),
    "upper case": _every_text(transforms.upper_case),
    "wrapped lines": _every_text(transforms.wrapped),
    "no paragraph breaks": _every_text(transforms.without_paragraph_breaks),
    "glued headings": _every_text(transforms.with_glued_headings),
    "doubled spaces": _every_text(transforms.double_spaced),
    "CRLF": _every_text(transforms.with_crlf),
    "non-breaking spaces": _every_text(transforms.with_non_breaking_spaces),
    "smart quotes": _every_text(transforms.with_smart_quotes),
    "other order": _in_another_order,
    "synonyms": _every_text(transforms.with_synonyms),
    "denied": _denied,
    **{name: _irrelevant(paragraph) for name, paragraph in _table("irrelevant.toml").items()},
}
