"""What the keys of a frame ask for, with lists and frames of this file's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

import pytest

from notecheck.rules.load import rule_set
from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.word_lists import GRAMMAR, lists_named
from notecheck.statements.find import StatementFinder

_TERMS = """
[[term]]
id = "plank"
kind = "noun"
says = "A plank."
words = ["plank", "board"]
[[term]]
id = "ship"
kind = "noun"
says = "A ship."
words = ["ship", "mast"]
[[term]]
id = "bad_wood"
kind = "word"
says = "What wood is like."
words = ["rotten", "grey"]
[[term]]
id = "swap"
kind = "verb"
says = "To put another in its place."
words = ["replace"]
[[term]]
id = "at_sea"
kind = "word"
says = "Away from the harbour."
words = ["at sea"]
[[term]]
id = "rotten_plank"
kind = "word"
says = "Both in one, for another fact."
words = ["rotten plank"]
"""


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    category: str | None = None


def _frame(fact: str, **keys: Any) -> FrameRecord:
    cases = [{"text": "One.", "gives": "yes"}, {"text": "Two.", "gives": "none"}]
    return FrameRecord(id=f"{fact}.frame", fact=fact, cases=cases, **{"value": "yes", **keys})


def _told(text: str, *frames: FrameRecord) -> list[tuple[str, str | None]]:
    rules = rule_set()
    grammar = [term for term in rules.words if term.id in GRAMMAR]
    spread = [one for frame in frames for one in frame.spread()]
    own = [TermRecord(**record) for record in tomllib.loads(_TERMS)["term"]]
    own = [term for term in own if term.id in lists_named(spread, own)]
    finder = StatementFinder([*grammar, *own], rules.irregular, frames)
    return [(s.fact, s.reason) for s in finder.find(text, [_Line(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a rotten plank was seen", True),
        ("the plank was old and rotten", True),
        ("the end of the plank was rotten", True),
        ("the rotten end of the plank was cut", True),
        ("the rotten mast lay on a plank", False),
        ("the plank lay over a rope and was rotten", True),
        ("it sank with the plank now rotten", True),
        ("the plank 3 mast rotten", True),
    ],
)
def test_a_state_is_said_of_its_thing(text: str, told: bool) -> None:
    frame = _frame("state", part=["plank"], being=["bad_wood"])
    assert bool(_told(text, frame)) is told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("the plank was not rotten", "negated"),
        ("no rotten plank was seen", "negated"),
        ("the plank could not be saved and was rotten", None),
    ],
)
def test_a_denial_is_of_the_state(text: str, reason: str | None) -> None:
    frame = _frame("state", part=["plank"], being=["bad_wood"])
    assert _told(text, frame) == [("state", reason)]


@pytest.mark.parametrize(
    "text",
    [
        "the storm reached the plank and had replaced it",  # one subject, two verbs
        "there is no mast or plank that could be replaced",  # what there is none of
        "a new mast would only replace the plank",  # an adverb before its verb
    ],
)
def test_what_belongs_to_one_clause_is_read_as_one(text: str) -> None:
    frame = _frame("swap", act=["swap"], part=["plank"])
    assert [fact for fact, _ in _told(text, frame)] == ["swap"]


def test_both_after_an_auxiliary_is_the_subject() -> None:
    frame = _frame("swap", act=["swap"], part=["plank"])
    assert not _told("the plank was seen. the mast and the ship were both replaced", frame)


def test_a_word_within_the_sentence() -> None:
    frame = _frame("swap", act=["swap"], part=["plank"], within=["at_sea"])
    assert _told("the plank was replaced; it was done at sea", frame)
    assert not _told("the plank was replaced; it was done in harbour", frame)


def test_what_is_argued_may_be_thought_of_or_for_later() -> None:
    keys: dict[str, Any] = {"act": ["swap"], "part": ["plank"]}
    text = "the plank must be replaced"
    assert _told(text, _frame("plain", **keys)) == [("plain", "planned")]
    assert _told(text, _frame("argued", argued=True, **keys)) == [("argued", None)]
    assert _told("the plank was not replaced", _frame("argued", argued=True, **keys)) == [
        ("argued", "negated")
    ]


def test_a_phrase_of_one_fact_takes_no_word_from_another() -> None:
    state = _frame("state", part=["plank"], being=["bad_wood"])
    phrase = _frame("phrase", told_by=["rotten_plank"])
    assert dict(_told("a rotten plank was seen", state, phrase)) == {"state": None, "phrase": None}


def test_a_frame_of_each_value_tells_every_one() -> None:
    frame = _frame("gone", act=["swap"], part=["each"], each={"wood": "plank", "rig": "ship"})
    told = _told("the plank and the mast were replaced", frame)
    assert told == [("gone", None), ("gone", None)]
    assert {record.value for record in frame.spread()} == {"wood", "rig"}
    assert len(_told("the mast was replaced", frame)) == 1
