"""CSV and Parquet tables: every row read once, and the rows of an encounter brought together."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notecheck.audit import staging
from notecheck.audit.columns import find_columns, parse_columns
from notecheck.audit.csv_rows import csv_rows
from notecheck.audit.sources import list_sources
from notecheck.audit.staging import FAULT, ROW_NUMBER, staged_rows, staged_table
from notecheck.audit.table_options import TableOptions
from notecheck.audit.table_rows import encounter_from_rows
from notecheck.errors import AuditError, InputError
from notecheck.report.spreadsheet import harmless

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
CELLS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8)


def staged(source: Path, folder: Path) -> list[tuple[str | None, list[dict[str, Any]]]]:
    (found,) = list_sources([str(source)], folder)
    path = staged_table(found, TableOptions(), folder / "staged.parquet")
    groups = range(pq.ParquetFile(path).num_row_groups)
    return [encounter for group in groups for encounter in staged_rows(path, group)]


@settings(deadline=None)
@given(CELLS, st.sampled_from(",;\t"))
def test_csv_cells_come_through_exactly(cells: list[tuple[str, str]], delimiter: str) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("encounter_id", "text"), *cells])
    found = list(csv_rows(io.BytesIO(written.getvalue().encode()), {}))
    assert [n.number for n in found] == list(range(1, len(cells) + 1))
    assert [n.row for n in found] == [{"encounter_id": a, "text": b} for a, b in cells]


def test_windows_text_and_a_quote_that_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(
        b'encounter_id,text\r\nA,"caf\xe9 \x93x\x94"\r\nB,"open' + b" word" * 5_000_000
    )
    (first, rows), (_, broken) = staged(path, tmp_path)
    assert (first, rows[0]["text"]) == ("A", "caf\u00e9 \u201cx\u201d")
    assert broken[0][ROW_NUMBER] == 2
    assert "a quotation mark" in broken[0][FAULT]


ROWS = st.lists(st.tuples(st.sampled_from(["a", "b", "c", " ", ""]), TEXT), max_size=30)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None
)
@given(rows=ROWS, size=st.integers(1, 4), buckets=st.booleans())
def test_scattered_rows_are_brought_together(
    rows: list[tuple[str, str]], size: int, buckets: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("staging")
    columns = {"encounter_id": [i for i, _ in rows], "text": [t for _, t in rows]}
    pq.write_table(
        pa.table(columns, pa.schema(dict.fromkeys(columns, pa.string()))), folder / "t.parquet"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "_ENCOUNTERS", size)
        patch.setattr(staging, "_BATCH_ROWS", 3)
        patch.setattr(staging, "_BUCKET_BYTES", 100 if buckets else 1_000_000)
        found = staged(folder / "t.parquet", folder)
    expected: dict[object, list[tuple[int, str]]] = {}
    for number, (name, text) in enumerate(rows, start=1):
        expected.setdefault(name.strip() or number, []).append((number, text))
    told = {
        name or rows[0][ROW_NUMBER]: [(row[ROW_NUMBER], row["text"]) for row in rows]
        for name, rows in found
    }
    assert len(found) == len(told)
    assert told == expected


def test_columns_by_default_by_habit_and_by_name() -> None:
    assert find_columns(["CSN", "Note Text", "x"], {}) == {
        "encounter_id": ("CSN",),
        "text": ("Note Text",),
    }
    found = find_columns(["id", "text", "body"], parse_columns(["encounter_id=id", "text=body"]))
    assert found == {"encounter_id": ("id",), "text": ("body",)}
    with pytest.raises(InputError, match='there is no column "body"; the columns are id'):
        find_columns(["id"], {"text": "body"})
    with pytest.raises(AuditError, match="FIELD=COLUMN"):
        parse_columns(["note=body"])


def test_rows_become_one_encounter() -> None:
    encounter = encounter_from_rows(
        [
            {
                "encounter_id": "A",
                "text": "x",
                "date": "2026-03-02 00:00:00",
                "type": "OPERATIVE NOTE",
            },
            {
                "encounter_id": "A",
                "text": "y",
                "type": "H&P",
                "code": "27596",
                "modifiers": "LT 59",
            },
            {"encounter_id": "A", "text": "x", "date": "2026-03-02", "type": "operative-note"},
            {"encounter_id": "A", "code": "11044", "payer": "medicare", "procedures": "0Y6D0Z1"},
        ]
    )
    assert [(d.doc_id, d.type) for d in encounter.documents] == [
        ("doc1", "operative_note"),
        ("doc2", "history_and_physical"),
    ]
    assert encounter.claim is not None
    assert [(line.code, line.modifiers) for line in encounter.claim.lines] == [
        ("27596", ("LT", "59")),
        ("11044", ()),
    ]
    assert (encounter.claim.payer, encounter.claim.procedures[0].code) == ("medicare", "0Y6D0Z1")


def test_a_payer_alone_is_no_claim() -> None:
    encounter = encounter_from_rows([{"encounter_id": "A", "text": "x", "payer": "aetna"}])
    assert (encounter.claim, encounter.meta.payer) == (None, "aetna")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"encounter_id": "", "text": "x"}, "the encounter id is empty"),
        ({"encounter_id": "A", "text": ""}, "no row of this encounter has a text"),
        ({"encounter_id": "A", "text": "x", "date": "31/31/26"}, "a date is written YYYY-MM-DD"),
        ({"encounter_id": "A", "text": "x", "date": "in spring"}, "a date is written YYYY-MM-DD"),
    ],
)
def test_what_is_wrong_with_rows_is_told(row: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        encounter_from_rows([row])


def test_a_table_with_the_line_ends_of_an_old_macintosh(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"encounter_id,text\rE1,Left AKA\rE2,Right AKA\r")
    with path.open("rb") as stream:
        rows = [row.row for row in csv_rows(stream, {})]
    assert [row["text"] for row in rows if isinstance(row, dict)] == ["Left AKA", "Right AKA"]


@pytest.mark.parametrize("cell", ["=1", "\n=1", " =1", "\uff1d1", "\n\uff0b1", "\t", "@x"])
def test_a_formula_is_made_harmless_wherever_a_spreadsheet_finds_it(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("Dr. A = B") == "Dr. A = B"
