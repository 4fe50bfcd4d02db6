"""`notecheck policy check` finds what is wrong with the rows, and nothing wrong with ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROW = """\
[[row]]
id = "{id}"
topic = "setting"
codes = ["27596"]
payer = "{payer}"
rule = "either"
effective_from = {start}
{end}
source = "{source}"
{verified}
confidence = "reported"
"""


def row(
    identity: str = "first",
    start: str = "2026-01-01",
    end: str | None = None,
    *,
    payer: str = "commercial",
    source: str = "manual",
    verified: str | None = "2026-01-15",
) -> str:
    return ROW.format(
        id=identity,
        payer=payer,
        start=start,
        end=f"effective_to = {end}" if end else "",
        source=source,
        verified=f"verified_on = {verified}" if verified else "",
    )


def run(folder: Path | None, on: str = "2026-12-01") -> tuple[int, list[str]]:
    environment = {"NOTECHECK_RULES": str(folder)} if folder else {}
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "policy", "check", "--on", on],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "PATH": ""},
        cwd=Path(__file__).resolve().parents[2],
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_our_rows_are_clean() -> None:
    status, lines = run(None)
    assert (status, len(lines)) == (0, 1)
    assert "no gap, overlap, stale or unsourced row" in lines[0]


def test_our_rows_go_stale_after_a_year() -> None:
    status, lines = run(None, on="2028-01-01")
    assert status == 1
    assert any("medicare-27596-2026: stale: was verified 401 days ago" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            row("a", end="2026-03-31") + row("b", "2026-05-01"),
            "b: gap: 27596: no row for 2026-04-01 to 2026-04-30, after a",
        ),
        (
            row("a", end="2026-03-31") + row("b", "2026-03-31"),
            "b: overlap: 27596: begins while a still holds",
        ),
        (row("a") + row("b", "2027-01-01"), "b: overlap"),
        (row(source=" "), "first: unsourced"),
        (row(verified=None), "first: stale: gives no day"),
        (row(verified="2025-01-15"), "first: stale: was verified 685 days ago"),
        (row(verified="2027-01-15"), "first: dates: was verified on 2027-01-15, which is to come"),
        (row(end="2025-12-31"), "first: dates: ends before it begins"),
        (row(payer="nobody"), "first: payer: no payer has the id 'nobody'"),
        (
            row("a", end="2026-03-31") + row("a", "2026-04-01"),
            "a: id: is used by more than one row",
        ),
    ],
)
def test_each_fault_is_told_with_file_and_row(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "ours.toml").write_text(text, encoding="utf-8")
    status, lines = run(tmp_path)
    assert status == 1
    assert any(line.startswith(f"ours.toml: {told}") for line in lines), lines


def test_rows_that_follow_one_another_are_clean(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    text = row("a", end="2026-03-31") + row("b", "2026-04-01")
    (tmp_path / "policy" / "ours.toml").write_text(text, encoding="utf-8")
    assert run(tmp_path)[0] == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (row().replace('rule = "either"', 'rule = "maybe"'), "ours.toml: `row[0].rule` has"),
        (row() + 'colour = "red"\n', "ours.toml: `row[0].colour` is an unknown key"),
        ("[[row]", "ours.toml: is not TOML"),
    ],
)
def test_a_wrong_file_stops_it(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "ours.toml").write_text(text, encoding="utf-8")
    status, lines = run(tmp_path)
    assert status == 2
    assert told in lines[0]


def test_a_wrong_day_is_told() -> None:
    status, lines = run(None, on="soon")
    assert (status, lines) == (2, ["notecheck: --on is a day, written YYYY-MM-DD [NC101]"])
