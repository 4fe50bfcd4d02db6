"""Pattern files that are wrong are refused, by name and with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.errors import RulesError
from notecheck.rules.load import load_rules, rule_set
from rules.folders import CONTEXT, ENTITY, small_folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_folder(tmp_path)


def test_the_files_become_rules(root: Path) -> None:
    rules = load_rules(root)
    assert [record.id for record in rules.words] == ["cut_bone"]
    assert rules.entities["cut_bone"].find("the tibia was cut", 0, 17)
    assert [record.id for record in rules.contexts] == ["negated"]
    assert [record.category for record in rules.sections] == ["plan"]
    assert {"femur", "tibia", "gigli", "plan", "no"} <= rules.vocabulary


@pytest.mark.parametrize(
    ("file", "text", "line", "fault"),
    [
        ("terms/cut.toml", ENTITY.format(id="cut_bone", pattern="cut") + "typo = 1\n", 7, "`typo`"),
        ("terms/cut.toml", ENTITY.format(id="Cut Bone", pattern="cut"), 3, "`id`"),
        ("terms/cut.toml", '[[term]]\nid = "cut"\n', 2, "is missing"),
        ("terms/cut.toml", '[[term]]\nid = "cut"\nkind = "word"\nsays = ""\nwords = ["x"]\n', 4,
         "`says` must not be"),
        ("terms/cut.toml", ENTITY.format(id="cut_bone", pattern="{nerve} cut"), 3,
         "cut_bone: the lexicon has no entry {nerve}"),
        ("terms/cut.toml", ENTITY.format(id="cut_bone", pattern="(cut"), 3,
         "cut_bone: the pattern is no regular expression"),
        ("terms/cut.toml", '[[term]\nid = "cut"', 1, "cut.toml: is not TOML"),
        ("terms/more.toml", ENTITY.format(id="cut_bone", pattern="cut"), 3, "used twice"),
        ("context/more.toml", CONTEXT.format(id="negated", literal="x"), 3, "used twice"),
        ("context/negation.toml",
         '[[rule]]\nid = "n"\nreason = "negated"\ndirection = "SIDEWAYS"\nliterals = ["no"]\n',
         4, "`direction`"),
        ("sections/headings.toml", '[[section]]\ncategory = "plan"\nreason = "bored"\n', 3,
         "`reason`"),
        ("lexicon/spelling.toml", "[misheard]\nsaw = 1\n", 2, "`misheard.saw`"),
        ("lexicon/bones.toml", "terms = 5\n", 1, "`terms`"),
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
    folded = "\n(?:\n  the femur|the {bone}\n  |this shaft\n)\n"
    (root / "lexicon/more.toml").write_text(f"[terms]\nthe_bone = '''{folded}'''\n")
    (root / "terms/cut.toml").write_text(ENTITY.format(id="cut_bone", pattern="{the_bone} was cut"))
    rules = load_rules(root)
    assert rules.lexicon["the_bone"] == "(?:the femur|the {bone}|this shaft)"
    found = rules.entities["cut_bone"].find("then this shaft was cut", 0, 23)
    assert [match[0] for match in found] == ["this shaft was cut"]
