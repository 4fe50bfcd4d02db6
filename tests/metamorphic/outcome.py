"""What a report says, without where: the part that a harmless change must leave alone."""

from __future__ import annotations

from typing import Any

from notecheck import Report

Outcome = dict[str, Any]


def outcome(report: Report) -> Outcome:
    """The values of the facts, the statuses of the requirements and the decision, by name."""
    facts = report.facts
    new = facts.new_level
    return {
        "supported_code": report.supported_code.value,
        "prior_level": facts.prior_level and facts.prior_level.value,
        "new_level": new and new.value,
        "segment": new and new.segment,
        "measurement_cm": new and new.measurement_cm,
        "bone_resected": facts.bone_resected and facts.bone_resected.value,
        "indications": {fact.value for fact in facts.indications},
        "reconstruction": {fact.value for fact in facts.reconstruction},
        "laterality": facts.laterality and facts.laterality.value,
        "debridement": (
            facts.debridement.performed,
            frozenset(facts.debridement.tissues),
            facts.debridement.area_cm2,
            facts.debridement.separate,
        ),
        "setting": facts.setting and facts.setting.value,
        **{f"{item.id} status": item.status for item in report.requirements},
        "decision": report.decision,
    }


def differences(before: Outcome, after: Outcome) -> dict[str, tuple[Any, Any]]:
    """What changed: name -> (before, after)."""
    return {name: (was, after[name]) for name, was in before.items() if was != after[name]}


def wrong_evidence(encounter: dict[str, Any], report: Report) -> list[str]:
    """The evidence items, as words, that are not the slice of the document that they claim."""
    texts = {d["doc_id"]: d["text"] for d in encounter["documents"]}
    facts = report.facts
    holders = [
        report.supported_code, facts.prior_level, facts.new_level, facts.bone_resected,
        *facts.indications, *facts.reconstruction, facts.laterality, facts.debridement,
        facts.setting, *report.requirements, *report.excluded,
    ]  # fmt: skip
    items = [item for holder in holders if holder for item in holder.evidence]
    return [
        f"{item.doc_id}[{item.start}:{item.end}] {item.text!r}"
        for item in items
        if texts[item.doc_id][item.start : item.end] != item.text
    ]
