"""Whether the words that a report shows are those that a person labelled for the same value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from notecheck.models import Encounter, Evidence, Report

NECESSITY = "revision_necessity"  # labelled as a value `met`; of a requirement and no fact
_REQUIREMENT = "revision-necessity"
_SENTENCE_END = re.compile(r"[.;!?]\s|\n\s*\n")
Does = Literal[
    "asserted", "negated", "planned", "considered", "historical", "other_limb", "other_person",
    "quoted", "none",
]  # fmt: skip


class EvidenceLabel(BaseModel):
    """Words of a document, and what they do to a value: tell it, deny it, plan it, ..."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    fact: str
    value: str | float | bool | None
    doc: str
    quote: str = Field(min_length=1)
    does: Does


def on_labelled(
    encounter: Encounter, labels: Sequence[EvidenceLabel], report: Report
) -> tuple[int, int]:
    """How many values have an item on a sentence that is labelled for them, and of how many.

    Only values of the report that some label tells are looked at: a wrong value is counted
    elsewhere, and the words of an unlabelled one are known to nobody.
    """
    texts = {document.doc_id: document.text for document in encounter.documents}
    told: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for label in labels:
        place = _sentence(texts.get(label.doc, ""), label.quote)
        if label.does == "asserted" and place:
            about = (label.fact, str(label.value).lower())
            told.setdefault(about, []).append((label.doc, *place))
    looked_at = [(told[about], items) for about, items in _values(report) if about in told]
    right = sum(any(_lies(item, places) for item in items) for places, items in looked_at)
    return right, len(looked_at)


def _lies(item: Evidence, places: Sequence[tuple[str, int, int]]) -> bool:
    return any(
        item.doc_id == doc and item.start < end and start < item.end for doc, start, end in places
    )


def _sentence(text: str, quote: str) -> tuple[int, int] | None:
    """The sentence, roughly, that holds a quote."""
    start = text.find(quote)
    if start < 0:
        return None
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, start)]
    after = _SENTENCE_END.search(text, start + len(quote) - 1)
    return ends[-1] if ends else 0, after.start() + 1 if after else len(text)


def _values(report: Report) -> Iterator[tuple[tuple[str, str], Sequence[Evidence]]]:
    """The values of a report, as labels name them, with their words."""
    facts = report.facts
    single = {
        "prior_level": facts.prior_level,
        "new_level": facts.new_level,
        "bone_resected": facts.bone_resected,
        "laterality": facts.laterality,
        "setting": facts.setting,
    }
    for name, fact in single.items():
        if fact is not None and fact.value is not None and fact.evidence:
            yield (name, str(fact.value).lower()), fact.evidence
    for indication in facts.indications:
        yield ("indications", indication.value), indication.evidence
    for closure in facts.reconstruction:
        yield ("reconstruction", closure.value), closure.evidence
    for found in report.requirements:
        if found.id == _REQUIREMENT and found.status == "met":
            yield (NECESSITY, "met"), found.evidence
