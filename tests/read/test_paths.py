"""Folders and patterns: what is read, and what is left out and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.errors import InputError
from notecheck.read.paths import expanded
from notecheck.read.system_files import named


def test_a_folder_is_walked_and_system_and_lock_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name in ("b.txt", "more/a.txt", "Thumbs.db", "~$b.docx", ".~lock.b.odt#", ".DS_Store"):
        (tmp_path / name).write_text("x")
    found = expanded([str(tmp_path)])
    assert [Path(path).name for path in found.paths] == ["b.txt", "a.txt"]
    assert len(found.skipped) == 4
    assert "left out 4 hidden, system or lock files: " in named(found.skipped)


def test_a_pattern_is_matched(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text("x")
    assert len(expanded([str(tmp_path / "*.txt")]).paths) == 2


def test_a_file_named_like_a_pattern_is_itself(tmp_path: Path) -> None:
    odd = tmp_path / "note[1].txt"
    odd.write_text("x")
    (tmp_path / "note1.txt").write_text("x")
    assert expanded([str(odd)]).paths == [str(odd)]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file to read"):
        expanded([str(tmp_path)])
