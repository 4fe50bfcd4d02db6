"""Tells tables (CSV) from notes."""

from __future__ import annotations

import re
from pathlib import Path

from notecheck.errors import NotANoteError

_CELL = re.compile(r"\s*\"?[A-Za-z_][\w .#/()-]{0,40}\"?\s*")
_COLUMN_WORDS = re.compile(
    r"(?:^|_)(?:id|text|note|report|mrn|encounter|document|type|date|code)s?(?:_|$)", re.I
)
_SUFFIXES = (".csv", ".tsv")


def require_no_table(head: bytes, name: str) -> None:
    """Raises InputError when a file that begins with `head` is a table of many notes."""
    lines = [
        line
        for line in head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()
        if line.strip()
    ]
    named = Path(name).suffix.lower() in _SUFFIXES
    if named or (lines[1:] and any(_is_header(lines[0], lines[1], mark) for mark in ",;\t|")):
        raise NotANoteError(
            "this is a table (CSV), not a note: `notecheck audit` reads tables of encounters"
        )


def _is_header(first: str, second: str, mark: str) -> bool:
    cells = first.split(mark)
    if len(cells) < 2 or not all(_CELL.fullmatch(cell) for cell in cells):
        return False
    names = ["_".join(cell.strip(' "').lower().split()) for cell in cells]
    columns = sum(1 for name in names if _COLUMN_WORDS.search(name))
    return columns >= 2 and second.count(mark) >= len(cells) - 1
