"""Debridement down to and including a tissue; a talk of risks tells no reason."""

from __future__ import annotations

from notecheck import check
from notecheck.models import Facts

NOTE = "OPERATION: Revision of left above-knee amputation.\nDESCRIPTION: The femur was cut. {}\n"


def facts(statement: str) -> Facts:
    return check(NOTE.format(statement), code="27596").facts


def test_debrided_down_to_and_including() -> None:
    found = facts("Fascia was debrided down to and including bone.").debridement
    assert set(found.tissues) == {"fascia", "bone"}
    assert set(facts("Fascia was debrided down to bone.").debridement.tissues) == {"fascia"}


def test_a_talk_of_risks_is_no_reason() -> None:
    note = "INDICATIONS: Left above-knee stump. {}\nOPERATION: Revision of left AKA.\n"
    talk = note.format("We talked about bleeding, infection and clots and he agreed.")
    assert check(talk, code="27596").facts.indications == ()
