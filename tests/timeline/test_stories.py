"""Whole encounters on who, what and when: `stories/` holds them, each with what the contract says.

They were written before anyone looked at how they are read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notecheck import check
from notecheck.models import Report

_OPERATED = "2026-03-02"
_STORIES = Path(__file__).parent / "stories"


def _stories() -> Iterator[Any]:
    for path in sorted(_STORIES.glob("*.toml")):
        for story in tomllib.loads(path.read_text(encoding="utf-8"))["story"]:
            yield pytest.param(story, id=story["id"])


@pytest.mark.parametrize("story", _stories())
def test_a_story_is_read_as_the_contract_says(story: dict[str, Any]) -> None:
    report = check(_encounter(story), code="27596")
    told = _told(report)
    assert {key: told[key] for key in story["want"]} == story["want"]


def _encounter(story: dict[str, Any]) -> dict[str, Any]:
    note = {"type": "operative_note", "date": _OPERATED, "text": story["operative"].strip()}
    documents = [note, *story.get("others", [])]
    lines = [line.split("-") for line in story.get("claim", [])]
    claim = {
        "claim_id": "C",
        "form": "professional",
        "lines": [
            {"code": code, "modifiers": modifiers, "units": 1, "service_date": _OPERATED}
            for code, *modifiers in lines
        ],
    }
    return {
        "encounter_id": story["id"],
        "documents": [{"doc_id": f"d{n}", **document} for n, document in enumerate(documents)],
        "claim": claim if lines else None,
    }


def _told(report: Report) -> dict[str, Any]:
    """What a story may want, by short names: statuses, the code, and facts ("none" for null).

    Where a fact and a requirement share their name it is the fact.
    """
    facts, level = report.facts, report.facts.new_level
    return {
        **{requirement.id: requirement.status for requirement in report.requirements},
        "code": report.supported_code.value,
        "prior_level": facts.prior_level.value if facts.prior_level else "none",
        "new_level": level.value if level else "none",
        "segment": (level.segment if level else None) or "none",
        "measurement": (level.measurement_cm if level else None) or "none",
        "bone_resected": facts.bone_resected.value if facts.bone_resected else "none",
        "indications": sorted(reason.value for reason in facts.indications),
        "reconstruction": sorted(closure.value for closure in facts.reconstruction),
        "laterality": facts.laterality.value if facts.laterality else "none",
        "debridement": facts.debridement.performed,
    }
