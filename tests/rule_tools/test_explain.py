"""The page of one rule."""

from __future__ import annotations

import pytest

from notecheck.errors import RulesError
from notecheck.rule_tools.explain import explain_text
from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules

RULES = read_rules(patterns_root()).folder


def test_every_rule_frame_and_list_has_a_page() -> None:
    for kind in (RULES.frames, RULES.contexts, RULES.words):
        for rule_id in kind:
            page = explain_text(RULES, rule_id)
            assert page.startswith(f"{rule_id}\n")


def test_a_frames_page_says_what_it_reads_and_shows_its_cases() -> None:
    page = explain_text(RULES, "myodesis.fixed-to-bone")
    assert "reconstruction = myodesis" in page
    assert "one of the verbs of: fix, sew" in page
    for case in RULES.frames["myodesis.fixed-to-bone"].record.cases:
        assert case.text.split()[-1] in page


def test_a_frames_page_tells_what_follows_and_what_is_known_of_it() -> None:
    page = explain_text(RULES, "open.left")
    assert "a few words after the verb, one of: open" in page
    assert "a later day told after it does not put it off" in page


@pytest.mark.parametrize("frame", RULES.frames)
def test_every_frame_says_where_its_meaning_comes_from(frame: str) -> None:
    assert RULES.frames[frame].record.source


def test_a_lists_page_names_the_frames_that_use_it() -> None:
    assert "myodesis.held-by-anchors" in explain_text(RULES, "anchor")


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(RulesError, match="no rule and no word list"):
        explain_text(RULES, "no.such-thing")
