"""Words that a lexicon takes from a list of another file, so that they stand in one place.

"structure/calendar.toml: months" are all names of months in that file, in all their spellings.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from notecheck.errors import RulesError
from notecheck.rules.files import patterns_root
from notecheck.rules.word_table import any_of

_SOURCE = re.compile(r"([a-z_]+/[a-z_]+\.toml): ([a-z_]+)")


class ListsOfFiles:
    """The lists of the files below `root`, or else of ours; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._tables: dict[str, dict[str, Any]] = {}

    def words(self, sources: Sequence[str]) -> tuple[str, ...]:
        """The words of these lists, each once.

        Raises RulesError for a source that is none, and where file or list is absent or has no
        words.
        """
        return tuple(dict.fromkeys(word for source in sources for word in self._words_of(source)))

    def _words_of(self, source: str) -> list[str]:
        named = _SOURCE.fullmatch(source)
        if named is None:
            raise RulesError(f'"{source}" names no list: write "folder/file.toml: key"')
        file, key = named.groups()
        words = list(_words_in(self._table(file).get(key)))
        if not words:
            raise RulesError(f'"{source}": {file} has no words under `{key}`')
        return words

    def _table(self, file: str) -> dict[str, Any]:
        if file not in self._tables:
            paths = [root / file for root in (self._root, patterns_root())]
            path = next((path for path in paths if path.is_file()), None)
            if path is None:
                raise RulesError(f"there is no file {file}")
            try:
                self._tables[file] = tomllib.loads(path.read_text(encoding="utf-8"))
            except tomllib.TOMLDecodeError as error:
                raise RulesError(f"is not TOML: {error}", where=path.name) from None
        return self._tables[file]


def _words_in(value: object) -> Iterator[str]:
    """The strings of a list, of lists in it, and of a table: its keys where it holds numbers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _words_in(one)
    elif isinstance(value, dict):
        held = [word for one in value.values() for word in _words_in(one)]
        yield from held or value


def one_of(words: Sequence[str]) -> str:
    """A pattern for any of these words, the longest first; its blanks are those of a pattern."""
    return any_of(words).replace(r"\ ", " ")
