"""Frames of phrases: words in their order, with lists, gaps and what may not stand beside them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.errors import RulesError
from notecheck.rules.load import rule_set
from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.pattern import Pattern
from notecheck.rules.phrase import lists_in, parse
from notecheck.statements.find import StatementFinder
from notecheck.statements.statement import Statement

_TERMS = """
[[term]]
id = "plank"
kind = "noun"
says = "A plank."
words = ["plank", "deck board"]
[[term]]
id = "mend"
kind = "verb"
says = "To mend."
words = ["patch", "tie up"]
[[term]]
id = "wet_plank"
kind = "phrase"
says = "A plank that is wet."
words = ["wet {plank}", "{plank} of <2 of_the> sea"]
[[term]]
id = "of_the"
kind = "word"
says = "Small words."
words = ["the", "old"]
[[term]]
id = "how_long"
kind = "entity"
says = "A length."
words = ['(?P<number>[0-9]+) ?(?P<unit>feet)']
[[term]]
id = "long_plank"
kind = "phrase"
says = "The length of a plank."
words = ["{plank} <3 not mast> {how_long}"]
[[term]]
id = "mast"
kind = "word"
says = "What else is long."
words = ["mast"]
[[term]]
id = "drum"
kind = "word"
says = "What else is like that."
words = ["drum"]
"""


@dataclass(frozen=True)
class _Sentence:
    start: int
    end: int
    category: str | None = None


def _found(text: str, *phrases: str, **keys: Any) -> list[Statement[_Sentence]]:
    frame = FrameRecord(
        id="one.frame",
        fact="one",
        phrases=phrases,
        cases=[{"text": "One.", "gives": "yes"}, {"text": "Two.", "gives": "none"}],
        **{"value": "yes", **keys},
    )
    own = [TermRecord(**term) for term in tomllib.loads(_TERMS)["term"]]
    grammar = [term for term in rule_set().words if term.id in ("no_denial", "pronoun")]
    entities = {t.id: Pattern("|".join(t.words), {}) for t in own if t.kind == "entity"}
    finder = StatementFinder([*grammar, *own], rule_set().irregular, [frame], entities=entities)
    return finder.find(text, [_Sentence(0, len(text))])


def _words(text: str, *phrases: str, **keys: Any) -> list[str]:
    return [text[s.start : s.end] for s in _found(text, *phrases, **keys)]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("wet deck", "on a wet deck.", ["wet deck"]),
        ("wet deck", "on a wet-deck.", ["wet-deck"]),
        ("wet deck", "a wet, cold deck.", []),
        ("wet-deck", "on a wet-deck.", ["wet-deck"]),
        ("wet-deck", "on a wet deck.", []),
        ("wet|cold deck", "a cold deck", ["cold deck"]),
        ("[very wet|cold] deck", "a very wet deck", ["very wet deck"]),
        ("(very) wet deck", "a wet deck", ["wet deck"]),
        ("(very) wet deck", "a very wet deck", ["very wet deck"]),
        ("s/p storm", "he is s/p storm", ["s/p storm"]),
        ("{plank} broke", "two planks broke", ["planks broke"]),
        ("{plank} broke", "the deck boards broke", ["deck boards broke"]),
        ("{plank} broke", "the plank's broke", ["plank's broke"]),
        ("was {mend}", "it was patched", ["was patched"]),
        ("was {mend}", "it was tied up", ["was tied up"]),
        ("{wet_plank}", "a plank of the old sea", ["plank of the old sea"]),
        ("{wet_plank}", "a plank of a sea", []),
        ("wood <2> broke", "the wood (all of it) broke", []),
        ("wood <3> broke", "the wood (all of it) broke", ["wood (all of it) broke"]),
        ("wood <3> broke", "the wood did not break, it broke", []),
        ("wood <3 not plank> broke", "the wood of it broke", ["wood of it broke"]),
        ("wood <3 not plank> broke", "the wood of planks broke", []),
        ("wood <2> broke", "the wood never broke", []),
        ("wood <3> broke", "the wood; it broke", []),
        ("wet $", "it was wet.", ["wet"]),
        ("wet $", "it was wet today.", []),
        ("^ log of", "log of the ship", ["log of"]),
        ("^^ (the) deck", "the deck", ["the deck"]),
        ("^^ (the) deck", "it rained, the deck", ["the deck"]),
        ("^^ (the) deck", "rain and the deck", ["the deck"]),
        ("^^ (the) deck", "rain on the deck", []),
        ("^ log of", "the log of the ship", []),
    ],
)
def test_a_phrase_is_read_as_it_is_written(phrase: str, text: str, words: list[str]) -> None:
    assert _words(text, phrase) == words


@pytest.mark.parametrize(
    ("text", "keys", "words"),
    [
        ("a storm tore the old deck off it", {"before": 3}, ["storm tore the old deck"]),
        ("it rained. the old deck", {"before": 3}, ["the old deck"]),
        ("an old deck that a storm tore off", {"after": 4}, ["old deck that a storm tore"]),
        ("an old deck that rots, they say", {"after": 4}, ["old deck that rots"]),
        ("an old deck of the drum", {"after": 4, "until": ("drum",)}, ["old deck of the"]),
    ],
)
def test_a_statement_takes_in_words_beside_its_phrase(
    text: str, keys: dict[str, Any], words: list[str]
) -> None:
    assert _words(text, "old deck", **keys) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("a wet deck", ["wet deck"]), ("a wet deck drum", ["wet deck"]), ("a wet deck chair", [])],
)
def test_what_must_follow_a_phrase_is_asked_for(text: str, words: list[str]) -> None:
    assert _words(text, "wet deck", only_before=("drum",)) == words


def test_of_phrases_that_overlap_the_longest_is_told() -> None:
    assert _words("a wet deck board", "wet deck", "wet deck board", "deck board") == [
        "wet deck board"
    ]


def test_a_measure_is_told_with_its_parts() -> None:
    text = "cut 12 feet long"
    (told,) = _found(text, "cut {how_long}")
    assert {name: text[a:b] for name, (a, b) in told.details.items()} == {
        "number": "12",
        "unit": "feet",
    }


def test_what_stands_beside_or_anywhere_forbids_it() -> None:
    assert _words("a wet drum", "wet", not_before=["drum"]) == []
    assert _words("a wet deck", "wet", not_before=["drum"]) == ["wet"]
    assert _words("a drum wet", "wet", not_after=["drum"]) == []
    assert _words("wet as the drum", "wet", nowhere=["drum"]) == []
    assert _words("wet under the drum lid", "wet <3> lid", not_between=["drum"]) == []
    assert _words("wet under the old lid", "wet <3> lid", not_between=["drum"]) == [
        "wet under the old lid"
    ]


def test_a_measure_that_another_phrase_tells_is_of_that() -> None:
    text = "the plank is 4 feet and the mast 9 feet"
    assert _words(text, "{how_long}", not_shared=["long_plank"]) == ["9 feet"]
    assert _words("a plank of a mast 9 feet", "{how_long}", not_shared=["long_plank"]) == ["9 feet"]


def test_each_value_has_its_list() -> None:
    (told,) = _found("a wet plank", "wet {each}", value="", each={"a": "drum", "b": "plank"})
    assert told.value == "b"


def test_sections_are_asked_for() -> None:
    assert _words("wet", "wet", sections=["description"]) == []
    assert _words("wet", "wet", not_sections=["description"]) == ["wet"]


@pytest.mark.parametrize(
    "wrong", ["", "(wet)", "wet <3>", "<3>", "wet [", "wet {Deck}", "[wet|]", "wet <x> deck"]
)
def test_what_cannot_be_read_is_told(wrong: str) -> None:
    with pytest.raises(RulesError):
        parse(wrong)


def test_the_lists_of_a_phrase_are_those_of_its_gaps_too() -> None:
    assert lists_in("{a} <2 b> [c {d}|e]") == {"a", "b", "d"}


@given(st.text(alphabet="wet deck.,;()-\n012's{}[]<>^$|", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for told in _found(text, "wet <2> deck", "({wet_plank}) wet $", "{how_long}"):
        assert 0 <= told.start < told.end <= len(text)
        assert text[told.start : told.end].strip()


def test_a_gap_passes_over_signs_and_what_a_hyphen_ties_and_counts_neither() -> None:
    assert _words("wood ( ... ) so-called broke", "wood <1> broke") == [
        "wood ( ... ) so-called broke"
    ]
    assert _words("wood, really so, broke", "wood <1> broke") == []


def test_a_gap_of_a_list_takes_its_longest_words() -> None:
    assert _words("wet deck board drum", "wet <1 plank> drum") == ["wet deck board drum"]
    assert _words("wet deck board plank drum", "wet <1 plank> drum") == []


def test_the_first_way_that_fits_is_taken_for_what_stands_in_gaps() -> None:
    assert _words("wet wet deck sea deck", "wet <3> deck") == ["wet wet deck"]


def test_an_entity_is_looked_for_where_its_words_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    find = Pattern.find

    def watched(self: Pattern, text: str, start: int, end: int) -> list[re.Match[str]]:
        tried.append(text)
        return find(self, text, start, end)

    monkeypatch.setattr(Pattern, "find", watched)
    assert not _found("a wet deck, 12 inches", "wet deck, {how_long}")
    assert _found("a wet deck, 12 feet", "wet deck, {how_long}")
    assert tried == ["a wet deck, 12 feet"]
