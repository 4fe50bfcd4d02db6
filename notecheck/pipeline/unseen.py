"""Takes away what a page does not show, or shows as struck out, before anything is read.

Editors of web pages and messages put them where a line may break, where the direction of writing
is told, or where two texts were joined. A soft hyphen is one of them where it only parts a word;
where it stands in the place of a hyphen ("above-knee", as a printer's code has it) it stays.
Markdown strikes words out by two tildes on each side.
"""

from __future__ import annotations

import re
from collections.abc import Set

from notecheck.pipeline.repair import Repaired, edited
from notecheck.screen.unseen import SOFT_BREAK, SOFT_HYPHEN, UNSEEN

_PARTED = re.compile(rf"(?<![^\W\d_])[^\W\d_]++(?:{SOFT_BREAK.pattern}[^\W\d_]++)+")
_STRUCK = re.compile(r"(?<![~\\])~~(?![~\s])(?:[^~\n]|~(?!~)|\n(?!\s*\n))*+(?<!\s)~~(?!~)")
_PART = re.compile(r"[^\W\d_]+")


def without_unseen(before: Repaired, vocabulary: Set[str]) -> Repaired:
    """The text without such signs and words; the very same where it has none.

    `before` is the change that the text comes from.
    """
    if "~~" in before.text:
        struck = {found.start(): (found.end(), "") for found in _STRUCK.finditer(before.text)}
        before = _without(before, struck)
    if before.text.isascii():
        return before
    seen = _without(before, {f.start(): (f.end(), "") for f in UNSEEN.finditer(before.text)})
    if SOFT_HYPHEN not in seen.text:
        return seen
    words = {
        found.start(): (found.end(), "".join(parts))
        for found in _PARTED.finditer(seen.text)
        if _is_one(parts := _PART.findall(found[0]), vocabulary)
    }
    return _without(seen, words)


def _without(before: Repaired, edits: dict[int, tuple[int, str]]) -> Repaired:
    return edited(before.text, edits, before if before.changed else None) if edits else before


def _is_one(parts: list[str], vocabulary: Set[str]) -> bool:
    """Whether the parts are one word: known as one, or not each of them known."""
    lowered = [part.lower() for part in parts]
    return "".join(lowered) in vocabulary or not all(part in vocabulary for part in lowered)
