"""The codes' files and the kinds of requirement: their own content, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from notecheck.codes.files import code_path, known_codes, load_code_file, requirement_kind
from notecheck.errors import InputError, RulesError
from notecheck.models import SupportedCodeValue
from notecheck.requirements.claim_rules import claim_rules
from notecheck.requirements.finding import Finding
from notecheck.requirements.kinds import KINDS
from notecheck.requirements.table import RequirementId, requirement_table, table_of

GOOD = code_path("27596").read_text(encoding="utf-8")
SIBLINGS = "27590 27592 27594 27880 27882 27884 27886 27295 27598".split()


def written(folder: Path, text: str) -> Path:
    path = folder / "27596.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_family_is_the_contracts_list_of_codes() -> None:
    assert claim_rules().family == set(get_args(SupportedCodeValue)) - {"none"}


def test_27596_asks_what_gold_is_labelled_by() -> None:
    asked = tuple(rule.id for rule in requirement_table("27596").requirements)
    assert asked == get_args(RequirementId)


@pytest.mark.parametrize("code", SIBLINGS)
def test_every_sibling_has_a_set_of_its_own(code: str) -> None:
    assert code in known_codes()
    own = [(rule.kind_name, rule.settings) for rule in requirement_table(code).requirements]
    for other in ("27596", *SIBLINGS):
        if other != code:
            theirs = requirement_table(other).requirements
            assert own != [(rule.kind_name, rule.settings) for rule in theirs], other


@pytest.mark.parametrize("code", known_codes())
def test_no_weight_is_more_than_twice_another(code: str) -> None:
    weights = [rule.weight for rule in requirement_table(code).requirements]
    assert max(weights) <= 2 * min(weights)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_wordings_and_says_what_to_do(name: str) -> None:
    """Two sentences at least: what is wrong, and what would meet the requirement."""
    kind = requirement_kind(name)
    assert kind.kind == name
    assert kind.wordings.asks and kind.wordings.meets and kind.wordings.fails
    for key, message in kind.messages.items():
        assert message.endswith("."), key
        if key.partition(".")[0] in {"partial", "missing", "conflict"}:
            assert message.count(". ") >= 1, key


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "prior-level"', 'id = "prior-level"\nowner = "us"', "requirement[0].owner"),
        ("weight = 2", "weight = 0", "requirement[0].weight"),
        ('code = "27596"', 'code = "27594"', "is about code 27594"),
        ('code = "27596"', "code = 27596 or so", "is not TOML"),
        ('confidence = "reported"', 'confidence = "sure"', "card.covers.confidence"),
        ("verified_on = 2026-11-26", 'verified_on = "soon"', "card.covers.verified_on"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in GOOD
    with pytest.raises(RulesError) as refused:
        load_code_file(written(tmp_path, GOOD.replace(old, new, 1)))
    assert refused.value.where == "27596.toml"
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "prior-level"', 'id = "former-level"', "there is no kind 'former-level'"),
        ('id = "prior-level"', 'id = "new-level"', "is asked twice"),
        ('level = "transfemoral"', 'level = "thigh"', "settings: `level`"),
        ('level = "transfemoral"', 'depth = "transfemoral"', "settings: `level`"),
        (
            'id = "prior-level"\n',
            'id = "prior-level"\nmessages = { partial.x = "A." }\n',
            "messages",
        ),
        (
            'id = "prior-level"\n',
            'id = "prior-level"\nmessages = { "partial.rare" = "A." }\n',
            "message 'partial.rare' is never given",
        ),
        (
            'id = "prior-level"\n',
            'id = "prior-level"\nmessages = { almost = "A." }\n',
            "does not begin with a status",
        ),
        (
            'id = "prior-level"\n',
            'id = "prior-level"\nmessages = { met = "A {}." }\n',
            "placeholder without a name",
        ),
    ],
)
def test_a_wrong_requirement_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(RulesError) as refused:
        table_of(load_code_file(written(tmp_path, GOOD.replace(old, new, 1))))
    assert refused.value.where == "27596.toml"
    assert told in str(refused.value)


def test_a_message_that_cannot_be_filled_in_is_refused(tmp_path: Path) -> None:
    own = 'id = "prior-level"\nmessages = { missing = "No {amputation}." }\n'
    text = GOOD.replace('id = "prior-level"\n', own, 1)
    rule = table_of(load_code_file(written(tmp_path, text))).requirements[0]
    with pytest.raises(RulesError, match=r"^prior-level: message 'missing' cannot be filled in"):
        rule.message(Finding("missing"))


def test_an_unknown_code_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match=r'^"12345" is not a code .* 27596'):
        requirement_table("12345")
