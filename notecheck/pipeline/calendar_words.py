"""The calendar's names as notes write them, from `patterns/structure/calendar.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable

_FIRST_NAMED = 2  # the twenties


class _CalendarFile(WordTable):
    """The lists; the file's remarks say what each is for."""

    months: tuple[Words, ...]
    doubtful: Words
    day_ends: Words
    the: Words
    of: Words
    days_of_week: Words
    decades: Words
    part_of_decade: Words
    last: Words
    this: Words
    years_back: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    in_era: Words
    round_day: Words
    early_in_season: dict[str, tuple[int, int]]
    late_in_season: dict[str, tuple[int, int]]
    parts_of_year: dict[str, tuple[int, int]]
    named_days: dict[str, tuple[tuple[int, int], tuple[int, int]]]
    eras: dict[str, tuple[int, int]]
    parts_of_month: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """`months` are the numbers of the months by each of their names, 1 to 12; `words` the rest."""

    months: Mapping[str, int]
    words: _CalendarFile

    def ten_named(self, name: str) -> int:
        """Which ten of years a name is of, 2 for the twenties."""
        return _FIRST_NAMED + self.words.decades.index(name)


@cache
def calendar_words() -> CalendarWords:
    """The file, read once. Raises RulesError for one that is wrong."""
    file = load_toml(pattern_file("structure/calendar.toml"), _CalendarFile)
    months = {name: number for number, names in enumerate(file.months, 1) for name in names}
    return CalendarWords(months, file)
