"""The requirements file: its own content, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from notecheck.errors import RulesError
from notecheck.models import SupportedCodeValue
from notecheck.requirements.finding import Finding
from notecheck.requirements.table import load_table, requirement_table
from notecheck.rules.files import pattern_file

GOOD = pattern_file("requirements/27596.toml").read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "27596.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_family_is_the_contracts_list_of_codes() -> None:
    codes = set(get_args(SupportedCodeValue)) - {"none"}
    assert requirement_table("27596").claim.family == codes


def test_no_weight_is_more_than_twice_another() -> None:
    weights = [rule.weight for rule in requirement_table("27596").requirement]
    assert max(weights) <= 2 * min(weights)


def test_every_shortcoming_says_what_to_do() -> None:
    """Two sentences at least: what is wrong, and what would meet the requirement."""
    for rule in requirement_table("27596").requirement:
        for key, message in rule.messages.items():
            assert message.endswith("."), (rule.id, key)
            if key.partition(".")[0] in {"partial", "missing", "conflict"}:
                assert message.count(". ") >= 1, (rule.id, key)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "prior-level"', 'id = "prior-level"\nowner = "us"', "requirement.0.owner"),
        ("weight = 2", "weight = 0", "requirement.0.weight"),
        ('id = "prior-level"', 'id = "former-level"', "requirement.0.id"),
        ('id = "new-level"', 'id = "prior-level"', "in this order"),
        ('partial = "An', 'almost = "An', "does not begin with a status"),
        ("told with its level: {level}", "told with its level: {}", "placeholder without a name"),
        ("told with its level: {level}", "told with its level: {level", "expected '}'"),
        ('LT = "left"', 'LT = "links"', "claim.side_modifiers.LT"),
        ('code = "27596"', 'code = "27594"', "is about code 27594"),
        ('code = "27596"', "code = 27596 or so", "is not TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in GOOD
    with pytest.raises(RulesError) as refused:
        load_table(written(tmp_path, GOOD.replace(old, new, 1)))
    assert refused.value.where == "27596.toml"
    assert told in str(refused.value)


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"^27590\.toml: cannot be read"):
        load_table(tmp_path / "27590.toml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('missing = "Nothing tells', 'conflict.other = "Nothing tells'),
        ("earlier amputation of the operated limb. If", "{amputation}. If"),
    ],
)
def test_a_message_that_cannot_be_given_is_refused(tmp_path: Path, old: str, new: str) -> None:
    quoted = new.replace("conflict.other", '"conflict.other"')
    assert old in GOOD
    table = load_table(written(tmp_path, GOOD.replace(old, quoted, 1)))
    with pytest.raises(RulesError, match=r"^27596\.toml: prior-level: message 'missing'"):
        table.message(table.requirement[0], Finding("missing"))
