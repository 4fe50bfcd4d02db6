"""A site's folder adds rules to ours, stands in for them, or leaves them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck import check
from notecheck.errors import RulesError
from notecheck.rules.load import load_rules
from notecheck.rules.site import SETTING, site_root, use_site_rules
from rules.folders import CONTEXT, FRAME, small_folder


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    folder = small_folder(tmp_path / "ours")
    (folder / "frames").mkdir()
    (folder / "frames/cut.toml").write_text(FRAME.format(id="cut.bone", phrase="was cut"))
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "frames").mkdir(parents=True)
    return site


def frames(ours: Path, site: Path) -> dict[str, tuple[str, ...]]:
    return {record.id: record.phrases for record in load_rules(ours, site).frames}


def test_rules_are_added_and_overridden_by_id(ours: Path, site: Path) -> None:
    own = FRAME.format(id="own", phrase="sawn") + FRAME.format(id="cut.bone", phrase="cut")
    (site / "frames/own.toml").write_text(own)
    assert frames(ours, site) == {"own": ("sawn",), "cut.bone": ("cut",)}


def test_rules_are_left_out_by_id(ours: Path, site: Path) -> None:
    (site / "disable.toml").write_text('disable = ["cut.bone", "negated"]\n')
    rules = load_rules(ours, site)
    assert (rules.frames, rules.contexts) == ((), ())


def test_a_rule_of_another_kind_stands_in_too(ours: Path, site: Path) -> None:
    (site / "context").mkdir()
    (site / "context/own.toml").write_text(CONTEXT.format(id="cut.bone", literal="hardly"))
    rules = load_rules(ours, site)
    assert rules.frames == ()
    assert {record.id for record in rules.contexts} == {"negated", "cut.bone"}


def test_terms_and_slips_are_laid_over_ours(ours: Path, site: Path) -> None:
    (site / "lexicon").mkdir()
    (site / "lexicon/own.toml").write_text('[terms]\nbone = "os"\n')
    (site / "lexicon/spelling.toml").write_text('[misheard]\n"jiggly saw" = "gigli saw"\n')
    rules = load_rules(ours, site)
    assert rules.entities["cut_bone"].find("os was cut", 0, 10)
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
        ("frames/more/own.toml", "", r"own\.toml:1: .*not read here"),
        ("sections/own.toml", '[[section]]\ncategory = "plan"\nreason = "history"\n',
         "`reason` is settled"),
        ("facts/own.toml", '[[rule]]\nid = "own"\n',
         r"own\.toml:1: own\.toml: is not read here: rules go into .*terms, frames"),
    ],
)  # fmt: skip
def test_what_a_site_cannot_have_is_refused(
    ours: Path, site: Path, file: str, text: str, fault: str
) -> None:
    (site / "frames/own.toml").write_text(FRAME.format(id="own", phrase="sawn"))
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
    own = FRAME.format(id="own.frobbed", phrase="femur was frobbed")
    (site / "frames/own.toml").write_text(own)
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
