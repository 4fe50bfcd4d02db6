"""Lint tells word lists that nothing asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.rules.lint import lint

from .folders import FRAME, small_folder

LIST = '[[term]]\nid = "{id}"\nkind = "{kind}"\nsays = "Words."\nwords = ["{word}"]\n'


def unnamed(root: Path) -> set[str]:
    return {finding.subject for finding in lint(root) if "names this list" in finding.fault}


def with_frame(root: Path, phrase: str, *lists: str) -> Path:
    folder = small_folder(root)
    (folder / "frames").mkdir()
    (folder / "frames/cut.toml").write_text(FRAME.format(id="cut.bone", phrase=phrase))
    (folder / "terms/more.toml").write_text("\n".join(lists))
    return folder


@pytest.mark.parametrize(
    "within",
    [
        LIST.format(id="outer", kind="phrase", word="the {inner}"),
        LIST.format(id="outer", kind="word", word="{inner} end"),
    ],
)
def test_a_list_within_a_list_that_a_frame_names_is_asked_for(tmp_path: Path, within: str) -> None:
    inner = LIST.format(id="inner", kind="word", word="dull")
    assert unnamed(with_frame(tmp_path, "{cut_bone} {outer}", within, inner)) == set()


def test_a_list_that_no_frame_names_is_told(tmp_path: Path) -> None:
    alone = LIST.format(id="alone", kind="noun", word="dull")
    beside = LIST.format(id="beside", kind="phrase", word="{beside_it}")
    held = LIST.format(id="beside_it", kind="word", word="grey")
    root = with_frame(tmp_path, "{cut_bone}", alone, beside, held)
    assert unnamed(root) == {"alone", "beside", "beside_it"}
