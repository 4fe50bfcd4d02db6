"""What is wrong with an option is said in one sentence of our own words, with its code."""

from __future__ import annotations

import pytest
from typer.main import get_command

from notecheck.commands.app import app
from notecheck.commands.wrong_usage import WRONG_USAGE, say_wrong_usage


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(WRONG_USAGE) as caught:
        get_command(app)(words, prog_name="notecheck", standalone_mode=False)
    assert say_wrong_usage(caught.value) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["scan", "a", "--format", "yaml"], "Invalid value for '--format': 'yaml' is not one"),
        (["audit", "a", "--engine", "dask"], "Invalid value for '--engine': 'dask' is not one"),
        (["serve", "--port", "abc"], "Invalid value for '--port': must be a whole number; "),
        (["serve", "--port", "70000"], "Invalid value for '--port': must be 65535 or less; "),
        (["audit", "a", "--sample", "0"], "Invalid value for '--sample': must be 1 or more; "),
        (["scan", "a", "--time-limit", "x"], "Invalid value for '--time-limit': must be a number"),
        (["scan", "--code"], "Option '--code' requires an argument; `notecheck -h` lists"),
        (["log", "shew"], "No such command 'shew'"),
        (["scan"], "Missing argument 'paths'; `notecheck scan -h` lists the options [NC101]"),
    ],
)  # fmt: skip
def test_one_sentence(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(words, capsys)
    assert told.startswith(f"notecheck: {sentence}")
    assert told.endswith("lists the options [NC101]\n") and told.count("\n") == 1


def test_a_group_without_a_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(["log"], capsys).startswith("Usage: notecheck log ")
