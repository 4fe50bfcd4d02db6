"""Lint tells what is wrong with word lists and frames."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notecheck.rules.files import patterns_root
from notecheck.rules.frame_lint import frame_findings, long_lines
from notecheck.rules.load import read_rules

FRAMES = "frames/reconstruction.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(patterns_root(), tmp_path / "patterns")
    return tmp_path / "patterns"


def faults(root: Path) -> list[str]:
    found = [*frame_findings(read_rules(root).folder), *long_lines(root)]
    return [finding.fault for finding in found]


def test_our_own_have_none(root: Path) -> None:
    assert faults(root) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('act = ["fix", "sew"]', 'act = ["fixx", "sew"]', "there is no word list `fixx`"),
        ('"to periosteum", "through bone"', '"onto bone"', "`onto` ties nothing"),
        ('value = "tenodesis"', 'value = "tenodeses"', "has no value `tenodeses`"),
        ('fact = "reconstruction"', 'fact = "reconstructoin"', "no fact `reconstructoin`"),
        ('unless = ["gave_way", "adhesion"]', 'sections = ["story"]', "the category `story`"),
        ('gives = "tenodesis"', 'gives = "none"', "no case gives `tenodesis`"),
        ('told_by = ["tenodesis_name"]', 'told_by = ["tenodesis_name"]\nthen = ["open"]', "`then`"),
        ('part = ["muscle", "tendon"]', f'# {"x" * 120}\npart = ["muscle"]', "more than 120"),
    ],
)
def test_a_fault_is_told(root: Path, old: str, new: str, fault: str) -> None:
    text = (root / FRAMES).read_text(encoding="utf-8")
    assert old in text
    (root / FRAMES).write_text(text.replace(old, new), encoding="utf-8")
    assert any(fault in told for told in faults(root))


def test_a_word_that_can_never_match_is_told(root: Path) -> None:
    path = root / "terms/muscles.toml"
    text = path.read_text(encoding="utf-8").replace('"periosteal cuff"', '"Periosteal cuff"')
    path.write_text(text, encoding="utf-8")
    assert faults(root) == ['"Periosteal cuff" never matches: the text is read in small letters']


@pytest.mark.parametrize(
    "folder", ["frames/lengths.toml", "lexicon/days.toml", "context/time.toml"]
)
def test_a_long_line_of_an_expression_is_told_too(root: Path, folder: str) -> None:
    path = root / folder
    path.write_text(f"# {'x' * 120}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert any("more than 120" in fault for fault in faults(root))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ('["a {snake}"]', "the list holds itself"),
        ('["a {worm}"]', "the list holds itself"),
        ('["a {a_date}"]', "there is no word list `a_date`"),
    ],
)
def test_a_list_of_phrases_that_cannot_be_read_is_told(root: Path, words: str, fault: str) -> None:
    term = '[[term]]\nid = "{}"\nkind = "phrase"\nsays = "A beast."\nwords = {}\n'
    text = term.format("snake", words) + term.format("worm", '["a {snake}"]')
    (root / "terms/beasts.toml").write_text(text, encoding="utf-8")
    assert any(fault in told for told in faults(root))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"{necrosis_name}"', '"{necrosis_name} {a_date}"', "there is no word list `a_date`"),
        ('nowhere = ["dead_bone_told"]', 'nowhere = ["a_date"]', "there is no word list `a_date`"),
        ('["not_necrosis"]', '["not_necrosis"]\nnot_between = ["flesh"]', "`flesh` is no list of"),
        ('"{necrosis_name}"', '"a <2 not flesh> {necrosis_name}"', "`flesh` is no list of"),
    ],
)
def test_what_no_phrase_can_hold_is_told(root: Path, old: str, new: str, fault: str) -> None:
    path = root / "frames/dead_tissue.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(fault in told for told in faults(root))
