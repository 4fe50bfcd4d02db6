"""The forty situations: each read right, its claim and its payer's rule told as they should be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from notecheck import check
from notecheck.evaluate.gold import GoldEncounter, read_gold
from notecheck.models import Report

FILE = Path(__file__).resolve().parents[2] / "corpus" / "development" / "situations.jsonl"

# What the claims of the situations raise; a situation with a claim that is not here raises nothing.
FINDINGS = {
    "19": {"side-differs"},
    "30": {"global-modifier-missing"},
    "37": {"debridement-bundled"},
}


@cache
def situations() -> dict[str, GoldEncounter]:
    found = {}
    for result in read_gold(str(FILE)):
        assert isinstance(result.outcome, GoldEncounter), result.where
        found[result.outcome.encounter.encounter_id.removeprefix("situations-")] = result.outcome
    return found


@cache
def report(name: str) -> Report:
    return check(situations()[name].encounter, code="27596")  # what the corpus is labelled for


def test_all_forty_are_there() -> None:
    assert {name[:2] for name in situations()} == {f"{number:02}" for number in range(1, 41)}


@pytest.mark.parametrize("name", situations())
def test_a_situation_is_judged_as_labelled(name: str) -> None:
    labels, found = situations()[name].labels, report(name)
    assert found.supported_code.value == labels.supported_code
    statuses = {item.id: item.status for item in found.requirements}
    assert statuses == labels.requirements
    assert found.decision == labels.decision
    assert {fact.value for fact in found.facts.indications} == labels.facts.indications
    assert {fact.value for fact in found.facts.reconstruction} == labels.facts.reconstruction


@pytest.mark.parametrize("name", [n for n, s in situations().items() if s.encounter.claim])
def test_the_claim_of_a_situation(name: str) -> None:
    found = report(name).findings
    assert {f.id for f in found if f.severity != "note"} == FINDINGS.get(name, set())
    # An inpatient whose order is not among the documents: said, and decides nothing.
    assert {f.id for f in found if f.severity == "note"} <= {"order-not-seen"}


def test_the_policy_of_an_observation_in_2026() -> None:
    """Situation 40: the conflict stays, and the note tells the payer's rule beside it."""
    (note,) = report("40").policy
    assert (note.rule, note.confidence) == ("asc_allowed", "reported")
    assert "The outpatient setting is payable." in note.message


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("03", "27590"),
        ("25", "27592"),
        ("27", "27886"),
        ("33", "27884"),
    ],
)
def test_auto_checks_what_the_note_supports(name: str, code: str) -> None:
    found = check(situations()[name].encounter, code="auto")
    assert found.code == found.supported_code.value == code
    assert found.code_supported


@pytest.mark.parametrize(("name", "supported"), [("08", "27594"), ("06", "27295")])
def test_auto_asks_for_27596_on_a_femoral_stump(name: str, supported: str) -> None:
    """Nothing is billed, and the limb was amputated through the femur: the note is held to it."""
    found = check(situations()[name].encounter, code="auto")
    assert (found.code, found.supported_code.value) == ("27596", supported)
    assert not found.code_supported
    assert found.decision == "hold"
