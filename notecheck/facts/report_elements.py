"""The elements that every operative report tells, found in headings and sentences alike.

They are looked for only when a requirement asks, since most checks never do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from pydantic import BaseModel, ConfigDict

from notecheck.models import Evidence
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

_MORE = 60  # characters of a line that are quoted beyond the words that tell the element


class _Element(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    pattern: str


class _ElementFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    element: tuple[_Element, ...]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    file = load_toml(pattern_file("report/elements.toml"), _ElementFile)
    return {element.id: re.compile(element.pattern, re.IGNORECASE) for element in file.element}


def _end_of_words(text: str, end: int) -> int:
    """The end of the line, or of a word not far on, so that the quotation says something."""
    line = text.find("\n", end)
    line = len(text) if line < 0 else line
    if line - end <= _MORE:
        return end + len(text[end:line].rstrip())
    blank = text.rfind(" ", end, end + _MORE)
    return end if blank < 0 else blank


@dataclass(frozen=True)
class ReportElements:
    """The operative notes of one encounter, to be asked for an element."""

    _notes: Sequence[AnalysedDocument] = field(default=(), repr=False)

    @property
    def has_report(self) -> bool:
        return bool(self._notes)

    @staticmethod
    def known() -> frozenset[str]:
        """The ids of all elements. Raises RulesError when their file is wrong."""
        return frozenset(_patterns())

    def everywhere(self, element: str) -> tuple[Evidence, ...]:
        """Every place in the notes that tells the element, in their order."""
        return tuple(
            note.quote(
                match.end() - len(match[0].lstrip()), _end_of_words(note.repaired.text, match.end())
            )
            for note in self._notes
            for match in _patterns()[element].finditer(note.repaired.text)
        )

    def words(self, element: str) -> tuple[Evidence, ...]:
        """The first place in each note that tells the element; empty when none does."""
        told = []
        for note in self._notes:
            text = note.repaired.text
            match = _patterns()[element].search(text)
            if match:
                start = match.end() - len(match[0].lstrip())
                told.append(note.quote(start, _end_of_words(text, match.end())))
        return tuple(told)
