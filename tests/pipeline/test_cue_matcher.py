"""Of cues that overlap, those that say something are all heard; a cue within another is not."""

from __future__ import annotations

import pytest
import spacy

from notecheck.pipeline.all_cues import AllCues
from notecheck.pipeline.context import ContextFinder
from notecheck.pipeline.cue_matcher import CueMatcher
from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.pipeline.section import Section
from notecheck.rules.model import ContextRecord


def record(reason: str, direction: str, *literals: str) -> ContextRecord:
    told = {"id": direction.lower(), "reason": reason, "direction": direction}
    return ContextRecord.model_validate({**told, "literals": literals})


CUES = AllCues(
    [
        record("planned", "BACKWARD", "was meant", "meant for now"),
        record("planned", "FORWARD", "meant to", "meant"),
        record("none", "PSEUDO", "meant for her", "no meaning of"),
        record("terminate", "TERMINATE", "now not"),
        record("negated", "FORWARD", "is not"),
        record("negated", "BACKWARD", "not kept"),
    ]
)
FINDER = ContextFinder(CUES)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("it was meant to have a GRAFT", "planned"),  # "was meant" alone would look back
        ("a GRAFT was meant to be left", "planned"),
        ("it was meant for her and a GRAFT", None),  # what means nothing is the longer one
        ("a GRAFT it meant for now not", "planned"),  # what ends reaches is the shorter one
        ("it is not kept a GRAFT", "negated"),  # "not kept" would end the reach of "is not"
    ],
)
def test_two_cues_that_share_a_word_both_speak(sentence: str, expected: str | None) -> None:
    start = sentence.index("GRAFT")
    whole = Section(0, 0, len(sentence), None)
    mention = Mention("r", "graft", "v", start, start + 5, Sentence(0, 0, len(sentence), whole))
    FINDER.apply(sentence.lower(), [mention])
    assert mention.reason == expected


def test_a_cue_within_another_is_part_of_it() -> None:
    nlp = spacy.blank("en")
    matcher = CueMatcher(nlp, "cues")
    matcher.add(FINDER.rules)
    doc = nlp("it was meant and is no meaning of meant to")
    found = [doc[start:end].text for _, start, end in matcher(doc)]
    assert found == ["was meant", "no meaning of", "meant to"]
