"""Reports as SARIF 2.1.0, which editors and code reviews show beside the lines it names.

A result is an open requirement or a finding on the claim, with where its words stand. The words
themselves are left out: such files are kept by build servers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from notecheck.models import NOT_MET, Encounter, Evidence, Report
from notecheck.report.places import Places

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"partial": "warning", "missing": "error", "conflict": "error"}
_MOST_PLACES = 10  # of one result: editors show the first


@dataclass(frozen=True)
class Checked:
    """A report and where its encounter was read; `as_text` where that is the note's text itself."""

    encounter: Encounter
    report: Report
    where: str
    as_text: bool


def sarif_bytes(checked: Sequence[Checked], failed: Sequence[tuple[str, str]]) -> bytes:
    """One run as UTF-8 JSON; `failed` are the inputs that could not be checked, each with why.

    Lines and columns count from 1, columns in Unicode characters. They are the words' own where the
    file is the note's text; elsewhere the file is named, its line in JSON Lines, and the document.
    """
    results = [result for one in checked for result in _results(one)]
    run = {
        "tool": {"driver": {"name": "notecheck", "rules": _rules(results)}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not failed,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": why},
                        "locations": [{"physicalLocation": _file(where)}],
                    }
                    for where, why in failed
                ],
            }
        ],
        "results": results,
    }
    told = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(told, indent=1).encode() + b"\n"


def _rules(results: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    return [{"id": name} for name in sorted({result["ruleId"] for result in results})]


def _results(one: Checked) -> Iterator[dict[str, Any]]:
    report, places = one.report, Places(one.encounter)
    for item in report.requirements:
        if item.status in NOT_MET:
            yield _result(one, places, item.id, _LEVELS[item.status], item.message, item.evidence)
    for finding in report.findings:
        words = f"{finding.message} Resolution: {finding.resolution}"
        yield _result(one, places, finding.id, finding.severity, words, finding.evidence)


def _result(
    one: Checked, places: Places, rule: str, level: str, words: str, evidence: Sequence[Evidence]
) -> dict[str, Any]:
    locations = [_location(one, places, item) for item in evidence[:_MOST_PLACES]]
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": f"{one.report.encounter_id}: {words}"},
        "locations": locations or [{"physicalLocation": _file(one.where)}],
    }


def _location(one: Checked, places: Places, evidence: Evidence) -> dict[str, Any]:
    place = places.of(evidence)
    if not one.as_text:
        return {
            "physicalLocation": _file(one.where),
            "logicalLocations": [{"fullyQualifiedName": str(place)}],
        }
    region = {
        "startLine": place.first_line,
        "startColumn": place.column,
        "endLine": place.last_line,
        "endColumn": place.end_column,
    }
    return {"physicalLocation": {**_file(one.where), "region": region}}


def _file(where: str) -> dict[str, Any]:
    """The file of an input, and its line where it is one of many, as in `charts.jsonl:3`."""
    name, _, line = where.rpartition(":")
    path = Path(name if line.isdecimal() else where)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    region = {"region": {"startLine": int(line)}} if line.isdecimal() else {}
    return {"artifactLocation": {"uri": uri}, **region}
