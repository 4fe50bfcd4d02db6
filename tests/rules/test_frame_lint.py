"""Lint tells what is wrong with word lists and frames."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notecheck.errors import RulesError
from notecheck.rules.files import patterns_root
from notecheck.rules.frame_lint import frame_findings, long_lines
from notecheck.rules.load import load_rules, read_rules

FRAMES = "frames/reconstruction.toml"
LIST = '[[term]]\nid = "{}"\nkind = "{}"\nsays = "Ours."\nwords = ["{}"]\n'
FRAME = """
[[frame]]
id = "our.frame"
fact = "reconstruction"
value = "myodesis"
{}
cases = [
  {{ text = "A myodesis was done.", gives = "myodesis" }},
  {{ text = "The skin was closed.", gives = "none" }},
]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(patterns_root(), tmp_path / "patterns")
    return tmp_path / "patterns"


def faults(root: Path) -> list[str]:
    files = read_rules(root)
    found = [*files.findings, *frame_findings(files.folder), *long_lines(root)]
    return [finding.fault for finding in found]


def test_our_own_have_none(root: Path) -> None:
    assert faults(root) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('act = ["fix", "sew"]', 'act = ["fixx", "sew"]', "there is no word list `fixx`"),
        ('"to periosteum", "through bone"', '"onto bone"', "`onto` ties nothing"),
        ('value = "tenodesis"', 'value = "tenodeses"', "has no value `tenodeses`"),
        ('fact = "reconstruction"', 'fact = "reconstructoin"', "no fact `reconstructoin`"),
        ('unless = ["gave_way", "adhesion"]', 'sections = ["story"]', "the category `story`"),
        ('gives = "tenodesis"', 'gives = "none"', "no case gives `tenodesis`"),
        ('told_by = ["tenodesis_name"]', 'told_by = ["tenodesis_name"]\nthen = ["open"]', "`then`"),
        ('part = ["muscle", "tendon"]', f'# {"x" * 120}\npart = ["muscle"]', "more than 120"),
    ],
)
def test_a_fault_is_told(root: Path, old: str, new: str, fault: str) -> None:
    text = (root / FRAMES).read_text(encoding="utf-8")
    assert old in text
    (root / FRAMES).write_text(text.replace(old, new), encoding="utf-8")
    assert any(fault in told for told in faults(root))


def test_a_word_that_can_never_match_is_told(root: Path) -> None:
    path = root / "terms/muscles.toml"
    text = path.read_text(encoding="utf-8").replace('"periosteal cuff"', '"Periosteal cuff"')
    path.write_text(text, encoding="utf-8")
    assert faults(root) == ['"Periosteal cuff" never matches: the text is read in small letters']


@pytest.mark.parametrize(
    "folder", ["frames/lengths.toml", "lexicon/days.toml", "context/time.toml"]
)
def test_a_long_line_of_an_expression_is_told_too(root: Path, folder: str) -> None:
    path = root / folder
    path.write_text(f"# {'x' * 120}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert any("more than 120" in fault for fault in faults(root))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ('["a {snake}"]', "the list holds itself"),
        ('["a {worm}"]', "the list holds itself"),
        ('["a {a_date}"]', "there is no word list `a_date`"),
    ],
)
def test_a_list_of_phrases_that_cannot_be_read_is_told(root: Path, words: str, fault: str) -> None:
    term = '[[term]]\nid = "{}"\nkind = "phrase"\nsays = "A beast."\nwords = {}\n'
    text = term.format("snake", words) + term.format("worm", '["a {snake}"]')
    (root / "terms/beasts.toml").write_text(text, encoding="utf-8")
    assert any(fault in told for told in faults(root))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"{necrosis_name}"', '"{necrosis_name} {a_date}"', "there is no word list `a_date`"),
        ('nowhere = ["dead_bone_told"]', 'nowhere = ["a_date"]', "there is no word list `a_date`"),
        ('"{necrosis_name}"', '"a <2 not flesh> {necrosis_name}"', "`flesh` is a list of phrases"),
        ('"{necrosis_name}"', '"{pairs} {necrosis_name}"', "`pairs` is a list of pairs of lists"),
    ],
)
def test_what_no_phrase_can_hold_is_told(root: Path, old: str, new: str, fault: str) -> None:
    (root / "terms/pairs.toml").write_text(LIST.format("pairs", "compound", "bone muscle"))
    path = root / "frames/dead_tissue.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(fault in told for told in faults(root))


NO_CLAUSE = "which no clause is read with: write its words into a list of kind `word`, or make the"


@pytest.mark.parametrize(
    ("kind", "word", "keys", "fault"),
    [
        (
            "phrase",
            "a|the bladder",
            'told_by = ["myodesis_name"]\nmask = ["ours"]',
            f"`mask`: `ours` is a list of phrases, {NO_CLAUSE} frame one of `phrases`",
        ),
        (
            "entity",
            "\\\\d+ holes",
            'part = ["muscle"]\nwhere = ["to ours"]',
            f"`where`: `ours` is a list of patterns, {NO_CLAUSE} frame one of `phrases`",
        ),
        (
            "phrase",
            "a|the bladder",
            'part = ["each"]\neach = { myodesis = "ours" }',
            f"`each`: `ours` is a list of phrases, {NO_CLAUSE} frame one of `phrases`",
        ),
        (
            "phrase",
            "a|the bladder",
            'phrases = ["the <3> myodesis"]\nnot_between = ["ours"]',
            "`not_between`: `ours` is a list of phrases, and no list of single words: "
            "write its words into a list of kind `word`",
        ),
        (
            "compound",
            "muscle bone",
            'phrases = ["the <3> myodesis"]\nnowhere = ["ours"]',
            "`nowhere`: `ours` is a list of pairs of lists, and no list of single words: "
            "write its words into a list of kind `word`",
        ),
    ],
)
def test_a_list_that_a_frame_cannot_be_read_with_is_refused(
    root: Path, kind: str, word: str, keys: str, fault: str
) -> None:
    (root / "terms/ours.toml").write_text(LIST.format("ours", kind, word))
    (root / "frames/ours.toml").write_text(FRAME.format(keys))
    assert faults(root) == [fault]
    with pytest.raises(RulesError, match=r"frames/ours.toml:3: our.frame: `"):
        load_rules(root)


def test_a_pair_of_lists_of_phrases_is_refused(root: Path) -> None:
    lists = LIST.format("ours", "phrase", "a|the bladder") + LIST.format(
        "two", "compound", "ours bone"
    )
    (root / "terms/ours.toml").write_text(lists)
    assert faults(root) == [
        "`ours` is a list of phrases, and a compound pairs lists of words: "
        "write its words into a list of kind `word`"
    ]


def test_what_is_asked_of_phrases_says_nothing_of_a_clause(root: Path) -> None:
    keys = 'told_by = ["myodesis_name"]\nnot_before = ["bone"]'
    (root / "frames/ours.toml").write_text(FRAME.format(keys))
    assert faults(root) == ["`not_before` is asked of `phrases`, and the frame has none"]


@pytest.mark.parametrize("kind", ["noun", "verb", "word", "material", "compound"])
@pytest.mark.parametrize("word", ["-", "--", " - ", " "])
def test_an_entry_without_a_word_is_refused(root: Path, kind: str, word: str) -> None:
    (root / "terms/ours.toml").write_text(LIST.format("ours", kind, word))
    assert faults(root) == [
        f'`words` is wrong: "{word}" holds no word: '
        "write letters or figures, or leave it out (a hyphen is read as a blank)"
    ]
    with pytest.raises(RulesError, match=r"terms/ours.toml:5: ours: "):
        load_rules(root)


def test_signs_are_words_of_a_list_that_is_taken_as_it_stands(root: Path) -> None:
    (root / "terms/ours.toml").write_text(LIST.format("ours", "word", ","))
    assert faults(root) == []
    (root / "terms/ours.toml").write_text(LIST.format("ours", "verb", ","))
    assert len(faults(root)) == 1


@pytest.mark.parametrize("phrase", ["-", "the -- bone", "the [bone|-]"])
def test_a_hyphen_in_a_phrase_ties_two_words(root: Path, phrase: str) -> None:
    (root / "terms/ours.toml").write_text(LIST.format("ours", "phrase", phrase))
    assert any("has a hyphen that ties no words: leave it out" in told for told in faults(root))
    (root / "terms/ours.toml").write_text(LIST.format("ours", "phrase", "the in-growth"))
    assert faults(root) == []
