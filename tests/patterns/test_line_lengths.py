"""Data that people read line by line have no line of more than 120 characters."""

from __future__ import annotations

import pytest

from notecheck.rules.files import patterns_root

_LONGEST = 120
_FOLDERS = ("claims", "codes", "policy", "queries", "rates", "read", "requirements")


@pytest.mark.parametrize("folder", _FOLDERS)
def test_no_line_is_too_long_to_read(folder: str) -> None:
    files = sorted((patterns_root() / folder).glob("*.toml"))
    assert files
    long = [
        f"{file.name}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > _LONGEST
    ]
    assert long == []
