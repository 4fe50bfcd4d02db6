"""Kappa against figures known from elsewhere, and the worksheet's way from audit to agreement."""

from __future__ import annotations

import csv
from collections import Counter
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.audit.agreement import agreement

from .cases import notecheck

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1)


def pairs(counts: dict[str, int]) -> list[tuple[str, str]]:
    return [(both[0], both[1]) for both, count in counts.items() for _ in range(count)]


def test_a_textbook_table() -> None:
    found = agreement(pairs({"yy": 20, "yn": 5, "ny": 10, "nn": 15}))
    assert (found.cases, found.agreed) == (50, 35)
    assert found.kappa == pytest.approx(0.4)


def test_the_interval_is_that_of_the_delta_method() -> None:
    counts = {"aa": 40, "ab": 6, "ac": 2, "ba": 3, "bb": 25, "bc": 4, "ca": 1, "cb": 5, "cc": 14}
    total = sum(counts.values())
    shares = {both: count / total for both, count in counts.items()}

    def kappa(shares: dict[str, float]) -> float:
        whole = sum(shares.values())
        rows, columns = Counter[str](), Counter[str]()
        for both, share in shares.items():
            rows[both[0]] += share / whole
            columns[both[1]] += share / whole
        seen = sum(share for both, share in shares.items() if both[0] == both[1]) / whole
        chance = sum(rows[name] * columns[name] for name in rows)
        return (seen - chance) / (1 - chance)

    step = 1e-6
    slopes = {
        both: (kappa(shares | {both: share + step}) - kappa(shares | {both: share - step}))
        / (2 * step)
        for both, share in shares.items()
    }
    mean = sum(shares[both] * slopes[both] for both in shares)
    variance = sum(shares[both] * (slopes[both] - mean) ** 2 for both in shares) / total
    found = agreement(pairs(counts))
    assert found.kappa == pytest.approx(kappa(shares))
    assert found.low == pytest.approx(kappa(shares) - 1.959964 * sqrt(variance), abs=1e-6)


def test_one_word_for_everything_has_no_kappa() -> None:
    assert agreement([("hold", "hold")] * 5).kappa is None


@settings(deadline=None)
@given(PAIRS)
def test_the_raters_may_change_places(answers: list[tuple[str, str]]) -> None:
    one, other = agreement(answers), agreement([(b, a) for a, b in answers])
    assert (one.agreed, one.kappa) == (other.agreed, pytest.approx(other.kappa))
    if one.kappa is not None:
        assert one.low is not None and one.high is not None
        assert -1 <= one.low <= one.kappa + 1e-12
        assert one.kappa - 1e-12 <= one.high <= 1


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
