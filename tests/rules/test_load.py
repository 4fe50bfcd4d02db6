"""Pattern files that are wrong are refused, by name and with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.errors import RulesError
from notecheck.rules.load import load_rules, rule_set
from rules.folders import RULE, small_folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_folder(tmp_path)


def test_the_files_become_rules(root: Path) -> None:
    rules = load_rules(root)
    assert [rule.record.id for rule in rules.targets] == ["cut.bone"]
    assert rules.targets[0].pattern.search("the tibia was cut", 0, 17)
    assert [record.id for record in rules.contexts] == ["negated"]
    assert [record.category for record in rules.sections] == ["plan"]
    assert {"femur", "tibia", "gigli", "plan", "no"} <= rules.vocabulary


@pytest.mark.parametrize(
    ("file", "text", "line", "fault"),
    [
        ("facts/cut.toml", RULE.format(id="cut.bone", pattern="cut") + "typo = 1\n", 9, "`typo`"),
        ("facts/cut.toml", RULE.format(id="Cut Bone", pattern="cut"), 3, "`id`"),
        ("facts/cut.toml", '[[rule]]\nid = "cut"\n', 2, "is missing"),
        ("facts/cut.toml", RULE.format(id="cut.bone", pattern=""), 6, "`pattern` must not be"),
        ("facts/cut.toml", RULE.format(id="cut.bone", pattern="{nerve} cut"), 3,
         "cut.bone: the lexicon has no entry {nerve}"),
        ("facts/cut.toml", RULE.format(id="cut.bone", pattern="(cut"), 3,
         "cut.bone: the pattern is no regular expression"),
        ("facts/cut.toml", '[[rule]\nid = "cut"', 1, "cut.toml: is not TOML"),
        ("facts/more.toml", RULE.format(id="cut.bone", pattern="cut"), 3, "used twice"),
        ("context/more.toml",
         '[[rule]]\nid = "cut.bone"\nreason = "negated"\ndirection = "FORWARD"\nliterals = ["x"]\n',
         2, "used twice"),
        ("context/negation.toml",
         '[[rule]]\nid = "n"\nreason = "negated"\ndirection = "SIDEWAYS"\nliterals = ["no"]\n',
         4, "`direction`"),
        ("sections/headings.toml", '[[section]]\ncategory = "plan"\nreason = "bored"\n', 3,
         "`reason`"),
        ("lexicon/spelling.toml", "[misheard]\nsaw = 1\n", 2, "`misheard.saw`"),
        ("lexicon/anatomy.toml", "terms = 5\n", 1, "`terms`"),
        ("lexicon/more.toml", '[terms]\nbone = "os"\n', 2, "used twice"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_its_fault(
    root: Path, file: str, text: str, line: int, fault: str
) -> None:
    (root / file).write_text(text)
    with pytest.raises(RulesError) as refusal:
        load_rules(root)
    assert fault in str(refusal.value)
    assert f"{file}:{line}" in str(refusal.value)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(RulesError):
            load_rules(folder)


def test_a_file_is_utf8(root: Path) -> None:
    path = root / "lexicon/more.toml"
    path.write_text('[terms]\ndebride = "d\u00e9bride"\n', encoding="utf-8")
    assert load_rules(root).lexicon["debride"] == "d\u00e9bride"
    path.write_text('[terms]\ndebride = "d\u00e9bride"\n', encoding="latin-1")
    with pytest.raises(RulesError, match=r"more\.toml: is not written in UTF-8"):
        load_rules(root)


def test_the_installed_files_are_right_and_read_once() -> None:
    rules = rule_set()
    assert rules is rule_set()
    assert rules.frames and rules.contexts and rules.sections


def test_every_context_reason_of_the_contract_has_rules() -> None:
    reasons = {record.reason for record in rule_set().contexts}
    reasons |= {section.reason for section in rule_set().sections if section.reason}
    assert reasons >= {
        "negated", "hypothetical", "planned", "history", "other_limb", "consent", "other_person",
        "quoted_report",
    }  # fmt: skip


def test_a_folded_pattern_is_the_same_on_one_line(root: Path) -> None:
    folded = "\n(?:\n  the femur|the {bone}\n  |this shaft\n) was cut\n"
    text = RULE.format(id="own.cut", pattern="x").replace('"x"', f"'''{folded}'''")
    (root / "facts/own.toml").write_text(text, encoding="utf-8")
    found = {rule.record.id: rule for rule in load_rules(root).targets}["own.cut"]
    assert found.record.pattern == "(?:the femur|the {bone}|this shaft) was cut"
    assert [m[0] for m in found.pattern.find("then this shaft was cut", 0, 23)] == [
        "this shaft was cut"
    ]
