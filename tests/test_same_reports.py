"""One encounter has one report, whichever way it is asked for and whatever was read before it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from notecheck import check
from notecheck.facts.extract import extract
from notecheck.models import Encounter
from notecheck.pipeline import analyse
from notecheck.pipeline.analyse import Pipeline
from notecheck.reader.choice import chosen_model
from notecheck.rules.load import rule_set

ROOT = Path(__file__).resolve().parents[1]
HERNIA = {"encounter_id": "H", "documents": [{"doc_id": "op", "text": "A hernia was repaired."}]}


def some_encounters() -> list[dict]:
    """A few of each author's, and one that is not concerned."""
    found = [HERNIA]
    for path in sorted((ROOT / "corpus").glob("*/*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            found += [json.loads(line)["encounter"] for line in islice(lines, 2, 4)]
    return found


ENCOUNTERS = some_encounters()
CODE = "27596"


def report(encounter: dict) -> str:
    return check(encounter, code=CODE).model_dump_json()


EXPECTED = [report(encounter) for encounter in ENCOUNTERS]


def test_warm_and_in_any_order() -> None:
    assert [report(e) for e in reversed(ENCOUNTERS)] == EXPECTED[::-1]


def test_in_a_pool_of_fresh_processes() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(report, ENCOUNTERS, chunksize=5)) == EXPECTED


def reports_by(python: str, folder: Path) -> list[str]:
    """What the command says of the encounters when this interpreter runs it."""
    charts = folder / "charts.jsonl"
    charts.write_text("".join(json.dumps(e) + "\n" for e in ENCOUNTERS), encoding="utf-8")
    words = ["scan", "--exit-zero", "--format", "jsonl", "--code", CODE, str(charts)]
    done = subprocess.run(
        [python, "-W", "ignore", "-m", "notecheck", *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout.splitlines()


def test_by_the_command(tmp_path: Path) -> None:
    assert reports_by(sys.executable, tmp_path) == EXPECTED


def test_by_other_versions_of_python(tmp_path: Path) -> None:
    """Each with its own spaCy and numpy: those of 3.12 and 3.13 are other ones than those of 3.11.

    No environment is made here, which would take minutes: a machine that has some names them.
    """
    named = os.environ.get("NOTECHECK_PYTHONS", "")
    if not named:
        pytest.skip("set NOTECHECK_PYTHONS to interpreters in which notecheck is installed")
    for python in named.split(os.pathsep):
        assert reports_by(python, tmp_path) == EXPECTED, python


def test_the_screen_changes_nothing_in_what_it_lets_through() -> None:
    for encounter in ENCOUNTERS[1:]:
        documents = Encounter.model_validate(encounter).documents
        assert extract(documents) == extract(documents, every=True)


def test_a_pipeline_that_forgets_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """spaCy keeps every word; the reading starts anew before they are too many."""
    monkeypatch.setattr(analyse, "_MOST_NEW_WORDS", 0)
    forgetful, other = Pipeline(rule_set(), chosen_model()), analyse.pipeline()
    for encounter in ENCOUNTERS[1:4]:
        for document in Encounter.model_validate(encounter).documents:
            assert forgetful.analyse(document) == other.analyse(document)
            assert forgetful.analyse(document) == other.analyse(document)


def test_by_an_audit_with_two_workers(tmp_path: Path) -> None:
    charts, out = tmp_path / "charts.jsonl", tmp_path / "out"
    charts.write_text("".join(json.dumps(e) + "\n" for e in ENCOUNTERS), encoding="utf-8")
    words = ["audit", str(charts), "--out", str(out), "--workers", "2"]
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "notecheck", *words], check=True, cwd=ROOT
    )
    told = {
        row["encounter_id"]: row["report"]
        for row in pq.read_table(out / "reports.parquet").to_pylist()
    }
    assert told == {e["encounter_id"]: check(e).model_dump_json() for e in ENCOUNTERS}
