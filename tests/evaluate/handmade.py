"""Gold and reports written by hand, with no checker between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from notecheck.evaluate.gold import GoldEncounter, gold_from_object
from notecheck.models import Evidence, Report
from notecheck.requirements.table import RequirementId

NOTE = "The left femur was cut. Myodesis was not done. The wound was left open."


def words(text: str, doc_id: str = "op") -> dict[str, Any]:
    """Evidence for `text`, which stands in the note."""
    start = NOTE.index(text)
    return {"doc_id": doc_id, "start": start, "end": start + len(text), "text": text}


def gold(encounter_id: str = "E1", **changes: Any) -> GoldEncounter:
    """Gold in which nothing is told and everything is met, but for the `changes`.

    A change names a fact, `requirements` (only those that are not met), `supported_code` or
    `decision`.
    """
    facts: dict[str, Any] = {
        "prior_level": None,
        "new_level": None,
        "bone_resected": None,
        "indications": [],
        "reconstruction": [],
        "laterality": None,
        "debridement": {"performed": False, "tissues": [], "area_cm2": None, "separate": False},
        "setting": None,
    }
    labels = {
        "supported_code": changes.pop("supported_code", "none"),
        "decision": changes.pop("decision", "hold"),
        "requirements": _statuses(changes.pop("requirements", {})),
        "facts": facts,
    }
    assert set(changes) <= set(facts)
    facts.update(changes)
    document = {"doc_id": "op", "type": "operative_note", "text": NOTE}
    return gold_from_object(
        {"encounter": {"encounter_id": encounter_id, "documents": [document]}, "gold": labels}
    )


def report(encounter_id: str = "E1", **changes: Any) -> Report:
    """A report that says what `gold()` says, but for the `changes`.

    Facts are given as in a report, with evidence; `requirements` only where not met.
    """
    statuses = _statuses(changes.pop("requirements", {}))
    return Report.model_validate(
        {
            "schema": "notecheck.report/1",
            "encounter_id": encounter_id,
            "code": "27596",
            "decision": changes.pop("decision", "hold"),
            "score": 0.0,
            "supported_code": changes.pop("supported_code", {"value": "none"}),
            "requirements": [
                {"id": name, "status": status, "message": "", "evidence": ()}
                for name, status in statuses.items()
            ],
            "excluded": changes.pop("excluded", ()),
            "facts": changes,
        }
    )


def evidence(text: str) -> Evidence:
    return Evidence(**words(text))


def fact(value: object, *texts: str, **more: object) -> dict[str, Any]:
    """A fact of a report that rests on `texts` of the note."""
    return {"value": value, "evidence": [words(text) for text in texts], **more}


def _statuses(changed: dict[str, str]) -> dict[str, str]:
    names: Sequence[str] = get_args(RequirementId)
    assert set(changed) <= set(names)
    return {name: changed.get(name, "met") for name in names}
