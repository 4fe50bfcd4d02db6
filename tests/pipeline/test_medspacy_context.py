"""Our ConText says the same as medspaCy's, by every cue that we have, in any order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.pipeline.context import Context
from notecheck.pipeline.medspacy_context import ContextFinder
from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.pipeline.section import Section
from notecheck.rules.load import rule_set

RECORDS = rule_set().contexts
OURS, MEDSPACYS = Context(RECORDS), ContextFinder(RECORDS)
LITERALS = sorted({literal for record in RECORDS for literal in record.literals})
FACTS = sorted(rule_set().facts)
TELLS = [frozenset({told}) for told in ("existing", "past", "amputated")]
FILLING = ["the", "stump", "MENTION", "MENTION", "3.5cm", "isn't", "-", ".", ",", "and", "(", "_"]
SENTENCE = st.lists(
    st.one_of(st.sampled_from(FILLING), st.sampled_from(LITERALS)), min_size=1, max_size=9
)


@st.composite
def notes(draw: st.DrawFn) -> tuple[str, list[Mention]]:
    """A few sentences of cues and other words, and mentions of some words in them."""
    normalized, mentions = "", []
    for index, words in enumerate(draw(st.lists(SENTENCE, min_size=1, max_size=3))):
        begun = len(normalized)
        placed = []
        for word in words:
            joint = draw(st.sampled_from([" ", " ", " ", "-", "  ", ""])) if placed else ""
            start = len(normalized) + len(joint)
            normalized += joint + word.lower()
            placed.append((word, start, len(normalized)))
        whole = Section(begun, begun, len(normalized), None)
        sentence = Sentence(index, begun, len(normalized), whole)
        for nth, (word, start, end) in enumerate(placed):
            if word == "MENTION":
                more = draw(st.integers(0, 2))  # words that it takes in
                end = placed[min(nth + more, len(placed) - 1)][2]
                clause = draw(st.sampled_from([None, (begun, end), (start, len(normalized))]))
                fact, tells = draw(st.sampled_from(FACTS)), draw(st.sampled_from(TELLS))
                mentions.append(
                    Mention("r", fact, "v", start, end, sentence, clause=clause, tells=tells)
                )
        normalized += "\n"
    return normalized, mentions


@settings(deadline=None, max_examples=400)
@given(notes())
def test_both_say_the_same(note: tuple[str, list[Mention]]) -> None:
    normalized, mentions = note
    again = [mention.copy() for mention in mentions]
    OURS.apply(normalized, mentions)
    MEDSPACYS.apply(normalized, again)
    assert mentions == again
