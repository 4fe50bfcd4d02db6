"""What is said of the closure of a stump, and what only sounds like it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from notecheck import check

_TABLE = tomllib.loads(Path(__file__).with_name("closures.toml").read_text(encoding="utf-8"))
_NOTE = """\
PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.
OPERATION: Revision of left above-knee amputation.
DESCRIPTION: The old scar was excised. The femur was cut with a saw. {statement}
A dry dressing was applied.
"""


def _statements() -> Iterator[tuple[str, str]]:
    for concept in _TABLE.values():
        for gives, statements in concept.items():
            yield from ((gives, statement) for statement in statements)


@pytest.mark.parametrize(("gives", "statement"), _statements())
def test_closure_is_read_as_told(gives: str, statement: str) -> None:
    stop = "" if statement.endswith(".") else "."
    report = check(_NOTE.format(statement=statement + stop), code="27596")
    told = {fact.value for fact in report.facts.reconstruction}
    told -= {"left_open", "layered_closure", "flap"}  # of these the tables say nothing
    assert told == set(gives.split()) - {"none"}
