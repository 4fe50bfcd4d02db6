"""`notecheck evaluate --statements`: single statements, each judged in a plain note."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from notecheck.evaluate.plain_note import encounter_of
from notecheck.evaluate.statement import Statement

from .test_evaluate_command import evaluate, written


def statement(**changed: Any) -> dict[str, Any]:
    return {
        "id": "s-1", "concept": "myodesis", "element": "reconstruction", "value": None,
        "holds": True, "trap": None, "document": "operative_note", "section": "description",
        "style": "plain", "text": "The adductor was sewn to the femur through drill holes.",
        **changed,
    }  # fmt: skip


def trap(**changed: Any) -> dict[str, Any]:
    return statement(holds=False, **{"trap": "negated", "id": "s-2", **changed})


def test_what_holds_is_recognised_and_a_trap_is_not_believed(tmp_path: Path) -> None:
    bank = written(
        tmp_path / "bank.jsonl",
        statement(),
        statement(id="s-3", text="The bone was covered well."),
        trap(text="No myodesis was done."),
        trap(id="s-4", text="A myodesis was done through drill holes.", trap="planned"),
    )
    done = evaluate(bank, "--statements", "--errors")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["all", "0.500", "1", "of", "2", "0.500", "1", "of", "2"] in lines
    assert ["planned", "none", "1.000", "1", "of", "1"] in lines
    assert "s-3: not recognised; the report has ['layered_closure']" in done.stdout
    assert "s-4: believed; the report has ['myodesis']" in done.stdout
    record = json.loads(evaluate(bank, "--statements", "--errors", "--format", "json").stdout)
    assert record["schema"] == "notecheck.statements/1"
    assert record["figures"]["all:all"] == {
        "told": 2, "recognised": 1, "traps": 2, "believed": 1,
    }  # fmt: skip
    assert [error["id"] for error in record["errors"]] == ["s-3", "s-4"]


@pytest.mark.parametrize(
    ("told", "right"),
    [
        (statement(concept="measurement", element="measurement_cm", value=4,
                   text="The femur was cut 4 cm above its old end."), True),
        (statement(concept="measurement", element="measurement_cm", value=5,
                   text="The femur was cut 4 cm above its old end."), False),
        (statement(concept="debridement", element="debridement_tissues", value=["muscle"],
                   text="Dead muscle was debrided."), True),
        (statement(concept="debridement", element="debridement_tissues", value=["skin"],
                   text="Dead muscle was debrided."), False),
        (statement(concept="revision_necessity", element="revision-necessity", value="met",
                   text="The soft tissue could not be closed over the femur."), True),
        (trap(concept="revision_necessity", element="revision-necessity", value="partial",
              text="The soft tissue was closed over the femur."), True),
        (trap(concept="bone_cut", element="bone_resected", value=False,
              text="The femur was not cut."), True),
    ],
)  # fmt: skip
def test_values_statuses_and_sets_are_judged(
    told: dict[str, Any], right: bool, tmp_path: Path
) -> None:
    done = evaluate(written(tmp_path / "bank.jsonl", told), "--statements", "--format", "json")
    figures = json.loads(done.stdout)["figures"]["all:all"]
    assert (figures["recognised"], figures["believed"]) == (
        (int(right), 0) if told["holds"] else (0, int(not right))
    )


def test_the_note_says_a_statement_once_and_leaves_out_what_is_empty() -> None:
    history = Statement.model_validate(
        statement(document="history_and_physical", section="family", text="None")
    )
    note, before = encounter_of(history).documents
    assert "FAMILY HISTORY: None.\n" in before.text and "None" not in note.text
    assert "FINDINGS" not in note.text and "SOCIAL" not in before.text
    assert "{" not in note.text + before.text
    sideless = Statement.model_validate(statement(concept="laterality", element="laterality"))
    assert "right" not in encounter_of(sideless).documents[0].text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (statement(section="family"), "s-1: `section` 'family' is none of a operative_note"),
        (statement(element="colour"), "s-1: `element` 'colour' is no fact and no requirement"),
        ({"id": "s"}, ":1: `concept` is missing"),
    ],
)
def test_a_file_that_cannot_be_used_exits_2(
    line: dict[str, Any], said: str, tmp_path: Path
) -> None:
    done = evaluate(written(tmp_path / "bank.jsonl", line), "--statements")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "Traceback" not in done.stderr
