"""Words that notes are read by stand in `patterns/`, and in no code of the rooms that read.

In a set, a tuple, a list, the keys of a dict, a comparison, a test of how a text begins or ends,
or a constant, a string of small letters must be a name: one that the models, the vocabulary or the
sections define. In a regular expression no two letters stand side by side.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from notecheck.facts.report_elements import ReportElements
from notecheck.rules.load import rule_set

PACKAGE = Path(__file__).parents[1] / "notecheck"
ROOMS = ("screen", "statements", "reader", "pipeline", "timeline", "facts", "requirements")
FILES = sorted(file for room in ROOMS for file in (PACKAGE / room).rglob("*.py"))
WORD = re.compile(r"[a-z]+(?:[ '][a-z]+)*")
# Methods by which a text is asked for words; those of regular expressions have none.
ASKING = {
    "startswith", "endswith", "removeprefix", "removesuffix", "count", "find", "rfind", "index",
    "rindex", "partition", "rpartition", "split", "rsplit", "replace",
}  # fmt: skip
GROUP = re.compile(r"\?P<([a-z_]+)>")
EXPRESSION = re.compile(r"\\[bdswBDSW]|\(\?|\[\^|\][*+?{]|[)*+?]\$|\.\*")
# What in an expression stands for no letters: escapes, classes, names and flags of groups.
SIGNS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?P?[<=!:]\w*>?|\(\?[a-z]+\)")
# Words that stand in code all the same, by the file, and why.
EXCEPTIONS = {
    # How English makes plurals and the forms of verbs is a rule, and no word of a note.
    "statements/words.py": {
        "x", "ch", "sh", "o", "y", "ie", "e", "ee", "re", "cur", "fer", "mit",
        "pel", "aeiou", "aeiouwxyh",
    },
    "statements/terms.py": {"d", "ed"},
    # A word that is none, to try a case without the words of its list.
    "statements/case_sentences.py": {"blonk"},
    "pipeline/sentence_words.py": {"ed"},
    "pipeline/story_words.py": {"ed"},
    # Letters that a fax makes of others.
    "pipeline/repair.py": {"rn", "m", "o", "l", "i"},
    "screen/screen.py": {"rn", "m", "o", "l", "i"},
    # What spaCy and medspaCy call their parts, and what a component calls its own.
    "pipeline/analyse.py": {"nlp", "tokenizer"},
    "pipeline/context.py": {"records"},
    "pipeline/medspacy_parts.py": {"medspacy", "quickumls"},
    # What a report names in place of a rule.
    "timeline/retold.py": {"retold"},
    # What a message says is lacking: no text is read there.
    "requirements/debridement.py": {"tissue", "separate site or necessity", "lacking"},
}  # fmt: skip


@cache
def names() -> frozenset[str]:
    """What models and data call things.

    Values of `Literal`, fields but for those of lists of words, elements of reports, facts with
    their values and details, sections, and the groups of patterns.
    """
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
                found.update(string.value for string in strings_in(node.slice))
            elif isinstance(node, ast.ClassDef) and "WordTable" not in map(ast.unparse, node.bases):
                fields = (one for one in node.body if isinstance(one, ast.AnnAssign))
                found.update(ast.unparse(field.target) for field in fields)
    found |= ReportElements.known()
    rules = rule_set()
    found.update(rules.facts, *rules.facts.values())
    found.update(section.category for section in rules.sections)
    found.update(name for frame in rules.frames for name in frame.details)
    patterns = (*rules.lexicon.values(), *(p.source for p in rules.entities.values()))
    found.update(name for pattern in patterns for name in GROUP.findall(pattern))
    return frozenset(found)


def strings_in(node: ast.AST) -> list[ast.Constant]:
    return [
        one
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def asked_for(tree: ast.AST) -> Iterator[ast.Constant]:
    """The strings that a text may be held against."""
    given = [n.value for n in ast.walk(tree) if isinstance(n, ast.Assign) and is_given_away(n)]
    for node in ast.walk(tree):
        held: list[ast.expr] = []
        if isinstance(node, ast.Set | ast.Tuple | ast.List) and node not in given:
            held = node.elts
        elif isinstance(node, ast.Dict):
            held = [key for key in node.keys if key is not None]
        elif isinstance(node, ast.Compare):
            held = [node.left, *node.comparators]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            held = [node.value]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            held = node.args if node.func.attr in ASKING else []
        for one in held:
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one


def is_given_away(node: ast.Assign) -> bool:
    """Whether values are put into attributes, as a mention's reason, or name attributes."""
    goal = node.targets[0]
    if ast.unparse(goal) == "__slots__":
        return True
    return isinstance(goal, ast.Tuple) and all(isinstance(o, ast.Attribute) for o in goal.elts)


def expressions(tree: ast.AST) -> Iterator[ast.Constant]:
    """The strings, and parts of strings, that are regular expressions."""
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        told = [part for part in parts if isinstance(part, ast.Constant) and part.value]
        if any(isinstance(p.value, str) and EXPRESSION.search(p.value) for p in told):
            yield from told


def words_in_code(source: str) -> Iterator[tuple[int, str]]:
    """The words of notes in a module, each with its line."""
    tree = ast.parse(source)
    for node in ast.walk(tree):  # what is said of code is no code
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    for string in asked_for(tree):
        if WORD.fullmatch(string.value.strip()) and string.value.strip() not in names():
            yield string.lineno, string.value.strip()
    for string in expressions(tree):
        left = SIGNS.sub(" ", string.value)
        yield from ((string.lineno, word) for word in re.findall("[a-z]{2,}", left))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_word_of_notes_stands_in_code(file: Path) -> None:
    spared = EXCEPTIONS.get(f"{file.parent.name}/{file.name}", set())
    found = words_in_code(file.read_text(encoding="utf-8"))
    assert [told for told in found if told[1] not in spared] == []


@pytest.mark.parametrize(
    "source",
    [
        'WORDS = frozenset({"the", "an"})',
        'if text == "limb": pass',
        'found = text in ("was", "were")',
        'text.startswith("re")',
        'ENDS = "came back"',
        'told = re.compile(r"\\bfor \\d+")',
        'told = re.compile(rf"(?:{one}|from) \\d+")',
        'LATE = {"monday": 1}',
    ],
)
def test_a_word_in_code_is_found(source: str) -> None:
    assert list(words_in_code(source)) != []


@pytest.mark.parametrize(
    "source",
    [
        'if mention.reason == "history": pass',
        '"""A note says "the stump"."""',
        'FACTS = frozenset({"bone_cut", "segment"})',
        'told = re.compile(r"(?P<number>\\d+) ?[a-z]+\\b")',
        'raise ValueError("write a word")',
    ],
)
def test_names_and_what_is_said_of_code_are_none(source: str) -> None:
    assert list(words_in_code(source)) == []


def test_every_exception_is_needed() -> None:
    for name, spared in EXCEPTIONS.items():
        found = {word for _, word in words_in_code((PACKAGE / name).read_text(encoding="utf-8"))}
        assert spared <= found, name
