"""The share of the words of lists that a case tries."""

from __future__ import annotations

from notecheck.rule_tools.tried import share_tried
from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules
from notecheck.rules.model import FrameCase
from notecheck.rules.read import Placed, RuleFolder

FOLDER = read_rules(patterns_root()).folder


def test_each_word_counts_once() -> None:
    words = {name: FOLDER.words[name] for name in ("anchor", "fix")}
    frame = FOLDER.frames["myodesis.named"]
    several = FOLDER.words["anchor"].record.words
    cases = tuple(
        FrameCase(text=f"{n} {{anchor}}", gives="none", but=frozenset(several[:2])) for n in (1, 2)
    )
    record = frame.record.model_copy(update={"cases": cases})
    folder = RuleFolder(words=words, frames={"ours": Placed(record, frame.place)})
    both = len(several) + len(FOLDER.words["fix"].record.words)
    assert share_tried(folder) == (len(several) - 2) / both


def test_most_words_of_our_lists_are_tried() -> None:
    assert share_tried(FOLDER) >= 0.85
