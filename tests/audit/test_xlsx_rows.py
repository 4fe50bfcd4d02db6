"""Workbooks that lie about their size, or are damaged, are read or refused in time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from notecheck.audit import xlsx_rows as module
from notecheck.audit.xlsx_rows import xlsx_rows
from notecheck.errors import InputError

Change = Callable[[bytes], bytes]
_SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[str, Change], str]:
    """A workbook of two encounters, one part of it changed."""

    def made(part: str, change: Change) -> str:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (["encounter_id", "text"], ["E1", "Left AKA revised."], ["E2", "Another."]):
            sheet.append(row)
        good, path = io.BytesIO(), tmp_path / "book.xlsx"
        book.save(good)
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, change(data) if name == part else data)
        return str(path)

    return made


def ids(path: str) -> list[str]:
    return [row["encounter_id"] for _, row in xlsx_rows(path, {})]


def test_a_sheet_is_as_large_as_its_cells_whatever_it_says(workbook) -> None:
    path = workbook(_SHEET, lambda xml: xml.replace(b"A1:B3", b"A1:XFD1048576"))
    assert ids(path) == ["E1", "E2"]


def test_a_row_beyond_the_last_ends_the_sheet(workbook) -> None:
    path = workbook(
        _SHEET, lambda xml: xml.replace(b'r="3"', b'r="99999999999"').replace(b'r="A3"', b'r="A9"')
    )
    assert ids(path) == ["E1"]


def test_what_would_unpack_to_more_than_the_limit_is_refused(workbook, monkeypatch) -> None:
    monkeypatch.setattr(module, "_MOST_BYTES", 1_000_000)
    path = workbook("xl/styles.xml", lambda xml: xml + b" " * 1_000_000)
    assert Path(path).stat().st_size < 20_000
    with pytest.raises(InputError, match="would unpack to more than 1 MB"):
        ids(path)


@pytest.mark.parametrize("part", [_SHEET, "xl/workbook.xml"])
@pytest.mark.parametrize(
    "damage", [b"", b"<", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_a_damaged_part_is_told_in_a_sentence(workbook, part: str, damage: bytes) -> None:
    path = workbook(part, lambda xml: damage)
    with pytest.raises(InputError, match="workbook"):
        ids(path)
