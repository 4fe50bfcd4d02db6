"""Runs a relation over encounters and tells where it does not hold."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from metamorphic.encounters import Encounter
from metamorphic.outcome import outcome, wrong_evidence
from metamorphic.relations import RELATIONS
from notecheck import Report, check

KNOWN_FILE = Path(__file__).parent / "known_failures.toml"
# The code that the corpus is labelled for: every encounter is checked whole, whatever its note is.
CODE = "27596"
_reports: dict[int, Report] = {}


def report_on(encounter: Encounter) -> Report:
    """The report on an encounter as given, worked out once."""
    if id(encounter) not in _reports:
        _reports[id(encounter)] = check(encounter, code=CODE)
    return _reports[id(encounter)]


def broken(relation: str, encounters: Sequence[Encounter]) -> tuple[dict[str, Any], int]:
    """What differs, by encounter id, where the relation does not hold; and how many were varied.

    Raises AssertionError for evidence that is not the slice of the document that it claims to be.
    """
    found: dict[str, Any] = {}
    varied = 0
    for encounter in encounters:
        report = report_on(encounter)
        if report.supported_code.value == "none" and check(encounter).decision == "not_concerned":
            continue  # it names no amputation and is not read; a variant that names one would be
        variant = RELATIONS[relation](encounter, report)
        if variant is None:
            continue
        varied += 1
        report = check(variant.encounter, code=CODE)
        assert wrong_evidence(variant.encounter, report) == []
        faults = variant.faults(outcome(report))
        if faults:
            found[encounter["encounter_id"]] = faults
    return found, varied


@cache
def known() -> dict[str, list[str]]:
    """The ids of the encounters for which a relation is known not to hold, by relation."""
    listed: dict[str, list[str]] = tomllib.loads(KNOWN_FILE.read_text(encoding="utf-8"))
    return listed
