"""Every rule does what its own examples say, through the whole pipeline."""

from __future__ import annotations

import pytest

from notecheck.pipeline.analyse import pipeline
from notecheck.rule_tools.examples import example_failures
from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules

RULES = read_rules(patterns_root()).folder


@pytest.mark.parametrize("rule_id", [*RULES.contexts, *RULES.frames])
def test_a_rule_finds_its_examples_and_no_other(rule_id: str) -> None:
    assert [str(failure) for failure in example_failures(pipeline(), RULES, [rule_id])] == []
