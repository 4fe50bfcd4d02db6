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
_CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@cache
def corpus() -> tuple[Encounter, ...]:
    """Every encounter of the corpus, both parts, in the order of its files."""
    return tuple(e for file in sorted(_CORPUS.glob("*/*.jsonl")) for e in _encounters(file))


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
