"""Lint tells entries that the spelling rewrites before anything is matched."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.rules.lint import lint

from .folders import small_folder

SPELLING = '[alike]\n"bony spur" = "bone spur"\n"foetid" = "fetid"\n'
READ_AS_SPUR = '"bony spur" is read as "bone spur": write that, or leave it out'
READ_AS_FETID = '"foetid" is read as "fetid": write that, or leave it out'
LIST = '[[term]]\nid = "told"\nkind = "{kind}"\nsays = "Words."\nwords = ["{word}"]\n'


def faults(root: Path) -> list[str]:
    found = (finding.fault for finding in lint(root))
    return [fault.partition('": ')[2] for fault in found if " is read as " in fault]


def with_list(root: Path, kind: str, word: str) -> Path:
    folder = small_folder(root)
    (folder / "lexicon/spelling.toml").write_text(SPELLING)
    (folder / "terms/told.toml").write_text(LIST.format(kind=kind, word=word))
    return folder


@pytest.mark.parametrize(
    ("kind", "word", "fault"),
    [
        ("noun", "bony spur", READ_AS_SPUR),
        ("word", "large bony-spur there", '"bony-spur" is read as "bone spur": write that, or'),
        ("phrase", "a bone|bony spur", READ_AS_SPUR),
        ("phrase", "bony (old) [spur|spike]", READ_AS_SPUR),
        ("phrase", "{{told}} <3> foetid", READ_AS_FETID),
    ],
)
def test_an_entry_that_is_rewritten_is_told(
    tmp_path: Path, kind: str, word: str, fault: str
) -> None:
    found = faults(with_list(tmp_path, kind, word.format()))
    assert len(found) == 1
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("noun", "bone spur"),
        ("noun", "bony spurs"),
        ("phrase", "bony <2> spur"),
        ("phrase", "bony {told} spur"),
    ],
)
def test_what_a_text_can_hold_is_not(tmp_path: Path, kind: str, word: str) -> None:
    assert faults(with_list(tmp_path, kind, word)) == []


def test_headings_cues_and_lists_that_code_reads_are_looked_at_too(tmp_path: Path) -> None:
    root = with_list(tmp_path, "noun", "spur")
    (root / "sections/headings.toml").write_text(
        '[[section]]\ncategory = "plan"\ntitles = ["bony spur"]\nreason = "planned"\n'
    )
    cue = (root / "context/negation.toml").read_text().replace('"no"', '"no foetid"')
    (root / "context/negation.toml").write_text(cue)
    (root / "structure").mkdir()
    (root / "structure/lines.toml").write_text('[ends]\nat = ["page",\n  "foetid page"]\n')
    found = [finding for finding in lint(root) if " is read as " in finding.fault]
    places = {(finding.place.path.name, finding.place.line) for finding in found}
    assert {("headings.toml", 2), ("lines.toml", 3)} < places
    assert {finding.place.path.name for finding in found} == {
        "headings.toml", "negation.toml", "lines.toml"
    }  # fmt: skip


def test_what_a_site_alone_rewrites_is_no_fault_of_ours(tmp_path: Path) -> None:
    ours = with_list(tmp_path / "ours", "noun", "spike")
    site = tmp_path / "site"
    (site / "lexicon").mkdir(parents=True)
    (site / "terms").mkdir()
    (site / "lexicon/spelling.toml").write_text('[alike]\n"spike" = "spur"\n')
    (site / "terms/own.toml").write_text(LIST.format(kind="noun", word="bony spur, spike"))
    found = [finding for finding in lint(ours, site) if " is read as " in finding.fault]
    assert {finding.place.path.name for finding in found} == {"own.toml"}
    assert len(found) == 2
