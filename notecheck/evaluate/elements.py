"""The single labels of an encounter, read alike from gold and from a report."""

from __future__ import annotations

from notecheck.evaluate.gold import FactLabels, GoldLabels
from notecheck.models import Facts, Report

Value = str | float | bool | frozenset[str] | None

# In the order in which figures are shown.
SINGLE_VALUES = (
    "supported_code", "prior_level", "new_level", "segment", "measurement_cm", "bone_resected",
    "laterality", "debridement_performed", "debridement_area_cm2", "debridement_separate",
    "setting",
)  # fmt: skip
SETS = ("indications", "reconstruction", "debridement_tissues")
ELEMENTS = (*SINGLE_VALUES, *SETS)


def plain(value: Value) -> object:
    """The value as JSON has it: a set as a sorted list."""
    return sorted(value) if isinstance(value, frozenset) else value


def gold_elements(labels: GoldLabels) -> dict[str, Value]:
    """What each element should be."""
    facts = labels.facts
    return {
        "supported_code": labels.supported_code,
        "prior_level": facts.prior_level,
        "bone_resected": facts.bone_resected,
        "laterality": facts.laterality,
        "setting": facts.setting,
        "indications": facts.indications,
        "reconstruction": facts.reconstruction,
        **_level_and_debridement(facts),
    }


def report_elements(report: Report | None) -> dict[str, Value]:
    """What the report says of each element; without a report, nothing of any."""
    facts = report.facts if report else Facts()
    return {
        "supported_code": report.supported_code.value if report else "none",
        "prior_level": facts.prior_level.value if facts.prior_level else None,
        "bone_resected": facts.bone_resected.value if facts.bone_resected else None,
        "laterality": facts.laterality.value if facts.laterality else None,
        "setting": facts.setting.value if facts.setting else None,
        "indications": frozenset(fact.value for fact in facts.indications),
        "reconstruction": frozenset(fact.value for fact in facts.reconstruction),
        **_level_and_debridement(facts),
    }


def _level_and_debridement(facts: FactLabels | Facts) -> dict[str, Value]:
    level, debridement = facts.new_level, facts.debridement
    return {
        "new_level": level.value if level else None,
        "segment": level.segment if level else None,
        "measurement_cm": level.measurement_cm if level else None,
        "debridement_performed": debridement.performed,
        "debridement_tissues": frozenset(debridement.tissues),
        "debridement_area_cm2": debridement.area_cm2,
        "debridement_separate": debridement.separate,
    }
