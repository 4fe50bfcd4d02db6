"""Gold and report of one encounter -> one judgement for each element, requirement and decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from notecheck.evaluate.elements import ELEMENTS, Value, gold_elements, report_elements
from notecheck.evaluate.evidence import on_labelled
from notecheck.evaluate.gold import GoldEncounter
from notecheck.models import Encounter, Evidence, Report

Kind = Literal["element", "requirement", "decision"]

# Lengths and areas that differ by rounding are the same: this share of the wanted number, which
# counts as 1 where it is less.
_ROUNDING = 0.01


@dataclass(frozen=True)
class Judgement:
    """What one label should be and what the report says."""

    kind: Kind
    name: str
    want: Value
    got: Value

    @property
    def mistakes(self) -> int:
        """How many values are wrong or lacking: at most one, but for sets."""
        if isinstance(self.want, frozenset) and isinstance(self.got, frozenset):
            return len(self.want ^ self.got)
        return not same_value(self.want, self.got)

    @property
    def right(self) -> bool:
        return not self.mistakes


@dataclass(frozen=True)
class EncounterOutcome:
    """How the report of one encounter compares with its gold.

    `checked` is false when there is no report. `evidence` counts the report's evidence items,
    `invalid` those that are not the words of their document at their offsets. `bare_facts` of
    the `valued_facts` have a value and no evidence. `on_labelled` of the `labelled` values show
    words that a person labelled for them.
    """

    encounter_id: str
    checked: bool
    judgements: tuple[Judgement, ...]
    evidence: int
    invalid: int
    valued_facts: int
    bare_facts: int
    labelled: int
    on_labelled: int


def judge(gold: GoldEncounter, report: Report | None) -> EncounterOutcome:
    """Compare one report, or None where the checker failed, with its gold."""
    want, got = gold_elements(gold.labels), report_elements(report)
    statuses = {item.id: item.status for item in report.requirements} if report else {}
    evidence = list(evidence_items(report))
    right, labelled = on_labelled(gold.encounter, gold.evidence, report) if report else (0, 0)
    bare = [not fact for fact in _fact_evidence(report)] if report else []
    return EncounterOutcome(
        encounter_id=gold.encounter.encounter_id,
        checked=report is not None,
        judgements=(
            *(Judgement("element", name, want[name], got[name]) for name in ELEMENTS),
            *(
                Judgement("requirement", name, status, statuses.get(name))
                for name, status in gold.labels.requirements.items()
            ),
            Judgement(
                "decision", "decision", gold.labels.decision, report.decision if report else None
            ),
        ),
        evidence=len(evidence),
        invalid=sum(not is_quoted(item, gold.encounter) for item in evidence),
        valued_facts=len(bare),
        bare_facts=sum(bare),
        labelled=labelled,
        on_labelled=right,
    )


def evidence_items(node: object) -> Iterator[Evidence]:
    """Every evidence item anywhere in a report, as often as it stands there."""
    if isinstance(node, Evidence):
        yield node
    elif isinstance(node, BaseModel):
        for _, value in node:
            yield from evidence_items(value)
    elif isinstance(node, tuple):
        for item in node:
            yield from evidence_items(item)


def is_quoted(evidence: Evidence, encounter: Encounter) -> bool:
    """Whether the evidence is the words of its document at its offsets."""
    texts = {document.doc_id: document.text for document in encounter.documents}
    text = texts.get(evidence.doc_id)
    return text is not None and text[evidence.start : evidence.end] == evidence.text


def _fact_evidence(report: Report) -> list[tuple[Evidence, ...]]:
    """The evidence of each fact that has a value; that no bone was cut may rest on silence."""
    facts = report.facts
    single = (facts.prior_level, facts.new_level, facts.laterality, facts.setting)
    valued = [fact.evidence for fact in single if fact]
    if facts.bone_resected and facts.bone_resected.value:
        valued.append(facts.bone_resected.evidence)
    valued += [fact.evidence for fact in facts.indications]
    valued += [fact.evidence for fact in facts.reconstruction]
    return valued


def same_value(want: Value, got: Value) -> bool:
    """Whether two values of an element are one, numbers but for rounding."""
    if isinstance(want, float) and isinstance(got, float):
        return abs(want - got) <= _ROUNDING * max(1.0, abs(want))
    return want == got
