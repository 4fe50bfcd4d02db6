"""A longer cue says what the shorter one in it would have said of other facts."""

from __future__ import annotations

from typing import Any

from notecheck.pipeline.cue_records import CueRecords
from notecheck.pipeline.cues import touches
from notecheck.rules.model import ContextRecord


def record(id_: str, literal: str, direction: str = "BACKWARD", **more: Any) -> ContextRecord:
    reason = {"TERMINATE": "terminate", "PSEUDO": "none"}.get(direction, "hypothetical")
    return ContextRecord.model_validate(
        {"id": id_, "reason": reason, "direction": direction, "literals": [literal], **more}
    )


def speaking(records: list[ContextRecord], fact: str) -> list[str]:
    return [r.id for r in records if touches(r, fact)]


def test_what_the_longer_cue_leaves_is_the_shorter_ones() -> None:
    longer = record("longer", "would have been", "FORWARD", facts=["prior"])
    shorter = record("shorter", "would have", not_facts=["side"])
    found = CueRecords([longer, shorter]).speaking("would have been")
    assert speaking(found, "prior") == ["longer"]
    assert speaking(found, "bone_cut") == ["shorter"]
    assert speaking(found, "side") == []


def test_a_longer_cue_for_every_fact_hides_the_shorter_one() -> None:
    found = CueRecords([record("longer", "if needed"), record("shorter", "if")])
    assert speaking(found.speaking("if needed"), "bone_cut") == ["longer"]


def test_a_cue_that_means_nothing_hides_what_stands_within_it() -> None:
    pseudo = record("pseudo", "he was offered", "PSEUDO")
    longest = record("longest", "he was offered a", "FORWARD", facts=["prior"])
    shorter = record("shorter", "was offered")
    found = CueRecords([pseudo, longest, shorter])
    assert speaking(found.speaking("he was offered a"), "bone_cut") == []


def test_a_cue_that_ends_reaches_takes_nothing_over() -> None:
    end = record("end", "but not", "TERMINATE", facts=["prior"])
    found = CueRecords([end, record("shorter", "not")])
    assert [r.id for r in found.speaking("but not")] == ["end"]


def test_a_denial_keeps_to_the_direction_of_its_longer_cue() -> None:
    longer = record("longer", "not needed", facts=["bone_cut"], reason="negated")
    shorter = record("shorter", "not", "FORWARD", facts=["setting"], reason="negated")
    found = CueRecords([longer, shorter]).speaking("not needed")
    assert speaking(found, "setting") == []
