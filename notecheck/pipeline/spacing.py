"""Takes away what a printer or a converter put between words and lines, before anything is read.

Two characters that end a line are one, and where every blank was doubled, as justified or extracted
text has it, each is single again: whatever measures lines or looks for columns sees them as typed.
"""

from __future__ import annotations

import re

from notecheck.pipeline.repair import Repaired, edited

_LINE_END = re.compile("\r\n")
_RUN, _BLANKS = re.compile(" +"), re.compile(" {2,}")
_FEWEST = 5  # doubled blanks; where fewer stand apart, they part headings or columns


def evenly_spaced(before: Repaired) -> Repaired:
    """The text with single line ends and blanks; the very same where it has no other.

    `before` is the change that the text comes from.
    """
    text = before.text
    edits: dict[int, tuple[int, str]] = {}
    if "\r\n" in text:
        edits = {found.start(): (found.end(), "\n") for found in _LINE_END.finditer(text)}
    if _is_double_spaced(text):
        for found in _BLANKS.finditer(text):
            edits[found.start()] = (found.end(), " " * ((len(found[0]) + 1) // 2))
    return edited(text, edits, before if before.changed else None) if edits else before


def _is_double_spaced(text: str) -> bool:
    """Whether every blank was doubled; else two blanks set a heading or a column apart."""
    if text.count("  ") <= _FEWEST:
        return False
    runs = [len(run) for run in _RUN.findall(text)]
    doubled = runs.count(2)
    return doubled > _FEWEST and doubled > len(runs) / 2
