"""`laterality-claim`: the billed side against the documents' side."""

from __future__ import annotations

import pytest

from notecheck.models import Claim, Side

from .builders import case, claim, result, side, texts

PCS_LEFT = [{"code": "0Y6D0Z2", "date": None}]
PCS_RIGHT = [{"code": "0Y6C0Z1", "date": None}]
PCS_OTHER = [{"code": "0Y6H0Z1", "date": None}]

CASES: list[tuple[str, Side | None, Claim | None, str]] = [
    ("no claim", "left", None, "not_assessed"),
    ("agrees", "left", claim(("27596", ["LT"])), "met"),
    ("agrees beside other modifiers", "right", claim(("27596", ["58", "RT"])), "met"),
    ("written small", "left", claim(("27596", [" lt"])), "met"),
    ("contradicts", "left", claim(("27596", ["RT"])), "conflict"),
    ("none", "left", claim(("27596", [])), "missing"),
    ("only other modifiers", "left", claim(("27596", ["59", "78"])), "missing"),
    ("a side on another line does not count", "left",
     claim(("27596", []), ("11043", ["LT"])), "missing"),
    ("50 for both sides", "bilateral", claim(("27596", ["50"])), "met"),
    ("LT and RT on the line", "bilateral", claim(("27596", ["LT", "RT"])), "met"),
    ("LT and RT on two lines", "bilateral", claim(("27596", ["LT"]), ("27596", ["RT"])), "met"),
    ("one of both sides", "bilateral", claim(("27596", ["LT"])), "conflict"),
    ("RT on the line of another code", "bilateral",
     claim(("27596", ["LT"]), ("27590", ["RT"])), "conflict"),
    ("both sides for one", "left", claim(("27596", ["50"])), "conflict"),
    ("bilateral without any", "bilateral", claim(("27596", [])), "missing"),
    ("no side told, one billed", None, claim(("27596", ["RT"])), "met"),
    ("no side told, none billed", None, claim(("27596", [])), "missing"),
    ("sides conflict, one billed", "conflicting", claim(("27596", ["RT"])), "conflict"),
    ("sides conflict, none billed", "conflicting", claim(("27596", [])), "missing"),
    ("line of another code of the list", "left", claim(("27590", ["LT"])), "met"),
    ("the code's own line goes before", "left",
     claim(("27590", ["RT"]), ("27596", ["LT"])), "met"),
    ("no such line", "left", claim(("11043", ["LT"])), "not_assessed"),
    ("no lines at all", "left", claim(), "not_assessed"),
    ("no such line, procedure agrees", "left", claim(procedures=PCS_LEFT), "met"),
    ("no such line, procedure agrees on the right", "right", claim(procedures=PCS_RIGHT), "met"),
    ("no such line, procedure contradicts", "left", claim(procedures=PCS_RIGHT), "conflict"),
    ("no such line, both procedures", "bilateral", claim(procedures=PCS_LEFT + PCS_RIGHT), "met"),
    ("no such line, procedure of another region", "left", claim(procedures=PCS_OTHER),
     "not_assessed"),
    ("no such line, procedure, no side told", None, claim(procedures=PCS_LEFT), "met"),
    ("no such line, procedure, sides conflict", "conflicting", claim(procedures=PCS_LEFT),
     "conflict"),
    ("a line goes before procedures", "left", claim(("27596", []), procedures=PCS_LEFT),
     "missing"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "bill", "status"), [pytest.param(t, b, s, id=name) for name, t, b, s in CASES]
)
def test_status(told: Side | None, bill: Claim | None, status: str) -> None:
    fact = side(told) if told else None
    assert result("laterality-claim", case({"laterality": fact}), bill).status == status


def test_contradiction_shows_both_sides_and_the_words() -> None:
    found = result("laterality-claim", case(), claim(("27596", ["RT"])))
    assert found.message.startswith("The claim says right, but the documents say left.")
    assert texts(found) == ["side"]
