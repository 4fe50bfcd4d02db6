"""Where the tables and keys of a TOML text stand, which `tomllib` does not tell."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\"'-]+)\s*\]")


class TomlLines:
    """The lines, counted from 1, of a TOML text written one key a line."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._headers = [
            (number, header[1])
            for number, line in enumerate(self._lines, start=1)
            if (header := _HEADER.match(line))
        ]

    def table(self, name: str, index: int = 0) -> int:
        """The header of the `index`-th table (from 0) of that name; line 1 when there is none."""
        of_name = [number for number, header in self._headers if header == name]
        return of_name[index] if index < len(of_name) else 1

    def key(self, key: str, table: int = 0) -> int:
        """Where `key` is set in the table that begins at line `table` (0: before any table).

        The line of the table itself when the key is not there.
        """
        end = next((n for n, _ in self._headers if n > table), len(self._lines) + 1)
        setting = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        for number in range(table + 1, end):
            if setting.match(self._lines[number - 1]):
                return number
        return max(table, 1)
