"""What is worked out of the patterns and kept is what would be worked out anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notecheck.errors import RulesError
from notecheck.rules import kept, prepared
from notecheck.rules.kept import SETTING
from notecheck.rules.load import RuleSet, load_rules, rule_set, worked_out
from notecheck.rules.machine import machine_of
from notecheck.rules.prepared import key_of, store, stored
from rules.folders import ENTITY, small_folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(SETTING, str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_folder(tmp_path / "rules")


def test_an_expression_made_from_its_numbers_matches_as_the_compiled_one_does() -> None:
    texts = ("1/5/2019", "12.5 cm above", "two by three inches", "(done elsewhere in 2019)")
    for entity in rule_set().entities.values():
        compiled, made = re.compile(entity.text), machine_of(entity.text).expression(entity.text)
        assert (made.flags, made.groups, made.groupindex) == (
            compiled.flags, compiled.groups, compiled.groupindex,
        )  # fmt: skip
        for text in texts:
            found = [(m.span(), m.groups()) for m in compiled.finditer(text)]
            assert [(m.span(), m.groups()) for m in made.finditer(text)] == found


def test_the_second_start_takes_what_the_first_kept(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_rules(root, kept=True)
    assert _file(cache, first).exists() and len(list(cache.iterdir())) == 2

    def refused(*_: object) -> None:
        raise AssertionError("worked out anew")

    monkeypatch.setattr("notecheck.rules.pattern.translate", refused)
    monkeypatch.setattr("notecheck.rules.pattern.required_words", refused)
    monkeypatch.setattr("tomllib.loads", refused)
    second = load_rules(root, kept=True)
    assert worked_out(second) == worked_out(first)
    assert second.entities["cut_bone"].find("the tibia was cut", 0, 17)


def test_our_own_rules_come_back_as_they_were(cache: Path) -> None:
    key, worked = worked_out(rule_set())
    store(key, worked)
    assert stored(key) == worked


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("lexicon/bones.toml", '[terms]\nbone = "(?:femur|fibula)"\n'),
        ("terms/cut.toml", ENTITY.format(id="cut_bone", pattern="{bone} was sawn")),
    ],
)
def test_a_changed_pattern_or_term_is_worked_out_anew(
    root: Path, cache: Path, file: str, text: str
) -> None:
    load_rules(root, kept=True)
    (root / file).write_text(text)
    assert _matches(load_rules(root, kept=True)) == _matches(load_rules(root))
    assert len(list(cache.iterdir())) == 4


def test_a_file_cut_short_is_worked_out_anew(root: Path, cache: Path) -> None:
    rules = load_rules(root, kept=True)
    for file in cache.iterdir():
        file.write_text(file.read_text()[:200])
        assert kept.stored(file.stem) is None
    assert _matches(load_rules(root, kept=True)) == _matches(rules)
    assert all(kept.stored(file.stem) for file in cache.iterdir())


def test_a_file_that_is_no_toml_is_told_as_without_what_is_kept(root: Path, cache: Path) -> None:
    (root / "terms/cut.toml").write_text("[[term]\n")
    told = []
    for keeps in (True, False):
        with pytest.raises(RulesError) as error:
            load_rules(root, kept=keeps)
        told.append(str(error.value))
    assert told[0] == told[1] and not cache.exists()


def test_a_file_that_others_could_have_written_is_not_read(root: Path, cache: Path) -> None:
    file = _file(cache, load_rules(root, kept=True))
    assert stored(file.stem) is not None
    file.chmod(0o666)
    assert stored(file.stem) is None
    file.chmod(0o600)
    cache.chmod(0o777)
    assert stored(file.stem) is None


def test_nothing_is_written_where_nothing_is_wanted(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, "")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    load_rules(root, kept=True)
    assert not (tmp_path / "home").exists()
    monkeypatch.delenv(SETTING)
    load_rules(root, kept=True)
    assert len(list((tmp_path / "home/.cache/notecheck").iterdir())) == 2


def test_a_place_that_cannot_be_written_stops_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(SETTING, str(tmp_path / "file" / "cache"))
    assert _matches(load_rules(root, kept=True)) == _matches(load_rules(root))


def test_the_oldest_files_give_way(root: Path, cache: Path) -> None:
    for number in range(20):
        store(f"{number:02}", {})
    left = sorted(file.stem for file in cache.iterdir())
    assert len(left) == kept._MOST_KEPT and left[-1] == "19"


def test_the_key_tells_python_and_the_code_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of({}, ["cut"])
    assert key == key_of({}, ["cut"]) != key_of({"bone": "femur"}, ["cut"])
    monkeypatch.setattr(prepared, "PYTHON", "another")
    assert key != key_of({}, ["cut"])


def _file(cache: Path, rules: RuleSet) -> Path:
    """That of the patterns of these rules."""
    return cache / f"{worked_out(rules)[0]}.json"


def _matches(rules: RuleSet) -> list[bool]:
    texts = ("the tibia was cut", "the fibula was cut", "the femur was sawn", "nothing")
    return [bool(e.find(text, 0, len(text))) for e in rules.entities.values() for text in texts]
