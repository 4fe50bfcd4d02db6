"""One operation billed twice: on two lines of a claim, or on two claims."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import lines as line_data
from notecheck.claims.data import procedures as procedure_data
from notecheck.claims.view import ClaimView, LineView, Raised, bill_frequency
from notecheck.models import Claim
from notecheck.requirements.claim_line import tidy
from notecheck.requirements.laterality import line_side

_INSTEAD = frozenset("78")  # frequency codes of a replacement and of a void


def duplicates(view: ClaimView) -> Iterator[Raised]:
    """Lines for the same code, day and side, unless modifiers tell two operations or surgeons."""
    lines = view.amputations
    for number, line in enumerate(lines):
        for other in lines[number + 1 :]:
            if line.code == other.code and _same_operation(view, line, other):
                yield Raised("line-twice", (line.place, other.place), values={"code": line.code})
    yield from _stays(view)
    for claim, other in view.other_lines():
        if other.code not in view.rules.family or not _stands_beside(view, claim):
            continue
        for line in lines:
            # Another code for the limb on that day is a return, which the global period speaks of.
            if line.date is None or line.code != other.code:
                continue
            if _same_operation(view, line, other):
                values = {"code": line.code, "other": other.code, "date": line.date.isoformat()}
                yield Raised("claim-twice", (*line.dated, *other.dated), values=values)


def _stands_beside(view: ClaimView, claim: Claim) -> bool:
    """Whether another claim is one of the same form that neither replaces nor takes back a bill."""
    if claim.form != view.claim.form:
        return False  # the surgeon's and the facility's claims are two for one operation
    if {view.frequency, bill_frequency(claim)} & _INSTEAD:
        return False
    return claim.claim_id is None or claim.claim_id != view.claim.claim_id


def _stays(view: ClaimView) -> Iterator[Raised]:
    """A facility's bill for a stay whose coded procedure another bill of that admission has too."""
    admitted = view.claim.admission_date
    if not view.inpatient_bill or admitted is None:
        return
    for claim in view.others:
        if claim.admission_date != admitted or not _stands_beside(view, claim):
            continue
        theirs = {(tidy(p.code), p.date) for p in claim.procedures}
        for own in view.claim.procedures:
            code = tidy(own.code)
            if own.date and (code, own.date) in theirs and procedure_data().of(code):
                place = view.field("procedure", code)
                values = {"code": code, "other": code, "date": own.date.isoformat()}
                yield Raised("claim-twice", (place,), values=values)


def _same_operation(view: ClaimView, line: LineView, other: LineView) -> bool:
    team = line_data().team
    if (line.modifiers | other.modifiers) & (team.modifiers | team.repeats):
        return False
    # The care before and after may be shared among several, the operation itself may not.
    both = line.modifiers & other.modifiers
    if (line.modifiers | other.modifiers) & team.shares and team.operates not in both:
        return False
    if (line.modifiers ^ other.modifiers) & view.rules.global_modifiers:
        return False  # one of the two says that it was a further operation of that day
    toes = [own.modifiers & view.rules.toe_modifiers for own in (line, other)]
    if all(toes) and toes[0] != toes[1]:
        return False  # two toes of one foot
    sides = {line_side(line.modifiers, view.rules), line_side(other.modifiers, view.rules)}
    return line.date == other.date and sides != {"left", "right"}
