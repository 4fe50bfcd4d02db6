"""What labelled encounters say of the rules."""

from __future__ import annotations

import json
from pathlib import Path

from notecheck import check
from notecheck.evaluate.gold import gold_from_object
from notecheck.pipeline.analyse import pipeline
from notecheck.reader.value import RULE
from notecheck.rule_tools.coverage import coverage, coverage_text
from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development" / "birch.jsonl"


def test_mentions_are_counted_by_rule_and_unused_rules_told() -> None:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()[:3]]
    found = coverage(pipeline(), map(gold_from_object, rows))
    assert found.encounters == 3
    reports = [check(row["encounter"]) for row in rows]
    used = {
        words.rule
        for report in reports
        for f in report.facts.reconstruction
        for words in f.evidence
    }
    used.discard(RULE)  # a reading is no mention of a rule
    assert used and all(found.counted[rule] for rule in used)
    rules = read_rules(patterns_root()).folder
    lines = coverage_text(found, rules).splitlines()
    unused = sum(not found.counted[frame_id] for frame_id in rules.frames)
    assert lines[0] == "3 encounters"
    assert f"Rules without a counted mention: {unused} of {len(rules.frames)}" in lines
    first = next(rule_id for rule_id in rules.frames if not found.counted[rule_id])
    assert f"   {rules.frames[first].place}: {first}" in "\n".join(lines)


def test_wrong_and_missing_values_are_told_with_their_rule_and_encounter() -> None:
    row = json.loads(CORPUS.read_text(encoding="utf-8").splitlines()[0])
    text = "OPERATION: Revision of left above-knee amputation.\n\nMyodesis was done."
    documents = [{"doc_id": "op", "type": "operative_note", "text": text}]
    row["encounter"] = {"encounter_id": "X1", "documents": documents}
    row["gold"]["facts"]["reconstruction"] = ["negative_pressure"]
    found = coverage(pipeline(), [gold_from_object(row)])
    wrong = {
        rule: told for rule, told in found.wrong.items() if "reconstruction = myodesis" in told
    }
    assert len(wrong) == 1 and next(iter(wrong)).startswith("myodesis.")
    assert next(iter(wrong.values()))["reconstruction = myodesis"] == ["X1"]
    assert found.missing["reconstruction"] == {"negative_pressure": ["X1"]}
    text = coverage_text(found, read_rules(patterns_root()).folder)
    assert "1  reconstruction = myodesis: X1" in text
    assert "1  negative_pressure: X1" in text


def test_coverage_is_told_by_word_and_by_frame_part() -> None:
    text = (
        "OPERATION: Revision of left above-knee amputation.\n\n"
        "DESCRIPTION: The femur was cut. The adductor was lashed to the femur."
    )
    documents = [{"doc_id": "op", "type": "operative_note", "text": text}]
    row = json.loads(CORPUS.read_text(encoding="utf-8").splitlines()[0])
    row["encounter"] = {"encounter_id": "X1", "documents": documents}
    found = coverage(pipeline(), [gold_from_object(row)])
    assert found.parts["myodesis.fixed-to-bone", "act fix"] == 1
    assert found.parts["myodesis.fixed-to-bone", "where to bone"] == 1
    assert found.words["lashed"] and not found.words["moored"]
    lines = coverage_text(found, read_rules(patterns_root()).folder).splitlines()
    idle = next(line for line in lines if " fix: " in line)
    assert "moor" in idle.split(", ") and "lash" not in idle.split(", ")
    assert any(line.endswith("myodesis.fixed-to-bone: where to periosteum") for line in lines)
