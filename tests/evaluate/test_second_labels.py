"""`notecheck evaluate --second`: two readings of the same evidence, and how far they agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .test_evaluate_command import ROOT, evaluate, row, written


def label(quote: str, does: str = "asserted", value: str = "left") -> dict[str, Any]:
    return {"fact": "laterality", "value": value, "doc": "op", "quote": quote, "does": does}


def files(tmp_path: Path, first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[Path]:
    gold = written(tmp_path / "gold.jsonl", {**row("E1"), "evidence": first}, row("E2"))
    return [gold, written(tmp_path / "second.ndjson", {"encounter_id": "E1", "evidence": second})]


def test_labels_are_compared_where_their_words_overlap(tmp_path: Path) -> None:
    first = [label("left above-knee"), label("saw", "none", "right"), label("cut")]
    second = [label("of left"), label("with a saw", "negated", "right"), label("OPERATION")]
    gold, other = files(tmp_path, first, second)
    done = evaluate(gold, "--second", other)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Two readings of the evidence of 1 encounters"
    assert lines[1].split()[-1] == "2"
    assert "50.0 %" in lines[2]
    assert lines[3].endswith("50.0 % of 2") and lines[4].endswith("50.0 % of 2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no label of it is about words that the gold file labels too"),
        ("{}\n", ":1: `encounter_id` is missing"),
        ('{"encounter_id": "E1", "evidence": [{"fact": 1}]}\n', ":1: `evidence[0].fact` must be"),
        ("no json\n", ":1: "),
    ],
)
def test_a_file_that_cannot_be_used_exits_2(text: str, said: str, tmp_path: Path) -> None:
    gold, other = files(tmp_path, [label("left")], [])
    other.write_text(text, encoding="utf-8")
    done = evaluate(gold, "--second", other)
    assert done.returncode == 2
    assert said in done.stderr
    assert evaluate(gold, "--second", tmp_path / "none").returncode == 2


def test_the_corpus_own_readings_agree(tmp_path: Path) -> None:
    whole = tmp_path / "all.jsonl"
    parts = sorted((ROOT / "corpus").glob("*/*.jsonl"))
    whole.write_text("".join(path.read_text(encoding="utf-8") for path in parts), encoding="utf-8")
    done = evaluate(whole, "--second", ROOT / "corpus" / "second_reading.ndjson")
    assert done.returncode == 0, done.stderr
    kappa = float(done.stdout.split("kappa ")[1].split()[0])
    assert kappa > 0.9
