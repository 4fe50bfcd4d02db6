"""`notecheck scan` for people with many notes: folders, short reports, files to open elsewhere."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
OURS = "OPERATION: Revision of left above-knee amputation.\nThe femur was cut with a saw.\n"
OTHER = "OPERATION: Left knee arthroscopy. The meniscus was trimmed.\n"


def scan(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", "scan", *map(str, words)],
        capture_output=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    for number in range(50):
        (folder / f"a{number:02}.txt").write_text(OURS)
        (folder / f"b{number:02}.txt").write_text(OTHER)
    (folder / "Thumbs.db").write_bytes(b"x")
    return folder


def test_a_hundred_notes_take_at_most_nine_hundred_lines(folder: Path) -> None:
    done = scan(folder, "--code", "27596")
    lines = done.stdout.decode().splitlines()
    assert len(lines) <= 900
    assert lines[-1] == "100 checked: 0 release, 0 review, 100 stop"
    assert sum(line.startswith("STOP ") for line in lines) == 100
    assert b"left out 1 hidden, system or lock file" in done.stderr


def test_notes_that_are_not_ours_take_a_line_each(folder: Path) -> None:
    done = scan(folder / "b*.txt")
    lines = [line for line in done.stdout.decode().splitlines() if line]
    assert (done.returncode, len(lines)) == (0, 51)
    assert lines[-1] == "50 checked: 50 release, 0 review, 0 stop"


def test_evidence_is_named_as_editors_open_it(folder: Path) -> None:
    note = folder / "a00.txt"
    assert f"{note}:2:5" in scan(note).stdout.decode()


def test_all_of_a_report_by_v(folder: Path) -> None:
    short, whole = scan(folder / "a00.txt"), scan(folder / "a00.txt", "-v")
    assert len(short.stdout.splitlines()) <= 15 < len(whole.stdout.splitlines())
    assert b"Seen and not counted" in whole.stdout


def test_a_table_into_a_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    done = scan(folder / "a00.txt", folder / "b00.txt", "--format", "csv", "-o", out)
    assert (done.returncode, done.stdout) == (1, b"")
    first, second = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert (first["verdict"], second["verdict"]) == ("stop", "release")
    assert "new-level" in first["partial"]
    assert first["source"] == str(folder / "a00.txt")
    book = tmp_path / "t.xlsx"
    scan(folder / "a00.txt", "--format", "xlsx", "-o", book)
    sheet = load_workbook(book).active
    assert sheet is not None
    assert sheet.cell(2, 2).value == "stop"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.html", b"<!DOCTYPE html>"),
        ("r.JSON", b"{"),
        ("r.csv", b"\xef\xbb\xbfencounter_id"),
        ("r.xlsx", b"PK"),
        ("r.xml", b"<?xml"),
        ("r.txt", b"STOP"),
    ],
)
def test_a_files_ending_gives_the_format(
    folder: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    scan(folder / "a00.txt", "-o", tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_what_is_not_written_is_refused_before_anything_is_checked(
    folder: Path, tmp_path: Path
) -> None:
    done = scan(folder / "a00.txt", "-o", tmp_path / "r.pdf")
    assert done.returncode == 2 and not (tmp_path / "r.pdf").exists()
    assert b"no .pdf is written" in done.stderr
    scan(folder / "a00.txt", "--format", "text", "-o", tmp_path / "r.pdf")  # asked for by name
    assert (tmp_path / "r.pdf").exists()


def test_a_build_server_gets_a_test_case_for_each_input(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    done = scan(folder / "a00.txt", folder / "b00.txt", empty, "--format", "junit")
    assert done.returncode == 2
    suite = fromstring(done.stdout)
    assert [case.get("classname") for case in suite] == [
        str(folder / "a00.txt"),
        str(folder / "b00.txt"),
        str(empty),
    ]
    assert [child.tag for case in suite for child in case] == ["failure", "error"]


def test_a_file_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    done = scan(folder / "a00.txt", "-o", tmp_path / "none" / "t.txt")
    assert done.returncode == 2
    assert b"the file cannot be written" in done.stderr


@pytest.mark.parametrize("name", ["t.csv", "t.txt"])
def test_a_table_is_no_note(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("csn,type,text\n1,Op Note,The femur was cut\n2,H&P,stump\n")
    done = scan(tmp_path / name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"this is a table" in done.stderr


def test_help_has_its_short_name() -> None:
    done = scan("-h")
    assert done.returncode == 0
    assert b"--verbose" in done.stdout


def test_the_hook_tells_a_person(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "hook", str(folder / "a00.txt"), "--format", "text"],
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(b"STOP a00: 27596")
    assert f"{folder / 'a00.txt'}:2:5" in done.stdout.decode()  # as scan names it
