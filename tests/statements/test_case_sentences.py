"""A case that holds a word list is tried in a sentence for each of its words."""

from __future__ import annotations

import pytest

from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules
from notecheck.rules.model import FrameCase
from notecheck.rules.read import RuleFolder
from notecheck.statements.case_sentences import case_sentences, without_the_list

TERM = '[[term]]\nid = "{}"\nkind = "{}"\nsays = "Ours."\nwords = {}\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> RuleFolder:
    site = tmp_path_factory.mktemp("site")
    (site / "terms").mkdir()
    lists = (
        ("tie_down", "verb", '["sew", "re-cut", "tie down", "travel"]'),
        ("beam", "noun", '["i-beam", "stay bar", "joist"]'),
        ("wooden", "word", '["half-timbered", "{beam_wood}"]'),
        ("beam_wood", "word", '["oak", "ash"]'),
        ("house", "phrase", '["the|a (old) {wooden} house", "^ shed <3> yard", "{a_measure} hut"]'),
        ("frame_house", "compound", '["wooden beam"]'),
    )
    text = "".join(TERM.format(*one) for one in lists)
    (site / "terms/ours.toml").write_text(text, encoding="utf-8")
    return read_rules(patterns_root(), site).folder


def texts(folder: RuleFolder, text: str, *but: str) -> list[str]:
    case = FrameCase(text=text, gives="none", but=frozenset(but))
    return [sentence.text for sentence in case_sentences(case, folder)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It was sewn.", ["It was sewn."]),
        ("Was {tie_down}", ["Was sewn", "Was re cut", "Was tied down", "Was travelled"]),
        ("To {tie_down:base}", ["To sew", "To re cut", "To tie down", "To travel"]),
        ("{tie_down:ing} it", ["Sewing it", "Re cutting it", "Tying down it", "Travelling it"]),
        ("Old {beam}", ["Old i-beam", "Old stay bar", "Old joist"]),
        ("Old {beam:s}", ["Old i beams", "Old stay bars", "Old joists"]),
        ("It is {wooden}", ["It is half-timbered", "It is oak", "It is ash"]),
        ("In {frame_house}", ["In half-timbered i-beam"]),
        (
            "By {house}",
            ["By the half-timbered house", "By a half-timbered house"]
            + ["By the old half-timbered house", "By shed yard"],
        ),
    ],
)
def test_each_word_stands_in_the_form_that_the_text_asks_for(
    folder: RuleFolder, text: str, said: list[str]
) -> None:
    assert texts(folder, text) == said


def test_words_that_do_not_fit_are_left_out(folder: RuleFolder) -> None:
    assert texts(folder, "Was {tie_down}", "travel", "sew") == ["Was re cut", "Was tied down"]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("It was sewn.", None),
        ("It was {tie_down}.", "It was blonked."),
        ("Two {beam:s}", "Two blonks"),
        ("By {house}", "By blonk"),
    ],
)
def test_a_word_of_no_list_stands_in_its_place(
    folder: RuleFolder, text: str, without: str | None
) -> None:
    case = FrameCase(text=text, gives="none")
    assert without_the_list(case, folder) == without
