"""Contradictions of side, planted: in a chart that names one side, one place names the other.

A place is a document beside the operative note, or the note's diagnosis, history or description;
all its sides are turned round, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from metamorphic.encounters import Encounter
from metamorphic.swapped_sides import sides_named, swapped_text

_NOTE = "operative_note"
_TELLS_OF_BOTH = re.compile(
    r"\b(?:contralateral|opposite|bilateral|b/l|both|other (?:leg|thigh|side|limb|stump))\b", re.I
)
_HISTORY = r"(?:indications?|history|brief history|clinical (?:history|summary)|hpi)"
_DONE = (
    r"(?:description|operative (?:technique|details?|course|procedure)|procedure in detail"
    r"|details? of|technique|narrative|procedure description|findings)"
)
_BODY = r"[^\n:]*:(?P<part>.*?)"
# The parts of a note, by the headings that begin lines.
_PARTS = {
    "diagnosis": re.compile(
        rf"^\W*pre-?\s?op{_BODY}(?=^\W*(?:post|operat|proced|title|name of))", re.I | re.M | re.S
    ),
    "history": re.compile(rf"^\W*{_HISTORY}{_BODY}(?=^\W*{_DONE}\b[^\n:]*:)", re.I | re.M | re.S),
    "description": re.compile(rf"^\W*{_DONE}{_BODY}\Z", re.I | re.M | re.S),
}


def planted(encounter: Encounter) -> Iterator[tuple[str, Encounter]]:
    """The place and the changed encounter, once for each place that names a side.

    Nothing for an encounter that names both sides, or where a word may be no side.
    """
    texts = [document["text"] for document in encounter["documents"]]
    named = [sides_named(text) for text in texts]
    if None in named or len(set().union(*(sides or () for sides in named))) != 1:
        return
    if any(map(_TELLS_OF_BOTH.search, texts)):
        return
    for number, document in enumerate(encounter["documents"]):
        for place, start, end in _places(document["type"], document["text"]):
            text = document["text"]
            turned = swapped_text(text[start:end])
            if turned is None or turned == text[start:end]:
                continue
            documents = list(encounter["documents"])
            documents[number] = {**document, "text": text[:start] + turned + text[end:]}
            yield place, {**encounter, "documents": documents}


def _places(kind: str, text: str) -> Iterator[tuple[str, int, int]]:
    if kind != _NOTE:
        yield "other document", 0, len(text)
        return
    for place, heading in _PARTS.items():
        found = heading.search(text)
        if found:
            yield place, *found.span("part")
