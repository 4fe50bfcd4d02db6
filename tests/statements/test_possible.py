"""What is found possible by a sentence's words misses nothing that the frames would find."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from notecheck.models import Document
from notecheck.pipeline.components import Sections, Sentences, Text
from notecheck.pipeline.parts import Parts
from notecheck.rules.load import rule_set
from notecheck.statements.possible import PossibleFrames
from notecheck.statements.statement import Statement

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development"
_EACH = 12  # one encounter of so many, because every frame is tried on every sentence


def texts() -> Iterator[str]:
    """Notes of every author, and the cases of the frames told one after the other."""
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.open()]
    for line in lines[::_EACH]:
        yield from (told["text"] for told in json.loads(line)["encounter"]["documents"])
    cases = [case.text for frame in rule_set().frames for case in frame.cases]
    for start in range(0, len(cases), 40):
        yield "DESCRIPTION OF PROCEDURE:\n" + " ".join(cases[start : start + 40])


def statements() -> list[list[Statement]]:
    """Those of each text, by parts that have read nothing before."""
    made = Parts(rule_set())
    found = []
    for text in texts():
        note = Text(made).begin(Document(doc_id="op", text=text))
        note = Sentences(made).read(Sections(made).read(note))
        found.append(made.statements.find(note.normalized, note.sentences))
    return found


def test_nothing_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = statements()
    monkeypatch.setattr(PossibleFrames, "among", lambda self, _: (1 << self._size) - 1)
    monkeypatch.setattr(
        PossibleFrames,
        "meant",
        lambda self, possible, *_: [f for n, f in enumerate(self._frames) if possible >> n & 1],
    )
    assert sum(map(len, quick)) > 200
    assert quick == statements()
