"""The examples of rules, run through the whole pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.errors import RulesError
from notecheck.pipeline.analyse import Pipeline
from notecheck.rule_tools.examples import example_failures
from notecheck.rules.files import patterns_root
from notecheck.rules.load import load_rules, read_rules
from rule_tools.folders import OWN_RULE, site_folder


def failures(site: Path, *ids: str) -> list[str]:
    pipeline = Pipeline(load_rules(patterns_root(), site))
    found = example_failures(pipeline, read_rules(patterns_root(), site).folder, ids)
    return [str(failure).replace(f"{site}/", "") for failure in found]


def test_examples_that_hold_are_not_told(tmp_path: Path) -> None:
    assert failures(site_folder(tmp_path), "own.frobbed", "negated.before-setting") == []


def test_both_kinds_of_failure_are_told_with_their_place(tmp_path: Path) -> None:
    wrong = OWN_RULE.replace('"femur was', '"skin was')
    assert failures(site_folder(tmp_path, wrong), "own.frobbed") == [
        'frames/own.toml:2: own.frobbed: "The femur was frobbed." gives none, not femur',
        'frames/own.toml:2: own.frobbed: "The skin was frobbed." gives femur, not none',
    ]


def test_a_mention_that_does_not_count_is_not_found(tmp_path: Path) -> None:
    denied = OWN_RULE.replace('"The femur was', '"Never: no femur was')
    assert len(failures(site_folder(tmp_path, denied), "own.frobbed")) == 1


def test_a_context_rule_is_held_to_its_examples(tmp_path: Path) -> None:
    site = site_folder(tmp_path)
    (site / "context").mkdir()
    (site / "context/own.toml").write_text(
        '[[rule]]\nid = "own.hardly"\nreason = "negated"\ndirection = "FORWARD"\n'
        'literals = ["hardly ever"]\nexamples = ["The femur was frobbed."]\n'
        'non_examples = ["Hardly ever was the femur cut."]\n'
    )
    assert failures(site, "own.hardly") == [
        'context/own.toml:2: own.hardly: does not find its example "The femur was frobbed."',
        'context/own.toml:2: own.hardly: finds its non-example "Hardly ever was the femur cut."',
    ]


def test_an_unknown_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        RulesError, match="own.nothing: there is no rule and no word list with this id"
    ):
        failures(site_folder(tmp_path), "own.nothing")


FROBBING = """
[[term]]
id = "frob"
kind = "word"
says = "Ours."
words = ["frobbed", "twisted"]
"""
EACH = OWN_RULE.replace('["femur was frobbed"]', '["femur was {frob}"]').replace(
    "The femur was frobbed", "The femur was {frob}"
)


def site_with_list(root: Path, rule: str = EACH) -> Path:
    site = site_folder(root, rule)
    (site / "terms").mkdir()
    (site / "terms/own.toml").write_text(FROBBING)
    return site


def test_a_case_is_tried_with_each_word_of_the_list_in_it(tmp_path: Path) -> None:
    site = site_with_list(tmp_path)
    assert failures(site, "own.frobbed") == []
    more = FROBBING.replace('"twisted"', '"twisted", "my adesis"')
    (site / "terms/own.toml").write_text(more)
    assert failures(site, "own.frobbed") == [
        'frames/own.toml:2: own.frobbed: "The femur was my adesis." gives none, not femur '
        '(for "my adesis")'
    ]
    fitting = EACH.replace('gives = "femur"', 'gives = "femur", but = ["my adesis"]')
    (site / "frames/own.toml").write_text(fitting)
    assert failures(site, "own.frobbed") == []


def test_an_id_of_a_list_runs_the_cases_that_hold_it(tmp_path: Path) -> None:
    site = site_with_list(
        tmp_path, EACH.replace('"The skin was frobbed."', '"A femur was frobbed."')
    )
    told = 'own.frobbed: "A femur was frobbed." gives femur, not none'
    assert failures(site, "own.frobbed") == [f"frames/own.toml:2: {told}"]
    assert failures(site, "frob") == []


def test_a_case_that_gives_the_same_for_any_word_is_told(tmp_path: Path) -> None:
    site = site_with_list(
        tmp_path, EACH.replace('"The skin was frobbed."', '"The skin was {frob}."')
    )
    fault = "gives none for a word of no list too, and tries none"
    assert failures(site, "frob") == [
        f'frames/own.toml:2: own.frobbed: "The skin was {{frob}}." {fault}'
    ]


def test_a_case_that_holds_an_unknown_list_is_refused(tmp_path: Path) -> None:
    site = site_with_list(tmp_path, EACH.replace("{frob}.", "{frobs}."))
    with pytest.raises(RulesError, match="there is no word list `frobs`"):
        failures(site, "own.frobbed")
