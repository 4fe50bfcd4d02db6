"""The ICD-10-PCS codes of a facility's claim against the documents."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import Procedure
from notecheck.claims.data import procedures as procedure_data
from notecheck.claims.view import ClaimView, Raised
from notecheck.facts.case import CaseFacts
from notecheck.requirements.claim_line import tidy


def procedures(view: ClaimView) -> Iterator[Raised]:
    """Side, part and height of each detachment that is coded, and one that is lacking.

    Each is held against the operation of its own day.
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
        case = view.case_of(procedure.date)
        level, side = case.facts.new_level, case.facts.laterality
        if _of_another_limb(case, record):
            continue
        words = level.evidence if level else ()
        values = {
            "code": code,
            "name": record.name,
            "coded_side": record.side,
            "side": side.value if side else "no side",
            "level": level.value.replace("_", " ") if level else "none",
        }
        if side and side.value in ("left", "right") and side.value != record.side:
            yield Raised("procedure-side", (place,), side.evidence, values)
        if level is None:
            bone = case.facts.bone_resected
            told = bone.evidence if bone else ()
            yield Raised("procedure-without-division", (place,), told, values)
        elif level.value not in (record.level, *record.levels):
            yield Raised("procedure-level", (place,), words, values)
        elif record.heights:
            values["segment"] = (level.segment or "none").replace("_", " ")
            if level.segment is None:
                yield Raised("procedure-height-untold", (place,), words, values)
            elif level.segment not in record.heights.get(code[6:7], ()):
                due = [key for key, told in record.heights.items() if level.segment in told]
                values["due"] = ", ".join(due)
                yield Raised("procedure-height", (place,), words, values)
    level = view.case.facts.new_level
    if view.institutional and view.inpatient_bill and level and not coded:
        place = view.field("type_of_bill", tidy(view.claim.type_of_bill or ""))
        yield Raised("procedure-missing", (place,), level.evidence)


def _of_another_limb(case: CaseFacts, record: Procedure) -> bool:
    """Whether it codes another of today's operations, told of the other limb at its level."""
    side = case.facts.laterality
    if side is None or {side.value, record.side} != {"left", "right"}:
        return False
    return any(
        told.status == "today"
        and told.side == record.side
        and told.level in (record.level, *record.levels)
        for told in case.operations
    )
