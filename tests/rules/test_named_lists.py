"""The lexicon takes words from lists of other files, for patterns and word lists alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.rules.load import load_rules, read_rules

from .folders import small_folder

SEASONS = 'seasons = ["rainy season", "dry"]\n[days]\nmonday = 1\n[spelt]\n1 = ["one", "1st"]\n'
LISTS = '[lists]\nseason = ["structure/year.toml: {key}"]\n[terms]\nin_season = "in {{season}}"\n'
TERM = '[[term]]\nid = "told_season"\nkind = "{kind}"\nsays = "A time."\nwords = ["{word}"]\n'


def with_lists(root: Path, key: str = "seasons", term: str = "") -> Path:
    folder = small_folder(root)
    (folder / "structure").mkdir()
    (folder / "structure/year.toml").write_text(SEASONS)
    (folder / "lexicon/year.toml").write_text(LISTS.format(key=key))
    (folder / "terms/year.toml").write_text(term)
    return root


def test_a_pattern_knows_the_words_of_a_list(tmp_path: Path) -> None:
    root = with_lists(tmp_path, term=TERM.format(kind="entity", word="{in_season}"))
    told = load_rules(root).entities["told_season"]
    text = "seen in rainy-season, in dry, in seasons"
    assert [match[0] for match in told.find(text, 0, len(text))] == ["in rainy-season", "in dry"]


def test_a_word_list_takes_the_words_in(tmp_path: Path) -> None:
    root = with_lists(tmp_path, term=TERM.format(kind="word", word="last {season}"))
    words = next(term.words for term in load_rules(root).words if term.id == "told_season")
    assert words == ("last rainy season", "last dry")


@pytest.mark.parametrize(("key", "words"), [("days", ("monday",)), ("spelt", ("one", "1st"))])
def test_of_a_table_the_words_are_taken_wherever_they_stand(
    tmp_path: Path, key: str, words: tuple[str, ...]
) -> None:
    root = with_lists(tmp_path, key, TERM.format(kind="word", word="{season}"))
    assert next(t.words for t in load_rules(root).words if t.id == "told_season") == words


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("months", "structure/year.toml has no words under `months`"),
        ("x y", "names no list"),
    ],
)
def test_a_list_that_is_not_there_is_told_with_its_line(
    tmp_path: Path, key: str, fault: str
) -> None:
    found = [f for f in read_rules(with_lists(tmp_path, key)).findings if f.subject == "season"]
    assert [fault in one.fault for one in found] == [True]
    assert found[0].place.line == 2


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    root = with_lists(tmp_path)
    (root / "structure/year.toml").unlink()
    assert "there is no file structure/year.toml" in [f.fault for f in read_rules(root).findings]
