"""What reviewers say is wrong -> labelled encounters, to evaluate and to train with.

A correction names an element of the report (`laterality`, `reconstruction`,
`requirement:new-level`, ...), its value as reported and as it should be, and the words that tell
it. Everything of a report that nobody corrected counts as right once its item is closed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import insert, select

from notecheck.errors import InputError
from notecheck.models import (
    Encounter,
    Evidence,
    IndicationValue,
    Level,
    ReconstructionValue,
    Report,
    Segment,
    SettingValue,
    Side,
    Status,
    SupportedCodeValue,
    Tissue,
)
from notecheck.requirements.scoring import decision_of
from notecheck.workbench.arrivals import now
from notecheck.workbench.labelled_words import evidence_labels
from notecheck.workbench.store import Store
from notecheck.workbench.tables import charts, corrections, items

REQUIREMENT = "requirement:"
_NOTHING = "none"
_YES_NO = ("true", "false")
# The elements of a report, with the words that each may be; () for a number. Those of the second
# table are sets: several words, separated by commas.
_ONE: dict[str, tuple[str, ...]] = {
    "supported_code": get_args(SupportedCodeValue),
    "prior_level": get_args(Level),
    "new_level": get_args(Level),
    "segment": get_args(Segment),
    "measurement_cm": (),
    "bone_resected": _YES_NO,
    "laterality": get_args(Side),
    "debridement_performed": _YES_NO,
    "debridement_area_cm2": (),
    "debridement_separate": _YES_NO,
    "setting": get_args(SettingValue),
}
_SETS: dict[str, tuple[str, ...]] = {
    "indications": get_args(IndicationValue),
    "reconstruction": get_args(ReconstructionValue),
    "debridement_tissues": get_args(Tissue),
}
_NEVER_EMPTY = ("supported_code", "debridement_performed", "debridement_separate")


@dataclass(frozen=True)
class Selected:
    """The words that a reviewer selected, `text[start:end]` of the document `doc_id`."""

    doc_id: str
    start: int
    end: int


def elements(report: Report) -> list[str]:
    """Everything of `report` that can be corrected."""
    return [*_ONE, *_SETS, *(f"{REQUIREMENT}{result.id}" for result in report.requirements)]


def words_of(element: str) -> tuple[str, ...]:
    """The words that an element may be; empty for a number."""
    if element.startswith(REQUIREMENT):
        return get_args(Status)
    return _ONE.get(element) or _SETS.get(element, ())


def reported(report: Report, element: str) -> Any:
    """The value of an element as the report has it."""
    return _values(report)[element]


def parsed(element: str, text: str) -> Any:
    """What a reviewer typed, as a value of the element. Raises InputError saying what it may be."""
    given = [word.strip().lower().replace(" ", "_") for word in text.split(",") if word.strip()]
    allowed = words_of(element)
    if element in _SETS:
        return sorted(_known(element, word, allowed) for word in given if word != _NOTHING)
    if len(given) > 1:
        raise InputError(f"{element} has one value")
    word = given[0] if given else _NOTHING
    if element.startswith(REQUIREMENT):
        return _known(element, word.replace(" ", "_"), allowed)
    if word == _NOTHING and element not in _NEVER_EMPTY:
        return None
    if not allowed:
        try:
            return float(word)
        except ValueError:
            raise InputError(f"{element} is a number, or none") from None
    found = _known(element, word, allowed)
    return found == "true" if allowed is _YES_NO else found


def _known(element: str, word: str, allowed: tuple[str, ...]) -> str:
    if word not in allowed:
        raise InputError(f"{element} is one of {', '.join(allowed)}")
    return word


class Corrections:
    """The corrections of a queue. Methods raise QueueError when the store fails."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self, item: int, person: str, element: str, text: str, selected: Selected | None
    ) -> None:
        """Writes a correction down. Raises InputError for what cannot be one."""
        with self._store.writing() as connection:
            row = connection.execute(
                select(charts.c.encounter, charts.c.report).where(charts.c.item_id == item)
            ).first()
            if row is None:
                raise InputError(f"there is no item {item} in the queue")
            report = Report.model_validate_json(row.report)
            if element not in elements(report):
                raise InputError("choose what is wrong")
            _require_words(Encounter.model_validate_json(row.encounter), selected)
            was, right = reported(report, element), parsed(element, text)
            if was == right:
                raise InputError(f"the report says so already: {element} is {text}")
            connection.execute(
                insert(corrections).values(
                    item_id=item, time=now(), person=person, element=element,
                    reported=json.dumps(was), corrected=json.dumps(right),
                    rules=json.dumps(_rules(report, element)),
                    doc_id=selected.doc_id if selected else None,
                    start=selected.start if selected else None,
                    end=selected.end if selected else None,
                )
            )  # fmt: skip

    def of(self, item: int) -> list[dict[str, Any]]:
        """An item's corrections, oldest first."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(corrections).where(corrections.c.item_id == item).order_by(corrections.c.id)
            ).mappings()
            return [_plain(dict(row)) for row in rows]

    def lines(self) -> Iterator[str]:
        """Each closed or corrected item as a gold line, as `notecheck evaluate` reads it.

        Beside the labels stands `corrections`: what was wrong, and the words that tell what is
        right.
        """
        with self._store.reading() as connection:
            found: dict[int, list[dict[str, Any]]] = {}
            for row in connection.execute(
                select(corrections).order_by(corrections.c.id)
            ).mappings():
                found.setdefault(row["item_id"], []).append(_plain(dict(row)))
            for item in connection.execute(
                select(items.c.id, items.c.state, charts.c.encounter, charts.c.report)
                .join(charts, charts.c.item_id == items.c.id)
                .order_by(items.c.id)
            ):
                told = found.get(item.id, [])
                if told or item.state == "closed":
                    yield _line(item.encounter, item.report, told)

    def accuracy(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Right and reviewed, by requirement and by rule, over the items that are closed."""
        reviewed: dict[str, Counter[str]] = {"requirement": Counter(), "rule": Counter()}
        wrong: dict[str, Counter[str]] = {"requirement": Counter(), "rule": Counter()}
        with self._store.reading() as connection:
            for row in connection.execute(
                select(charts.c.report)
                .join(items, charts.c.item_id == items.c.id)
                .where(items.c.state == "closed")
            ):
                report = Report.model_validate_json(row.report)
                reviewed["requirement"].update(result.id for result in report.requirements)
                reviewed["rule"].update({rule for e in _ONE | _SETS for rule in _rules(report, e)})
            for row in connection.execute(
                select(corrections.c.element, corrections.c.rules)
                .join(items, items.c.id == corrections.c.item_id)
                .where(items.c.state == "closed")
            ):
                if row.element.startswith(REQUIREMENT):
                    wrong["requirement"][row.element.removeprefix(REQUIREMENT)] += 1
                wrong["rule"].update(json.loads(row.rules))
        return {
            kind: {
                name: (max(0, count - wrong[kind][name]), count)
                for name, count in sorted(counts.items())
            }
            for kind, counts in reviewed.items()
        }


def _require_words(encounter: Encounter, selected: Selected | None) -> None:
    if selected is None:
        return
    text = next((d.text for d in encounter.documents if d.doc_id == selected.doc_id), "")
    if not 0 <= selected.start < selected.end <= len(text):
        raise InputError("select the words in the note again")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        **{name: json.loads(row[name]) for name in ("reported", "corrected", "rules")},
    }


def _values(report: Report) -> dict[str, Any]:
    """All elements of a report by name, sets as sorted lists."""
    facts = report.facts
    level = facts.new_level
    found: dict[str, Any] = {
        "supported_code": report.supported_code.value,
        "prior_level": facts.prior_level and facts.prior_level.value,
        "new_level": level and level.value,
        "segment": level and level.segment,
        "measurement_cm": level and level.measurement_cm,
        "bone_resected": facts.bone_resected and facts.bone_resected.value,
        "indications": sorted(fact.value for fact in facts.indications),
        "reconstruction": sorted(fact.value for fact in facts.reconstruction),
        "laterality": facts.laterality and facts.laterality.value,
        "debridement_performed": facts.debridement.performed,
        "debridement_tissues": sorted(facts.debridement.tissues),
        "debridement_area_cm2": facts.debridement.area_cm2,
        "debridement_separate": facts.debridement.separate,
        "setting": facts.setting and facts.setting.value,
    }
    found.update({f"{REQUIREMENT}{r.id}": r.status for r in report.requirements})
    return found


def _rules(report: Report, element: str) -> list[str]:
    """The ids of the rules behind a fact's evidence."""
    facts = report.facts
    if element.startswith(REQUIREMENT):
        return []
    if element == "supported_code":
        evidence: list[Evidence] = [*report.supported_code.evidence]
    elif element in ("indications", "reconstruction"):
        evidence = [item for fact in getattr(facts, element) for item in fact.evidence]
    elif element in ("segment", "measurement_cm", "new_level"):
        evidence = [*(facts.new_level.evidence if facts.new_level else ())]
    elif element.startswith("debridement"):
        evidence = [*facts.debridement.evidence]
    else:
        fact = getattr(facts, element)
        evidence = [*(fact.evidence if fact else ())]
    return sorted({item.rule for item in evidence if item.rule})


def _line(encounter: str, report_json: str, told: list[dict[str, Any]]) -> str:
    report = Report.model_validate_json(report_json)
    values = _values(report)
    values.update({row["element"]: row["corrected"] for row in told})
    statuses = {
        name.removeprefix(REQUIREMENT): value
        for name, value in values.items()
        if name.startswith(REQUIREMENT)
    }
    level = values["new_level"]
    gold = {
        "supported_code": values["supported_code"],
        "facts": {
            "prior_level": values["prior_level"],
            "new_level": {
                "value": level,
                "segment": values["segment"],
                "measurement_cm": values["measurement_cm"],
            }
            if level or values["measurement_cm"]
            else None,
            **{
                name: values[name]
                for name in (
                    "bone_resected", "indications", "reconstruction", "laterality", "setting",
                )
            },
            "debridement": {
                name: values[f"debridement_{name}"]
                for name in ("performed", "tissues", "area_cm2", "separate")
            },
        },
        "requirements": statuses,
        "decision": decision_of(
            list(statuses.values()), code_supported=values["supported_code"] == report.code
        ),
    }  # fmt: skip
    given = json.loads(encounter)
    kept = ("element", "reported", "corrected", "doc_id", "start", "end", "person", "time")
    return json.dumps(
        {
            "encounter": given,
            "gold": gold,
            "evidence": list(evidence_labels(given, told)),
            "corrections": [{name: row[name] for name in kept} for row in told],
        },
        ensure_ascii=False,
    )
