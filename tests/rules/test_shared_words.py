"""A word list may hold the words of another, so that words of one meaning stand in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.rules.load import load_rules, read_rules

from .folders import small_folder

LIST = '[[term]]\nid = "{id}"\nkind = "{kind}"\nsays = "Words."\nwords = [{words}]\n'


def with_lists(root: Path, *lists: str) -> Path:
    (small_folder(root) / "terms/shared.toml").write_text("\n".join(lists))
    return root


def words_of(root: Path, name: str, site: Path | None = None) -> tuple[str, ...]:
    return next(term.words for term in load_rules(root, site).words if term.id == name)


def test_a_list_has_every_word_of_the_list_that_it_names(tmp_path: Path) -> None:
    root = with_lists(
        tmp_path,
        LIST.format(id="dull", kind="word", words='"grey", "dark brown"'),
        LIST.format(id="dull_thing", kind="noun", words='"{dull} patch", "stain", "{dull}"'),
    )
    assert words_of(root, "dull_thing") == (
        "grey patch", "dark brown patch", "stain", "grey", "dark brown"
    )  # fmt: skip


def test_a_word_that_a_site_adds_reaches_the_lists_that_name_its_list(tmp_path: Path) -> None:
    root = with_lists(
        tmp_path / "ours",
        LIST.format(id="dull", kind="word", words='"grey"'),
        LIST.format(id="dull_thing", kind="noun", words='"{dull} patch"'),
    )
    site = tmp_path / "site"
    (site / "terms").mkdir(parents=True)
    (site / "terms/more.toml").write_text(LIST.format(id="dull", kind="word", words='"ashen"'))
    assert words_of(root, "dull_thing", site) == ("grey patch", "ashen patch")


@pytest.mark.parametrize(
    "base",
    [
        "",
        LIST.format(id="dull", kind="phrase", words='"grey|brown"'),
        LIST.format(id="dull", kind="word", words='"{dull_thing}"'),
    ],
)
def test_only_lists_of_plain_words_can_be_named(tmp_path: Path, base: str) -> None:
    root = with_lists(
        tmp_path, base, LIST.format(id="dull_thing", kind="noun", words='"{dull} patch"')
    )
    faults = {finding.fault for finding in read_rules(root).findings}
    assert "`{dull}` is no list of plain words" in faults
