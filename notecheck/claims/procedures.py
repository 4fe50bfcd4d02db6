"""The ICD-10-PCS codes of a facility's claim against the documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from notecheck.claims.data import Procedure
from notecheck.claims.data import procedures as procedure_data
from notecheck.claims.view import ClaimView, Raised
from notecheck.facts.case import CaseFacts
from notecheck.models import NewLevelFact
from notecheck.requirements.claim_line import tidy


def procedures(view: ClaimView) -> Iterator[Raised]:
    """Side, part and height of each detachment that is coded, and one that is lacking.

    Each is held against the operation of its own day and limb.
    """
    coded = False
    for procedure in view.claim.procedures:
        code = tidy(procedure.code)
        record = procedure_data().of(code)
        place = view.field("procedure", code)
        if record is None or not record.is_whole(code):
            if code.startswith(procedure_data().table):
                coded = True
                yield Raised("procedure-malformed", (place,), values={"code": code})
            continue
        coded = True
        case = _operation_of(view, procedure.date, record)
        level, side = _divided(case), case.facts.laterality
        words = level.evidence if level else ()
        values = {
            "code": code,
            "name": record.name,
            "coded_side": record.side,
            "side": side.value if side else "no side",
            "level": level.value.replace("_", " ") if level and level.value else "none",
        }
        if side and side.value in ("left", "right") and side.value != record.side:
            yield Raised("procedure-side", (place,), side.evidence, values)
        if level is None:
            bone = case.facts.bone_resected
            told = bone.evidence if bone else ()
            yield Raised("procedure-without-division", (place,), told, values)
        elif not _is_at(record, case):
            yield Raised("procedure-level", (place,), words, values)
        elif record.heights:
            segment = case.new_level.segments.get(record.side, level.segment)
            values["segment"] = (segment or "none").replace("_", " ")
            if segment is None:
                yield Raised("procedure-height-untold", (place,), words, values)
            elif segment not in record.heights.get(code[6:7], ()):
                due = [key for key, told in record.heights.items() if segment in told]
                values["due"] = ", ".join(due)
                yield Raised("procedure-height", (place,), words, values)
    level = _divided(view.case)
    if view.institutional and view.inpatient_bill and level and not coded:
        place = view.field("type_of_bill", tidy(view.claim.type_of_bill or ""))
        yield Raised("procedure-missing", (place,), level.evidence)


def _operation_of(view: ClaimView, day: dt.date | None, record: Procedure) -> CaseFacts:
    """The day's operation on the side that is coded, unless the level is that of the other one."""
    on_side, first = view.case_of(day, record.side), view.case_of(day)
    return first if _is_at(record, first) and not _is_at(record, on_side) else on_side


def _is_at(record: Procedure, case: CaseFacts) -> bool:
    level = case.facts.new_level
    return level is not None and level.value in (record.level, *record.levels)


def _divided(case: CaseFacts) -> NewLevelFact | None:
    """Where bone or joint was divided; a length alone divides nothing."""
    level = case.facts.new_level
    return level if level and level.value else None
