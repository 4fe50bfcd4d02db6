"""What the second reader may do to the facts, through whole reports."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from notecheck import check
from notecheck.models import Report
from notecheck.reader.choice import SETTING, chosen_model, reading_by
from notecheck.reader.features import SIZE, place_of_word
from notecheck.reader.fusion import Fusion, Thresholds, Weights
from notecheck.reader.model import ReaderModel, compact
from notecheck.reader.value import RULE

MYODESIS = ("reconstruction", "myodesis")
FASCIA = ("reconstruction", "fascial_closure")
FACTS = ("reconstruction", "indication", "necessity")
NOTE = (
    "PROCEDURE: Revision of left above-knee amputation.\n"
    "DESCRIPTION: The femur was cut with a saw at midshaft. {more} Fascia was closed.\n"
)
# Words that no rule knows, and that the model below has learned.
UNKNOWN = "The quadriform was zipped onto the shaft."


def reader(word: str, weight: float, *, keep: float = 0.5, add: float = 0.6) -> ReaderModel:
    """A model that takes every sentence with `word` for a myodesis, and believes itself."""
    weights = np.zeros((SIZE, 2))
    weights[place_of_word(word), 0] = weight
    weights[place_of_word("fascia"), 1] = weight
    fusion = Fusion(
        weights={f: Weights(bias=0, rules=0, reader=1, both=0) for f in FACTS},
        thresholds={f: Thresholds(keep=keep, add=add) for f in FACTS},
    )
    return compact([MYODESIS, FASCIA], weights, [-5.0, -5.0], fusion, {})


def report(more: str, model: ReaderModel | None, note: str = NOTE) -> Report:
    with reading_by(model):
        return check(note.format(more=more), code="27596")


def told(found: Report) -> set[str]:
    return {fact.value for fact in found.facts.reconstruction}


def test_what_it_alone_reads_becomes_a_fact_with_its_sentence() -> None:
    assert told(report(UNKNOWN, None)) == {"fascial_closure"}
    found = report(UNKNOWN, reader("zipped", 50))
    assert "myodesis" in told(found)
    (words,) = next(f.evidence for f in found.facts.reconstruction if f.value == "myodesis")
    assert (words.text, words.rule) == (UNKNOWN.rstrip("."), RULE) or words.text == UNKNOWN


@pytest.mark.parametrize(
    "sentence",
    [
        "The quadriform was not zipped onto the shaft.",
        "No quadriform was zipped onto the shaft.",
        "We considered having the quadriform zipped onto the shaft.",
        "It was zipped shut rather than leaving the quadriform long.",
    ],
)
def test_a_sentence_that_context_excludes_raises_nothing(sentence: str) -> None:
    assert "myodesis" not in told(report(sentence, reader("zipped", 50)))


def test_it_is_silent_where_no_stump_is_operated_on() -> None:
    note = "PROCEDURE: Total knee arthroplasty, left.\nDESCRIPTION: {more}\n"
    assert not told(report(UNKNOWN, reader("zipped", 50), note))


def test_what_it_doubts_is_excluded_as_doubtful() -> None:
    named = "A myodesis was done."
    assert "myodesis" in told(report(named, None))
    found = report(named, reader("zipped", 50))
    assert told(found) == {"fascial_closure"}
    assert [e.value for e in found.excluded if e.reason == "doubtful"] == ["myodesis"]


def test_what_the_rules_filled_is_never_emptied() -> None:
    note = NOTE.replace(" Fascia was closed.", "")
    assert told(report("A myodesis was done.", reader("zipped", 50), note)) == {"myodesis"}


@pytest.fixture
def off(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(SETTING, "off")
    yield


def test_switched_off_there_is_no_model(off: None) -> None:
    assert chosen_model() is None
    with_none = report(UNKNOWN, None).model_dump_json()
    assert check(NOTE.format(more=UNKNOWN), code="27596").model_dump_json() == with_none
    assert RULE not in with_none


def test_the_reader_adds_nothing_that_the_note_denies() -> None:
    model = reader("zipped", 50)
    assert "myodesis" in told(report(UNKNOWN, model))
    denied = f"{UNKNOWN} The muscle was not sewn to the femur."
    assert "myodesis" not in told(report(denied, model))
