"""The look at a sentence's words misses no cue that ConText would find."""

from __future__ import annotations

import subprocess
import sys
from copy import copy
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.pipeline.all_cues import AllCues
from notecheck.pipeline.context import ContextFinder
from notecheck.pipeline.cues import CueIndex
from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.pipeline.section import Section
from notecheck.rules.load import rule_set
from notecheck.rules.model import ContextRecord


def cue(literal: str, **more: object) -> ContextRecord:
    return ContextRecord.model_validate(
        {
            "id": "cue",
            "reason": "negated",
            "direction": "BIDIRECTIONAL",
            "literals": [literal],
            **more,
        }
    )


def mention_at_the_end(words: str, fact: str = "graft") -> Mention:
    whole = Section(0, 0, len(words), None)
    return Mention("r", fact, "v", len(words) - 5, len(words), Sentence(0, 0, len(words), whole))


@pytest.mark.parametrize(
    ("literal", "words", "spoken_of"),
    [
        ("not", "it was not a graft", True),
        ("not", "it cannot be a graft", False),
        ("not", "it was notable, a graft", False),
        ("wasn't", "it wasn't a graft", True),
        ("did not", "it did have a graft", False),
        ("w/o", "done w/o a graft", True),
        ("?", "a flap? a graft", True),
        ("?", "a flap, a graft", False),
        ("no", "2no a graft", True),
    ],
)
def test_a_cue_is_possible_where_its_tokens_can_be(
    literal: str, words: str, spoken_of: bool
) -> None:
    mention = mention_at_the_end(words)
    index = CueIndex({literal: [cue(literal)]})
    found = index.spoken_of(index.standing(words), 0, [mention])
    assert found == ([mention] if spoken_of else [])


def test_a_cue_speaks_of_its_own_facts_alone() -> None:
    index = CueIndex({"no": [cue("no", facts=["graft"])], "old": [cue("old", reason="none")]})
    words = "no graft"
    graft, side = mention_at_the_end(words), mention_at_the_end(words, "side")
    assert index.spoken_of(index.standing(words), 0, [graft, side]) == [graft]
    assert index.spoken_of(index.standing("old graft"), 0, [graft]) == []


@pytest.mark.parametrize(
    ("direction", "words", "spoken_of"),
    [
        ("FORWARD", "it was not a graft", True),
        ("BACKWARD", "it was not a graft", False),
        ("BIDIRECTIONAL", "it was not a graft", True),
        ("FORWARD", "was it not: not a graft", True),
        ("BACKWARD", "it was no. a graft", False),
    ],
)
def test_a_cue_speaks_of_what_stands_where_it_looks(
    direction: str, words: str, spoken_of: bool
) -> None:
    mention = mention_at_the_end(words)
    index = CueIndex({"was": [cue("was", direction=direction)]})
    found = index.spoken_of(index.standing(words), 0, [mention])
    assert found == ([mention] if spoken_of else [])


def test_a_clause_has_told_its_own_denials() -> None:
    words = "it was not a graft"
    mention = mention_at_the_end(words)
    mention.clause = (0, len(words))
    denial, thought = cue("not"), cue("not", reason="hypothetical")
    for record, spoken_of in ((denial, []), (thought, [mention])):
        index = CueIndex({"not": [record]})
        assert index.spoken_of(index.standing(words), 0, [mention]) == spoken_of


def test_a_cue_is_learnt_when_it_is_met_first() -> None:
    finder = ContextFinder(AllCues([cue("no"), cue("old")]))
    assert not finder._learnt
    finder.apply("no graft", [mention_at_the_end("no graft")])
    assert finder._learnt == {0}
    assert [rule.literal for rule in finder.rules] == ["no", "old"]


LITERALS = sorted({literal for record in rule_set().contexts for literal in record.literals})
ALL = {literal: [cue(literal)] for literal in LITERALS}
INDEX = CueIndex(ALL)
FINDER = ContextFinder(AllCues([record for records in ALL.values() for record in records]))
assert len(FINDER.rules) == len(LITERALS)  # all learnt


def with_every_cue_possible(text: str, mention: Mention) -> None:
    """Read the context with nothing ruled out beforehand."""
    finder = copy(FINDER)
    every_cue = SimpleNamespace(
        standing=lambda words: [], spoken_of=lambda standing, start, mentions: mentions
    )
    finder._cues = cast(CueIndex, every_cue)
    finder.apply(text, [mention])


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from([*LITERALS, "the", "stump", "cannot", "dont", "isn't", "3cm", "-", "."]),
        max_size=6,
    ),
    st.sampled_from(["", " ", "-", ", "]),
)
def test_what_context_marks_was_possible(words: list[str], joint: str) -> None:
    text = f"{joint.join(words)} graft".lower()
    mention = mention_at_the_end(text)
    with_every_cue_possible(text, mention)
    if mention.reason:
        assert INDEX.spoken_of(INDEX.standing(text), 0, [mention])


def test_the_whole_of_medspacy_can_be_imported_afterwards() -> None:
    code = (
        "import notecheck.pipeline.medspacy_parts as parts, sys; assert 'nltk' not in sys.modules; "
        "import medspacy; nlp = medspacy.load(); "
        "assert type(nlp.get_pipe('medspacy_context')) is parts.ConText; "
        "assert medspacy.context.ConText is parts.ConText; "
        "assert medspacy.section_detection.section.Section is parts.Section"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)
