"""Builds CaseFacts and claims for the tests, a complete one by default."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from notecheck.facts.case import (
    CaseFacts,
    EarlierOperation,
    PreopDocument,
    PriorSigns,
    SettingSigns,
    SideSigns,
    Words,
)
from notecheck.models import (
    BoneFact,
    Claim,
    Evidence,
    Facts,
    IndicationFact,
    LevelFact,
    NewLevelFact,
    ReconstructionFact,
    RequirementResult,
    SettingFact,
    Side,
    SideFact,
    SupportedCode,
)
from notecheck.requirements.assess import assess

OPERATION = dt.date(2026, 3, 2)


def words(text: str) -> Words:
    """One evidence item that can be told from others by its text."""
    return (Evidence(doc_id="op", start=0, end=len(text), text=text),)


def side(value: Side) -> SideFact:
    return SideFact(value=value, evidence=words("side"))


COMPLETE_FACTS = Facts(
    prior_level=LevelFact(value="transfemoral", evidence=words("prior level")),
    new_level=NewLevelFact(value="transfemoral", segment="mid_shaft", evidence=words("new level")),
    bone_resected=BoneFact(value=True, evidence=words("bone")),
    indications=(IndicationFact(value="infection", evidence=words("infection")),),
    reconstruction=(ReconstructionFact(value="myodesis", evidence=words("myodesis")),),
    laterality=side("left"),
    setting=SettingFact(value="inpatient", evidence=words("setting")),
)


def earlier(
    earliest: dt.date, latest: dt.date | None = None, text: str = "aka"
) -> EarlierOperation:
    return EarlierOperation(earliest, latest or earliest, words(text))


COMPLETE = CaseFacts(
    facts=COMPLETE_FACTS,
    supported_code=SupportedCode(value="27596"),
    operation_date=OPERATION,
    prior=PriorSigns(operations=(earlier(OPERATION - dt.timedelta(days=30)),)),
    preop=(PreopDocument("hp", "history_and_physical", specific=words("preop reason")),),
    necessity=words("necessity"),
    side=SideSigns(operative_note="left", operative_note_words=words("side in note")),
    setting=SettingSigns(inpatient=words("setting")),
)


def case(facts: dict[str, Any] | None = None, **fields: Any) -> CaseFacts:
    """The complete case with some facts and some of its own fields changed."""
    changed = COMPLETE.facts.model_copy(update=facts or {})
    return replace(COMPLETE, facts=changed, **fields)


def claim(
    *lines: tuple[str, Iterable[str]], service_date: str | None = "2026-03-02", **fields: Any
) -> Claim:
    """A surgeon's inpatient claim; each line is a code and its modifiers."""
    values: dict[str, Any] = {"form": "professional", "place_of_service": "21"} | fields
    return Claim.model_validate(
        values
        | {
            "lines": [
                {"code": code, "modifiers": list(marks), "service_date": service_date}
                for code, marks in lines
            ]
        }
    )


COMPLETE_CLAIM = claim(("27596", ["LT", "58"]))


def result(identity: str, case: CaseFacts, claim: Claim | None) -> RequirementResult:
    """What the public entry says of one requirement."""
    return next(r for r in assess(case, claim).requirements if r.id == identity)


def texts(found: RequirementResult) -> list[str]:
    return [item.text for item in found.evidence]
