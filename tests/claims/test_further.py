"""Findings on what stands beside the amputation, and on modifiers that tell how it was done."""

from __future__ import annotations

from typing import Any

import pytest

from claims.charts import NEUROMA, billed, encounter, line, raised

STOPPED = " The procedure was terminated because of an arrhythmia."
NAIL = " The nail was removed through the cut end of the femur."
TMR = " Targeted muscle reinnervation of the tibial nerve was done."
SACRUM = " The patient also has a clean ulcer of the right heel."
FALL = " She fell on the stump and has an acute fracture of the left femur."


def beside(*other: dict[str, Any], **told: Any) -> dict[str, Any]:
    return encounter(line("27596", "LT"), *other, **told)


def visit(*modifiers: str, diagnosis: str, day: str = "2026-04-20") -> dict[str, Any]:
    return line("99213", *modifiers, day=day, diagnoses=[diagnosis])


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "not-finished-not-billed": (
        encounter(done=STOPPED), encounter(line("27596", "52", "LT"), done=STOPPED),
    ),
    "reduced-not-documented": (
        encounter(line("27596", "53", "LT")), encounter(line("27596", "53", "LT"), done=STOPPED),
    ),
    "modifier-of-the-facility": (
        encounter(line("27596", "74", "LT")),
        encounter(line("27596", "74", "LT"), form="institutional", type_of_bill="0131"),
    ),
    "modifier-of-the-surgeon": (
        encounter(line("27596", "54", "LT"), form="institutional", type_of_bill="0131"),
        encounter(line("27596", "54", "LT")),
    ),
    "repeat-without-first": (
        encounter(line("27596", "76", "LT")),
        encounter(line("27596", "76", "LT"), others=(billed(line("27596", "LT")),)),
    ),
    "care-shares-together": (
        encounter(line("27596", "54", "55", "LT")), encounter(line("27596", "54", "LT")),
    ),
    "visit-24-for-the-stump": (
        beside(visit("24", diagnosis="T87.44")), beside(visit("24", diagnosis="J18.9")),
    ),
    "nerve-addon-alone": (
        beside(line("64787", "59"), why=NEUROMA),
        beside(line("64786", "59"), line("64787", "59"), why=NEUROMA),
    ),
    "reinnervation-is-unlisted": (
        beside(line("64905"), done=TMR), beside(line("64999"), done=TMR),
    ),
    "hardware-not-told": (beside(line("20680", "59")), beside(line("20680", "59"), done=NAIL)),
    "hardware-at-the-stump": (beside(line("20680"), done=NAIL), beside(line("20680"))),
    "open-fracture-not-told": (beside(line("11012")), beside(line("11012"), why=FALL)),
    "pair-not-held": (beside(line("15100")), beside(line("15100", day="2026-04-20"))),
}  # fmt: skip


@pytest.mark.parametrize("identity", CASES)
def test_a_finding_is_raised_where_it_should_be_and_nowhere_else(identity: str) -> None:
    raising, silent = CASES[identity]
    assert identity in raised(raising)
    assert identity not in raised(silent)


@pytest.mark.parametrize("code", ["27301", "27303", "27360", "15738", "14021", "13160"])
def test_what_an_amputation_takes_in_is_of_the_same_limb(code: str) -> None:
    assert "closure-included" in raised(beside(line(code, "LT")))
    assert "closure-included" in raised(beside(line(code)))
    assert "closure-included" not in raised(beside(line(code, "RT")))


@pytest.mark.parametrize(
    ("own", "other", "twice"),
    [
        (("LT",), ("LT",), True),
        (("78", "LT"), ("LT",), False),  # a return on the same day
        (("78", "LT"), ("78", "LT"), True),
    ],
)
def test_a_return_is_no_second_bill_of_the_first_operation(
    own: tuple[str, ...], other: tuple[str, ...], twice: bool
) -> None:
    given = encounter(line("27596", *own), others=(billed(line("27596", *other)),))
    assert ("claim-twice" in raised(given)) is twice


def test_a_return_of_the_same_day_is_never_taken_for_a_second_surgeon() -> None:
    first = (billed(line("27590", "LT")),)
    found = raised(encounter(others=first))
    assert "global-modifier-missing" in found and "claim-twice" not in found
    assert "claim-twice" in raised(encounter(others=(billed(line("27596", "LT")),)))


@pytest.mark.parametrize("frequency", ["7", "8"])
def test_a_surgeons_replacement_or_void_is_no_duplicate(frequency: str) -> None:
    other = billed(line("27596", "LT"))
    assert "claim-twice" in raised(encounter(frequency="1", others=(other,)))
    assert "claim-twice" not in raised(encounter(frequency=frequency, others=(other,)))


@pytest.mark.parametrize(
    ("told", "modifiers", "found"),
    [
        ("The old nail was extracted through the cut end.", ("59",), True),
        ("The old nail was extracted through the cut end.", (), True),
        ("Through a separate incision at the hip the old plate was removed.", ("59",), False),
        ("Through a separate incision at the hip the old plate was removed.", (), True),
    ],
)
def test_another_site_of_hardware_is_told_and_billed(
    told: str, modifiers: tuple[str, ...], found: bool
) -> None:
    given = encounter(line("27596", "LT"), line("20680", *modifiers), done=f" {told}")
    assert ("hardware-at-the-stump" in raised(given)) is found


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (" At the hip, the old plate and screws were removed.", None),
        (" Through a separate incision the plate of her 2012 fracture was removed.", None),
        (" The plate and screws from 2016 were removed.", "hardware-at-the-stump"),
        (" The plate was removed elsewhere in 2018.", "hardware-not-told"),
    ],
)
def test_the_day_and_age_of_hardware_are_not_those_of_its_removal(
    done: str, found: str | None
) -> None:
    given = raised(beside(line("20680", "59", "LT"), done=done))
    assert [i for i in given if i.startswith("hardware")] == ([found] if found else [])


@pytest.mark.parametrize(
    ("ours", "theirs", "twice"),
    [("54", "54", True), ("54", "55", False), ("55", "55", False), ("54", "56", False)],
)
def test_the_operation_itself_has_one_share(ours: str, theirs: str, twice: bool) -> None:
    other = billed(line("27596", "LT", theirs))
    given = encounter(line("27596", "LT", ours), others=(other,))
    assert ("claim-twice" in raised(given)) is twice
