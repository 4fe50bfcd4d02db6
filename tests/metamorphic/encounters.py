"""The encounters that are varied, as dicts, and the same encounters with their texts changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

Encounter = dict[str, Any]

# A file of labelled encounters from elsewhere that is varied too, where there is one.
MORE = "NOTECHECK_DEVELOPMENT_GOLD"
# Set to anything, every encounter is varied in every way: some twenty minutes instead of five.
WHOLE = "NOTECHECK_WHOLE_CORPUS"
SHARE = 5  # one encounter in so many is varied otherwise, and each that a list knows
_CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@cache
def corpus() -> tuple[Encounter, ...]:
    """Every encounter of the corpus, both parts, in the order of its files."""
    return tuple(e for file in sorted(_CORPUS.glob("*/*.jsonl")) for e in _encounters(file))


def sample(listed: set[str]) -> tuple[tuple[Encounter, ...], int]:
    """The encounters to vary, those of `listed` among them, and how many of the corpus one is for.

    The same ones every time, spread over all authors; the whole corpus when `WHOLE` is set.
    """
    if os.environ.get(WHOLE):
        return corpus(), 1
    return tuple(
        encounter
        for number, encounter in enumerate(corpus())
        if number % SHARE == 0 or encounter["encounter_id"] in listed
    ), SHARE


@cache
def more() -> tuple[Encounter, ...]:
    """The encounters of the file that the environment names; none where it names none."""
    file = os.environ.get(MORE)
    return tuple(_encounters(Path(file))) if file else ()


def _encounters(file: Path) -> list[Encounter]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["encounter"] for line in lines]


def with_texts(encounter: Encounter, change: Callable[[str], str]) -> Encounter:
    """The encounter with `change` applied to the text of each of its documents."""
    documents = [{**d, "text": change(d["text"])} for d in encounter["documents"]]
    return {**encounter, "documents": documents}


def with_operative_text(encounter: Encounter, change: Callable[[str], str]) -> Encounter:
    """The encounter with `change` applied to the text of its operative notes only."""
    documents = [
        {**d, "text": change(d["text"])} if d["type"] == "operative_note" else d
        for d in encounter["documents"]
    ]
    return {**encounter, "documents": documents}
