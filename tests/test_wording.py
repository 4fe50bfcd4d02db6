"""Messages speak as coders and CDI specialists do: the words of all data files, pages and help."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from notecheck.commands.app import app
from notecheck.commands.settings import options_of
from notecheck.explain.error_codes import error_codes

ROOT = Path(__file__).resolve().parents[1]
# What is said of a note or claim, by the keys that hold it; ids and settings are no sentences.
SAID = frozenset(
    "message why resolution asks prevent reason answer question dictate apart holds text".split()
)
STATUS = re.compile(r"(met|partial|missing|conflict|not_applicable|not_assessed)\b")
NOT_THE_FIELDS = re.compile(
    r"\b(tells?|told|untold|mends?|mended|spares|stands for itself)\b", re.IGNORECASE
)
ROOMS = ("claims", "codes", "policy", "queries", "requirements", "explain")


def sentences(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, found in value.items():
            yield from sentences(found, inner)
    elif isinstance(value, list):
        for found in value:
            yield from sentences(found, key)
    elif isinstance(value, str) and (key in SAID or STATUS.match(key)):
        yield re.sub(r"\{\w+\}", "", value)


@pytest.mark.parametrize("room", ROOMS)
def test_data_speak_the_fields_english(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {sentence}"
        for path in sorted((ROOT / "patterns" / room).rglob("*.toml"))
        for sentence in sentences(tomllib.loads(path.read_text(encoding="utf-8")))
        if NOT_THE_FIELDS.search(sentence)
    ]
    assert not wrong


def test_help_pages_and_error_pages_speak_it_too() -> None:
    shown = [
        option.help or "" for of in options_of(get_command(app)).values() for option in of.values()
    ]
    for error in error_codes().values():
        shown += [error.means, *error.causes, *error.cures]
    for path in (ROOT / "notecheck").rglob("templates/*.html"):
        markup = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", " ", path.read_text(encoding="utf-8"))
        shown += markup.splitlines()
    assert not [text for text in shown if NOT_THE_FIELDS.search(text)]
