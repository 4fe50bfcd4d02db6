"""Diagnoses by the code set: whole codes, their sides, codes that exclude each other, POA."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.charts import encounter, line, raised, stay
from notecheck.claims.code_set import code_set, exists, has_shape, titled_side

DAY = dt.date(2026, 4, 7)


def coded(*codes: str, **told: Any) -> dict[str, Any]:
    return encounter(line("27596", "LT", diagnoses=["T87.44", *codes]), **told)


def of_stay(*diagnoses: tuple[str, str, str | None]) -> dict[str, Any]:
    billed = [{"code": code, "kind": kind, "poa": poa} for code, kind, poa in diagnoses]
    whole = stay("0Y6D0Z2", diagnoses=billed)
    whole["claim"]["lines"] = [line("0360", diagnoses=[])]
    return whole


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "diagnoses-exclude": (coded("E10.9", "E11.9"), coded("E11.9")),
    "poa-missing": (
        of_stay(("T87.44", "principal", "Y"), ("M86.652", "secondary", None)),
        of_stay(("T87.44", "principal", "Y"), ("M86.652", "secondary", "N")),
    ),
    "principal-told-twice": (
        of_stay(("T87.44", "principal", "Y"), ("M86.652", "principal", "Y")),
        of_stay(("T87.44", "principal", "Y"), ("M86.652", "secondary", "Y")),
    ),
    "principal-is-status": (
        of_stay(("Z89.612", "principal", None), ("T87.44", "secondary", "Y")),
        of_stay(("T87.44", "principal", "Y"), ("Z89.612", "secondary", None)),
    ),
    "poa-unknown": (
        of_stay(("T87.44", "principal", "X")),
        of_stay(("T87.44", "principal", "N"), ("Z89.612", "secondary", "1")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("identity", CASES)
def test_a_finding_is_raised_where_it_should_be_and_nowhere_else(identity: str) -> None:
    raising, silent = CASES[identity]
    assert identity in raised(raising)
    assert identity not in raised(silent)


@pytest.mark.parametrize(
    ("code", "whole"),
    [
        ("T87.44", True), ("T87.84", False), ("T87.4", False), ("M86.65", False),
        ("M86.652", True), ("S72.302", False), ("S72.302A", True), ("S72.302Z", False),
        ("Z89.61", False), ("L97.129", True), ("L97.12", False), ("T81.31XA", True),
        ("T81.31A", False), ("C49.22", True), ("I70.262", True), ("A48.0", True),
    ],
)  # fmt: skip
def test_whether_a_code_is_whole(code: str, whole: bool) -> None:
    assert exists(code.replace(".", ""), DAY) is whole
    found = raised(encounter(line("27596", "LT", diagnoses=[code])))
    assert ("diagnosis-malformed" in found) is not whole


def test_what_the_code_set_does_not_hold_is_unknown() -> None:
    assert exists("J189", DAY) is None  # a family that it does not have
    about = code_set().about
    for day in (about.effective_from, about.effective_to):
        assert exists("T8784", day) is False
    one = dt.timedelta(days=1)
    for day in (None, about.effective_from - one, about.effective_to + one):
        assert exists("T8784", day) is None


def test_what_no_code_is_written_like_is_refused_on_any_day() -> None:
    assert "diagnosis-malformed" in raised(coded("XYZ"))
    assert "diagnosis-malformed" in raised(coded("T87.444444"))


@given(st.text(max_size=9))
def test_every_code_held_has_the_shape_of_one(text: str) -> None:
    if exists(text, DAY):
        assert has_shape(text)


@pytest.mark.parametrize(
    ("code", "side"),
    [("M61552", "left"), ("L03115", "right"), ("S72301A", "right"), ("I70263", "both"),
     ("T8781", None), ("I96", None)],
)  # fmt: skip
def test_the_side_that_a_title_names(code: str, side: str | None) -> None:
    assert titled_side(code) == side


@pytest.mark.parametrize("code", ["M61.551", "L03.115", "S72.301A", "I70.221"])
def test_a_side_told_by_the_title_alone_is_held_against_the_documents(code: str) -> None:
    assert "diagnosis-side" in raised(coded(code))


@pytest.mark.parametrize(
    ("code", "told", "wrong"),
    [
        ("L97.512", " PAST HISTORY: a clean ulcer of the right foot.", False),
        ("L97.512", "", True),
        ("M86.671", "\nPAST MEDICAL HISTORY: osteomyelitis of the right foot, treated.\n", False),
        ("M86.671", "", True),
    ],
)
def test_the_other_limb_may_have_a_disease_of_its_own(code: str, told: str, wrong: bool) -> None:
    assert ("diagnosis-side" in raised(coded(code, why=told))) is wrong


def test_two_conditions_of_two_sides_do_not_exclude_each_other() -> None:
    assert "diagnoses-exclude" in raised(coded("S72.302A", "S78.112A"))
    assert "diagnoses-exclude" not in raised(coded("S72.302A", "S78.111A"))


def test_the_diagnoses_of_a_whole_bill_are_checked_as_a_lines_are() -> None:
    assert "diagnosis-side" in raised(of_stay(("T87.43", "principal", "Y")))
    assert "diagnosis-side" not in raised(of_stay(("T87.44", "principal", "Y")))
    admitting = of_stay(("T87.44", "principal", "Y"), ("T87.43", "admitting", None))
    assert "diagnosis-side" not in raised(admitting)


@pytest.mark.parametrize(
    ("code", "needed"),
    [("Z79.4", False), ("Z99.2", False), ("I25.2", False), ("S72.302D", False), ("W19.XXXA", False),
     ("S72.302A", True), ("E11.9", True), ("Z16.11", True)],
)  # fmt: skip
def test_a_code_of_an_exempt_category_needs_no_indicator(code: str, needed: bool) -> None:
    found = raised(of_stay(("T87.44", "principal", "Y"), (code, "secondary", None)))
    assert ("poa-missing" in found) is needed


def test_a_fresh_injury_of_an_old_stump_is_told_once() -> None:
    found = raised(coded("S78.112A"))
    assert "diagnosis-acute-injury" in found
    assert "diagnosis-not-documented" not in found


@pytest.mark.parametrize(
    ("code", "told", "borne_out"),
    [
        ("I70.261", "Right foot: gangrene of the great toe from atherosclerosis.", True),
        ("I70.202", "Past history: peripheral arterial disease, diabetes.", True),
        ("I70.202", "Past history: diabetes.", False),
        ("M61.552", "Past history: diabetes.", False),
        ("M61.552", "Heterotopic bone of the femur tents the skin.", True),
        ("T87.34", "Intractable pain of the stump.", False),
        ("T87.34", "A painful neuroma of the stump.", True),
        ("T84.621A", "Past history: diabetes.", False),
        ("T84.621A", "Past history: a retained nail in the left femur.", True),
        ("E11.52", "The stump is gangrenous.", False),
        ("E11.52", "The stump is gangrenous. Past history: diabetes.", True),
    ],
)
def test_any_document_may_bear_a_diagnosis_out(code: str, told: str, borne_out: bool) -> None:
    claimed = encounter(line("27596", "LT", diagnoses=["T87.44", code]))
    history = f"HISTORY AND PHYSICAL\nLeft above-knee stump, infected. {told}\n"
    claimed["documents"].append(
        {"doc_id": "hp", "type": "history_and_physical", "date": "2026-04-06", "text": history}
    )
    assert ("diagnosis-not-documented" not in raised(claimed)) is borne_out
