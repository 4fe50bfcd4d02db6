"""What sentences tell of a fact, alone and many in one note."""

from __future__ import annotations

import pytest

from notecheck.pipeline.analyse import pipeline
from notecheck.rule_tools.telling import Telling
from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules

FRAMES = read_rules(patterns_root()).folder.frames


@pytest.mark.parametrize(
    ("frame", "text", "value"),
    [
        ("myodesis.fixed-to-bone", "The adductor was sewn to the femur.", "myodesis"),
        ("suction.named", "A wound vac was placed.", "negative_pressure"),
    ],
)
def test_sentences_tell_in_one_note_what_they_tell_alone(frame: str, text: str, value: str) -> None:
    telling = Telling(pipeline(), FRAMES[frame].record)
    others = ["The nerve was tied.", "My adesis was not done: 3 centimetres of fernur were gone."]
    together = telling.together([*others * 20, text, *others])
    assert together == [set()] * 40 + [{value}] + [set()] * 2
    assert telling.alone(text) == {value}


def test_what_must_stand_beside_a_sentence_is_not_found_in_another() -> None:
    telling = Telling(pipeline(), FRAMES["myodesis.holes-beside"].record)
    sewn = "The adductor magnus was secured with Ethibond."
    assert telling.together(["Anchors were set in the femur.", sewn]) == [set(), set()]
    assert telling.together([f"Anchors were set in the femur. {sewn}"]) == [{"myodesis"}]
