"""A site's folder adds rules to ours, stands in for them, or leaves them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck import check
from notecheck.errors import RulesError
from notecheck.rules.load import load_rules
from notecheck.rules.site import SETTING, site_root, use_site_rules
from rules.folders import CONTEXT, RULE, small_folder


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return small_folder(tmp_path / "ours")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "facts").mkdir(parents=True)
    return site


def targets(ours: Path, site: Path) -> dict[str, str]:
    return {rule.record.id: rule.record.pattern for rule in load_rules(ours, site).targets}


def test_rules_are_added_and_overridden_by_id(ours: Path, site: Path) -> None:
    rules = RULE.format(id="own", pattern="sawn") + RULE.format(id="cut.bone", pattern="cut")
    (site / "facts/own.toml").write_text(rules)
    assert targets(ours, site) == {"own": "sawn", "cut.bone": "cut"}


def test_rules_are_left_out_by_id(ours: Path, site: Path) -> None:
    (site / "disable.toml").write_text('disable = ["cut.bone", "negated"]\n')
    rules = load_rules(ours, site)
    assert (rules.targets, rules.contexts) == ((), ())


def test_a_rule_of_another_kind_stands_in_too(ours: Path, site: Path) -> None:
    (site / "context").mkdir()
    (site / "context/own.toml").write_text(CONTEXT.format(id="cut.bone", literal="hardly"))
    rules = load_rules(ours, site)
    assert rules.targets == ()
    assert {record.id for record in rules.contexts} == {"negated", "cut.bone"}


def test_terms_and_slips_are_laid_over_ours(ours: Path, site: Path) -> None:
    (site / "lexicon").mkdir()
    (site / "lexicon/own.toml").write_text('[terms]\nbone = "os"\n')
    (site / "lexicon/spelling.toml").write_text('[misheard]\n"jiggly saw" = "gigli saw"\n')
    rules = load_rules(ours, site)
    assert rules.targets[0].pattern.search("os was cut", 0, 10)
    assert rules.spelling.misheard.keys() == {"giggly saw", "jiggly saw"}


def test_a_sites_titles_are_added_and_taken_from_ours(ours: Path, site: Path) -> None:
    (site / "sections").mkdir()
    (site / "sections/own.toml").write_text(
        '[[section]]\ncategory = "plan"\ntitles = ["what next"]\n\n'
        '[[section]]\ncategory = "own"\ntitles = ["plan"]\n'
    )
    titles = {record.category: record.titles for record in load_rules(ours, site).sections}
    assert titles == {"plan": ("what next",), "own": ("plan",)}


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("disable.toml", 'disable = ["cut.nothing"]\n', r"disable\.toml:1: cut\.nothing"),
        ("facts/more/own.toml", "", r"own\.toml:1: .*not read here"),
        ("sections/own.toml", '[[section]]\ncategory = "plan"\nreason = "history"\n',
         "`reason` is settled"),
    ],
)  # fmt: skip
def test_what_a_site_cannot_have_is_refused(
    ours: Path, site: Path, file: str, text: str, fault: str
) -> None:
    (site / "facts/own.toml").write_text(RULE.format(id="own", pattern="sawn"))
    (site / file).parent.mkdir(parents=True, exist_ok=True)
    (site / file).write_text(text)
    with pytest.raises(RulesError, match=fault):
        load_rules(ours, site)


def test_the_setting_reaches_every_check(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = "OPERATION: Revision of left above-knee amputation. The femur was frobbed."
    monkeypatch.setenv(SETTING, "")
    assert site_root() is None
    before = check(note).facts.bone_resected
    assert before and not before.value
    (site / "facts/own.toml").write_text(
        RULE.format(id="own.frobbed", pattern="{femur_noun} was frobbed").replace(
            "The femur was cut.", "The femur was frobbed."
        )
    )
    use_site_rules(str(site))
    after = check(note).facts.bone_resected
    assert after and after.value
    assert {words.rule for words in after.evidence} == {"own.frobbed"}


def test_a_folder_without_rules_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(RulesError):
            use_site_rules(str(folder))
    assert site_root() is None
