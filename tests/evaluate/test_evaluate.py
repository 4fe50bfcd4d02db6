"""`notecheck evaluate`, through its command and its figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from notecheck import check
from notecheck.evaluate.evaluation import Evaluator
from notecheck.evaluate.gold import gold_from_object

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development"


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / "birch.jsonl").open()][:6]


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", "evaluate", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


def report_as_gold(row: dict[str, Any]) -> dict[str, Any]:
    """The row with the checker's own answers for labels."""
    report = check(row["encounter"])
    facts = json.loads(report.facts.model_dump_json())
    labels = {
        "supported_code": report.supported_code.value,
        "decision": report.decision,
        "requirements": {r.id: r.status for r in report.requirements},
        "facts": {
            **{
                name: fact and fact["value"]
                for name, fact in facts.items()
                if name in ("prior_level", "bone_resected", "laterality", "setting")
            },
            "new_level": facts["new_level"],
            "indications": [fact["value"] for fact in facts["indications"]],
            "reconstruction": [fact["value"] for fact in facts["reconstruction"]],
            "debridement": facts["debridement"],
        },
    }
    return {"encounter": row["encounter"], "gold": labels}


def test_its_own_answers_are_all_right(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(report_as_gold(row)) for row in rows()))
    result = run(gold, "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    figures = json.loads(result.stdout)
    assert figures["encounters"] == 6
    assert figures["micro"]["f1"] == 1.0
    assert figures["intervals"]["micro"]["f1"] == [1.0, 1.0]
    assert figures["decision_accuracy"] == figures["status_accuracy"] == 1.0
    assert figures["false_met"]["count"] == 0
    assert figures["evidence"]["items"] > 0 == figures["evidence"]["invalid"]


def test_a_wrong_label_lowers_just_its_own_figures() -> None:
    labelled = [report_as_gold(row) for row in rows()]
    told = next(row for row in labelled if row["gold"]["facts"]["laterality"] == "left")
    told["gold"]["facts"]["laterality"] = "right"
    told["gold"]["requirements"]["laterality-note"] = "missing"
    evaluator = Evaluator()
    for row in labelled:
        evaluator.add(gold_from_object(row), check(row["encounter"]))
    evaluation = evaluator.evaluation()
    wrong = {
        path
        for path, rate in evaluation.rates.items()
        if rate != (0.0 if path == ("false_met", "rate") else 1.0)
    }
    assert {path[1] for path in wrong if path[0] == "elements"} == {"laterality"}
    assert {path[1] for path in wrong if path[0] == "requirements"} == {"laterality-note"}
    assert evaluation.tallies["false_met", "count"] == 1
    assert evaluation.confusions["laterality-note"] == {"missing->met": 1}
    for path, value in evaluation.rates.items():
        low, high = evaluation.intervals[path]
        assert 0.0 <= low <= value <= high <= 1.0, path


def test_an_earlier_evaluation_is_compared(tmp_path: Path) -> None:
    row = report_as_gold(rows()[0])
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row))
    earlier = json.loads(run(gold, "--format", "json").stdout)
    ((name, judgements),) = earlier["outcomes"].items()
    side = next(j for j in judgements if j["name"] == "laterality")
    side["got"] = "bilateral"
    saved = tmp_path / "earlier.json"
    saved.write_text(json.dumps(earlier))
    compared = json.loads(run(gold, "--against", saved, "--format", "json").stdout)["comparison"]
    assert [(c["encounter_id"], c["name"]) for c in compared["better"]] == [(name, "laterality")]
    assert compared["worse"] == []


def test_text_fits_a_terminal() -> None:
    result = run(CORPUS / "birch.jsonl", "--errors")
    assert result.returncode == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    assert "indications" in result.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "this is empty"),
        ('{"encounter": {}}', "must be a JSON object with `encounter` and `gold`"),
        ('{"encounter": ', "line 1"),
    ],
)
def test_unreadable_gold_is_one_sentence(tmp_path: Path, content: str, told: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(content)
    result = run(gold)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr and result.stderr.count("\n") == 1
    assert run(tmp_path / "missing.jsonl").returncode == 2
