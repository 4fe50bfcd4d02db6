"""The worksheet's way from audit to agreement."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .cases import notecheck


def write_worksheet(path: Path, rows: list[tuple[str, str]], delimiter: str = ",") -> Path:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["encounter_id", "human:decision", "notecheck:decision"])
        writer.writerows([f"E{number}", *row] for number, row in enumerate(rows))
    return path


def test_the_command_prints_the_figures(tmp_path: Path) -> None:
    answers = [("hold", "hold")] * 6 + [("pass", "pass")] * 3 + [("Review ", "pass"), ("", "hold")]
    done = notecheck("agreement", write_worksheet(tmp_path / "w.csv", answers, ";"))
    assert done.returncode == 0, done.stderr
    assert "decision                10  90.0 %   0.808 (" in done.stdout
    assert "    1  decision: people review, notecheck pass" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "this is no worksheet"),
        ("", "this is no worksheet"),
        (
            "human:decision,notecheck:decision\nmaybe,hold\n",
            'row 2, column human:decision: "maybe" is not one of pass, review, hold',
        ),
        ("human:decision,notecheck:decision\n,hold\n", "no answer is filled in"),
    ],
)
def test_what_cannot_be_used_exits_2(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text(text)
    done = notecheck("agreement", path)
    assert done.returncode == 2
    assert said in done.stderr


def test_no_such_worksheet(tmp_path: Path) -> None:
    done = notecheck("agreement", tmp_path / "none.csv")
    assert done.returncode == 2
    assert "the file cannot be read: No such file or directory" in done.stderr


def test_a_blind_sheet_is_read_with_notechecks_own(tmp_path: Path) -> None:
    blind, ours = tmp_path / "blind.csv", tmp_path / "ours.csv"
    blind.write_text("encounter_id,human:decision\nE2,hold\nE1,pass\n", encoding="utf-8")
    ours.write_text(
        "encounter_id,human:decision,notecheck:decision\nE1,,pass\nE2,,hold\n", encoding="utf-8"
    )
    done = notecheck("agreement", blind, "--with", ours)
    assert done.returncode == 0, done.stderr
    assert "1.0" in done.stdout
    blind.write_text("encounter_id,human:decision\nE3,hold\n", encoding="utf-8")
    done = notecheck("agreement", blind, "--with", ours)
    assert done.returncode == 2 and "row 2" in done.stderr
