"""SARIF: what is open stands at the lines and columns of its words, and holds none of them."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft7Validator

from notecheck import check
from notecheck.models import Document, Encounter
from notecheck.report.sarif import Checked, sarif_bytes

_NOTE = (
    "OPERATION: Revision of left above-knee amputation.\r\n"
    "\N{MATHEMATICAL BOLD CAPITAL A} The femur was cut\r\nwith a saw.\r\n"
)
_ENCOUNTER = Encounter(encounter_id="E1", documents=(Document(doc_id="op", text=_NOTE),))


def run(*, as_text: bool, where: str = "notes/a b.txt") -> dict:
    checked = [Checked(_ENCOUNTER, check(_ENCOUNTER, code="27596"), where, as_text)]
    told = json.loads(sarif_bytes(checked, [("c.txt", "the note is empty")]))
    assert told["version"] == "2.1.0"
    (found,) = told["runs"]
    return found


def test_each_result_is_at_its_words() -> None:
    found = run(as_text=True)
    results = {result["ruleId"]: result for result in found["results"]}
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == sorted(results)
    assert results["reconstruction"]["level"] == "error"
    level = results["new-level"]
    assert level["level"] == "warning" and level["message"]["text"].startswith("E1: The femur")
    lines = _NOTE.splitlines(keepends=True)
    said = []
    for location in level["locations"]:
        region = location["physicalLocation"]["region"]
        text = "".join(lines[region["startLine"] - 1 : region["endLine"]])
        last = sum(map(len, lines[region["startLine"] - 1 : region["endLine"] - 1]))
        said.append(text[region["startColumn"] - 1 : last + region["endColumn"] - 1])
    evidence = next(r for r in check(_ENCOUNTER, code="27596").requirements if r.id == "new-level")
    assert said == [item.text for item in evidence.evidence]
    assert any(words.startswith("femur was cut") for words in said)


def test_no_words_of_the_note_and_no_lines_of_another_file() -> None:
    found = run(as_text=False, where="charts.jsonl:3")
    assert "with a saw" not in json.dumps(found)
    physical = [p["physicalLocation"] for r in found["results"] for p in r["locations"]]
    told = {"artifactLocation": {"uri": "charts.jsonl"}, "region": {"startLine": 3}}
    assert physical and all(place == told for place in physical)
    spaced = run(as_text=True)["results"][0]["locations"][0]["physicalLocation"]
    assert spaced["artifactLocation"]["uri"] == "notes/a%20b.txt"
    (level,) = (r for r in found["results"] if r["ruleId"] == "new-level")
    assert level["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].startswith("op:")


def test_an_input_that_was_not_read_is_told(tmp_path: Path) -> None:
    (invocation,) = run(as_text=True)["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "the note is empty"
    file = run(as_text=True, where=str(tmp_path / "a.txt"))["results"][0]["locations"][0]
    assert file["physicalLocation"]["artifactLocation"]["uri"] == (tmp_path / "a.txt").as_uri()


def _object(required: str = "", **properties: object) -> dict[str, object]:
    """An object of these keys and no other; `required` are names apart by blanks."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def _list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


# The part of SARIF 2.1.0 that we write, by hand after the specification: the
# published schema itself is not in any package that the tests have.
_TEXT = {"type": "string", "minLength": 1}
_FROM_1 = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _object("text", text=_TEXT)
_LOCATION = _object(
    physicalLocation=_object(
        "artifactLocation",
        artifactLocation=_object("uri", uri={"type": "string", "pattern": r"^[^\s\\]+$"}),
        region=_object(
            "startLine", startLine=_FROM_1, startColumn=_FROM_1, endLine=_FROM_1, endColumn=_FROM_1
        ),
    ),
    logicalLocations=_list(_object(fullyQualifiedName=_TEXT)),
)
_DRIVER = _object("name", name=_TEXT, rules=_list(_object("id", id=_TEXT)))
_RUN = _object(
    "tool",
    tool=_object("driver", driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=_list(
        _object(
            "executionSuccessful",
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=_list(
                _object("message", level=_LEVEL, message=_MESSAGE, locations=_list(_LOCATION))
            ),
        )
    ),
    results=_list(
        _object("message", ruleId=_TEXT, level=_LEVEL, message=_MESSAGE, locations=_list(_LOCATION))
    ),
)
_LOG = _object("version runs", **{"$schema": _TEXT}, version={"const": "2.1.0"}, runs=_list(_RUN))


def test_every_key_and_value_is_one_of_the_format() -> None:
    line = {"code": "27596", "modifiers": ["RT"], "units": 2, "service_date": "2026-03-02"}
    claim = {"form": "professional", "place_of_service": "11", "lines": [line]}
    encounter = Encounter.model_validate(_ENCOUNTER.model_dump() | {"claim": claim})
    report = check(encounter)
    assert report.findings
    checked = [
        Checked(encounter, report, "notes/a b.txt", True),
        Checked(encounter, report, "charts.jsonl:3", False),
    ]
    for failed in ([], [("c.txt", "the note is empty")]):
        told = json.loads(sarif_bytes(checked, failed))
        assert [error.message for error in Draft7Validator(_LOG).iter_errors(told)] == []
    told["runs"][0]["results"][0]["level"] = "grave"
    assert not Draft7Validator(_LOG).is_valid(told)
