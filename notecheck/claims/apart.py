"""Modifiers that say that work was done elsewhere, on work that the note tells of the stump."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import lines as line_data
from notecheck.claims.view import LineView, Raised
from notecheck.facts.case import Words


def separate_not_told(line: LineView, words: Words) -> Iterator[Raised]:
    """For a line whose work `words` tell at the stump's own wound, where 59 says otherwise.

    Not for a neuroma: whether one is a site of its own payers see differently.
    """
    carried = line.modifiers & line_data().separate.modifiers
    if carried:
        values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
        yield Raised("separate-not-told", (line.place,), words, values)
