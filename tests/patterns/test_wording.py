"""The messages of requirements and findings speak as coders and CDI specialists do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PATTERNS = Path(__file__).resolve().parents[2] / "patterns"
FILES = sorted(p for room in ("requirements", "claims") for p in (PATTERNS / room).rglob("*.toml"))
# A word in braces is filled in, and an id or key is no sentence.
NOT_OURS = re.compile(r"(?<![\w{.-])(?:told|untold|mend|mends|stands for itself)(?![\w}-])")


def sentences(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if " " in value:
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from sentences(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_messages_use_the_words_of_the_field(path: Path) -> None:
    for sentence in sentences(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert not NOT_OURS.search(sentence), sentence
