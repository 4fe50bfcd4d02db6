"""Public files are known by their columns, kept with their hash and days, and asked by day."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from notecheck.commands.app import app
from notecheck.errors import InputError
from notecheck.schedules.audit import table_faults
from notecheck.schedules.book import Book, read_table
from notecheck.schedules.load import load_table
from notecheck.schedules.parse import parse
from schedules import files

BEGINS, ENDS, TODAY = dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2026, 6, 1)


def loaded(tmp_path: Path, *texts: str) -> Book:
    kept = []
    for number, text in enumerate(texts):
        given = tmp_path / f"{number}.csv"
        given.write_text(text, encoding="utf-8")
        kept.append(load_table(given, tmp_path, begins=BEGINS, ends=ENDS, today=TODAY))
    return Book(tuple((path, read_table(path)) for path, _ in kept))


@pytest.mark.parametrize(
    ("text", "kind", "rows"),
    [
        (files.FEES, "fees", 3),
        (files.PAIRS, "pairs", 3),  # those with a code that is known
        (files.UNITS, "units", 1),
        (files.LOCALITIES, "localities", 1),
        (files.WEIGHTS, "weights", 1),
    ],
)
def test_a_file_is_known_by_its_columns(text: str, kind: str, rows: int) -> None:
    known, found = parse(text, "file")
    assert (known.kind, len(found)) == (kind, rows)


def test_the_columns_of_the_fee_schedule_are_told_apart() -> None:
    _, rows = parse(files.FEES, "file")
    row = rows[1]
    assert (row["work"], row["practice"], row["malpractice"]) == ("10.00", "6.00", "2.00")
    assert (row["before"], row["during"], row["after"]) == ("0.10", "0.70", "0.20")
    assert (row["bilateral"], row["assistant"], row["cosurgeon"], row["team"]) == tuple("0110")
    assert (row["global_days"], row["factor"]) == ("090", "30.0000")


def test_a_pair_holds_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    book = loaded(tmp_path, files.PAIRS)
    pair = book.pair("97605", "27596", TODAY)
    assert pair is not None and pair["indicator"] == "1"
    assert book.pair("27596", "15100", TODAY) is None  # deleted before
    assert book.pair("27596", "97605", dt.date(2025, 12, 31)) is None  # the table does not hold
    assert book.pair("27596", "99999", TODAY) is None


def test_what_is_kept_names_where_it_came_from(tmp_path: Path) -> None:
    book = loaded(tmp_path, files.UNITS)
    table = book.tables[0][1]
    assert table.sha256 == hashlib.sha256(files.UNITS.encode()).hexdigest()
    assert (table.source, table.version, table.loaded_on) == ("0.csv", "0", TODAY)
    assert book.most_units("11046", TODAY) == 10
    assert book.most_units("11047", TODAY) is None


def test_faults_of_loaded_tables(tmp_path: Path) -> None:
    book = loaded(tmp_path, files.UNITS)
    assert list(table_faults(book, TODAY)) == []
    assert "stale" in next(table_faults(book, dt.date(2027, 1, 1)))
    path, table = book.tables[0]
    changed = json.loads(path.read_text())
    changed["rows"][0]["most"] = "99"
    path.write_text(json.dumps(changed))
    assert "changed" in next(table_faults(Book(((path, read_table(path)),)), TODAY))
    later = table.model_copy(update={"effective_from": dt.date(2027, 2, 1), "effective_to": None})
    told = list(table_faults(Book(((path, table), (path, later))), TODAY))
    assert ["gap" in fault for fault in told] == [True]
    over = table.model_copy(update={"effective_from": dt.date(2026, 7, 1), "effective_to": None})
    assert "overlap" in next(table_faults(Book(((path, table), (path, over))), TODAY))


@given(st.text(max_size=400))
def test_any_other_text_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="none of the files read"):
        parse(text, "file")


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTECHECK_RULES", "")  # the command sets it for its process
    given = tmp_path / "mue.csv"
    given.write_text(files.UNITS, encoding="utf-8")
    run = CliRunner().invoke
    done = run(app, ["tables", "load", str(given), "--from", "2026-01-01", "--site", str(tmp_path)])
    assert done.exit_code == 0 and "units, 1 rows" in done.output
    judged = ["tables", "check", "--rules", str(tmp_path), "--on", "2026-03-01"]
    assert run(app, judged).exit_code == 0
    given.write_text("nothing,known\n1,2\n", encoding="utf-8")
    bad = run(app, ["tables", "load", str(given), "--from", "2026-01-01", "--site", str(tmp_path)])
    assert bad.exit_code == 2


def test_the_commands_of_the_page_are_those_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTECHECK_RULES", "")
    monkeypatch.chdir(tmp_path)
    page = Path(__file__).resolve().parents[2] / "notecheck" / "claims" / "README.md"
    shown = re.findall(r"^notecheck (tables .*)$", page.read_text(encoding="utf-8"), re.M)
    assert [words.split()[1] for words in shown] == ["load", "check"]
    Path("PPRRVU26_JAN.csv").write_text(files.FEES, encoding="utf-8")
    for words in shown:
        day = ["--on", "2026-02-01"] if "check" in words else []
        done = CliRunner().invoke(app, [*words.split(), *day])
        assert done.exit_code == 0, done.output
