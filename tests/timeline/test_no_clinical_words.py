"""Medicine is data: no level, bone, muscle or word of the facts' own lists stands in their code.

Nor does a word for a number, nor a name of the calendar.
"""

import ast
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.rules.files import patterns_root
from notecheck.rules.load import rule_set
from notecheck.rules.model import Tells
from notecheck.timeline.levels import levels
from notecheck.timeline.number_words import number_words
from notecheck.timeline.origins import origins
from notecheck.timeline.words import fact_words

_ROOT = Path(__file__).parents[2] / "notecheck"
_ROOMS = ("pipeline", "timeline", "facts", "requirements")
_FILES = sorted(file for room in _ROOMS for file in (_ROOT / room).rglob("*.py"))
_LISTS = ("access", "foot_parts", "about_bone", "joint_named", "amputated_then", "well")
_WORD = re.compile(r"[a-z_]+")
_LONG = 4  # letters: "sq", "pop" and "abd" are no words of their own
# Words of code too, or keys of the data ("bone" and "joint" are what a level divides).
_EVERYDAY = {
    "bone", "joint", "end", "level", "cut", "access", "line", "normal", "fine", "residual",
    "prior", "existing", "current", "present", "former", "previous", "old",
}  # fmt: skip


def _clinical() -> set[str]:
    """Level ids, bones, muscles, origins of lengths, the facts' lists; no ids of facts."""
    words = set(levels()) | {level.bone for level in levels().values() if level.bone}
    words |= {word for o in origins().origin for word in o.words if len(word) >= _LONG}
    words |= {word for name in _LISTS for word in getattr(fact_words(), name)}
    for level in levels().values():
        words |= {*level.joint_end, *(level.finer.words if level.finer else ())}
    muscles = tomllib.loads((patterns_root() / "terms/muscles.toml").read_text())
    nouns = (term for term in muscles["term"] if term["kind"] == "noun")
    words |= {word for term in nouns for word in term["words"] if len(word) >= _LONG}
    return words - _EVERYDAY - set(rule_set().facts) - set(get_args(Tells))


def _of_numbers_and_calendar() -> set[str]:
    """Words for numbers, days of the week and months, which their own lists hold."""
    calendar, numbers = calendar_words(), number_words()
    words = {*calendar.months, *calendar.words.days_of_week, *calendar.words.decades}
    words |= {*numbers.counted, *numbers.parts, *calendar.words.seasons}
    words.discard("third")  # the last of three dimensions is called so
    return {word for word in words if len(word) >= _LONG}


def _strings(tree: ast.AST) -> list[ast.Constant]:
    """The strings of a module that are no docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    ]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_clinical_word_stands_in_code(file: Path):
    clinical = _clinical() | _of_numbers_and_calendar()
    told = [
        (string.lineno, word)
        for string in _strings(ast.parse(file.read_text()))
        for word in _WORD.findall(string.value.lower())
        if word in clinical
    ]
    assert told == []


def test_the_words_looked_for_are_those_of_the_data():
    assert {"transfemoral", "femur", "adductor", "hallux", "disartic"} <= _clinical()
    assert {"january", "tuesday", "eleven", "half", "autumn"} <= _of_numbers_and_calendar()
