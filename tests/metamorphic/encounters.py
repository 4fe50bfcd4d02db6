"""The encounters of the corpus, as dicts, and the same encounters with their texts changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development"


def corpus() -> list[dict[str, Any]]:
    """Every encounter of the corpus, in the order of its files."""
    return [
        json.loads(line)["encounter"]
        for file in sorted(CORPUS.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def with_texts(encounter: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The encounter with `change` applied to the text of each of its documents."""
    documents = [{**d, "text": change(d["text"])} for d in encounter["documents"]]
    return {**encounter, "documents": documents}


def with_operative_text(encounter: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The encounter with `change` applied to the text of its operative notes only."""
    documents = [
        {**d, "text": change(d["text"])} if d["type"] == "operative_note" else d
        for d in encounter["documents"]
    ]
    return {**encounter, "documents": documents}
