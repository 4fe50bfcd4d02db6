"""Lint tells all that is wrong with a folder of rules, each with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.errors import RulesError
from notecheck.rules.lint import lint
from rules.folders import CONTEXT, ENTITY, small_folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_folder(tmp_path / "ours")


def told(root: Path) -> list[str]:
    """The findings, their files named from `root`."""
    return [str(finding).replace(f"{root}/", "") for finding in lint(root)]


def test_right_files_have_no_findings(root: Path) -> None:
    assert lint(root) == []


def test_all_faults_are_told_at_once_in_order(root: Path) -> None:
    lists = ENTITY.format(id="cut", pattern="Femur was cut") + ENTITY.format(id="cut", pattern="x")
    (root / "terms/more.toml").write_text(lists + 'typo = "x"\n')
    (root / "context/more.toml").write_text(CONTEXT.format(id="not", literal="Not"))
    findings = told(root)
    assert [finding.split(": ")[:2] for finding in findings] == [
        ["context/more.toml:3", "not"],
        ["terms/more.toml:3", "cut"],
        ["terms/more.toml:13", "cut"],
    ]
    assert "never matches" in findings[0]
    assert "capital letter" in findings[1]
    assert "`typo` is an unknown key" in findings[2]


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("(?:a+)+ was cut", "an unlimited repeat holds another"),
        ("(?:cut)?", "matches where no word stands"),
        ("(cut", "no regular expression"),
        ("{nerve} cut", "no entry {nerve}"),
        ("[a b] cut", "a blank stands inside"),
    ],
)
def test_a_pattern_that_cannot_be_right(root: Path, pattern: str, fault: str) -> None:
    (root / "terms/cut.toml").write_text(ENTITY.format(id="cut", pattern=pattern))
    findings = told(root)
    assert len(findings) == 1
    assert findings[0].startswith(f'terms/cut.toml:3: cut: "{pattern}": ')
    assert fault in findings[0]


def test_a_term_that_is_wrong_is_told_once_and_not_for_each_list_that_uses_it(root: Path) -> None:
    (root / "lexicon/bones.toml").write_text('[terms]\n\nbone = "(femur"\n')
    findings = told(root)
    assert len(findings) == 1
    assert findings[0].startswith("lexicon/bones.toml:3: bone: ")


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("terms/cut.toml", ENTITY.format(id="cut", pattern='cut", "cut'), "stands twice"),
        ("context/negation.toml", CONTEXT.format(id="n", literal="no") + 'examples = ["x", "x"]\n',
         'the example "x" stands twice'),
        ("context/negation.toml", CONTEXT.format(id="n", literal="no") + 'facts = ["bone_cot"]\n',
         "no rule finds the fact `bone_cot`"),
        ("context/negation.toml", CONTEXT.format(id="n", literal='no", "no'), "stands twice"),
        ("context/negation.toml", CONTEXT.format(id="n", literal=" "), "blank"),
        ("sections/headings.toml", '[[section]]\ncategory = "plan"\ntitles = [" "]\n', "blank"),
        ("sections/headings.toml", '[[section]]\ncategory = "plan"\nonce_told = "story"\n',
         "no section has the category `story`"),
    ],
)  # fmt: skip
def test_a_record_that_says_what_cannot_be(root: Path, file: str, text: str, fault: str) -> None:
    (root / file).write_text(text)
    findings = told(root)
    assert len(findings) == 1
    assert findings[0].startswith(f"{file}:") and fault in findings[0]


def test_a_sites_faults_are_told_in_the_sites_files(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "terms").mkdir(parents=True)
    (site / "terms/own.toml").write_text(ENTITY.format(id="own", pattern="(cut"))
    (site / "stray.toml").write_text("")
    (site / "disable.toml").write_text('disable = ["negated", "cut.nothing"]\n')
    findings = [str(finding).replace(f"{site}/", "") for finding in lint(root, site)]
    assert [finding.split(": ")[0] for finding in findings] == [
        "disable.toml:1", "stray.toml:1", "terms/own.toml:3",
    ]  # fmt: skip
    assert "cut.nothing" in findings[0]


def test_a_folder_that_is_none_is_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no such folder"):
        lint(root, tmp_path / "absent")
