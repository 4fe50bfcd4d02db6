"""One operation billed twice: on two lines of a claim, or on two claims."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import lines as line_data
from notecheck.claims.view import ClaimView, LineView, Raised, bill_frequency
from notecheck.requirements.laterality import line_side

_INSTEAD = frozenset("78")  # frequency codes of a replacement and of a void


def duplicates(view: ClaimView) -> Iterator[Raised]:
    """Lines for the same code, day and side, unless modifiers tell two operations or surgeons."""
    lines = view.amputations
    for number, line in enumerate(lines):
        for other in lines[number + 1 :]:
            if line.code == other.code and _same_operation(view, line, other):
                yield Raised("line-twice", (line.place, other.place), values={"code": line.code})
    form = view.claim.form
    for claim, other in view.other_lines():
        if claim.form != form or other.code not in view.rules.family:
            continue  # the surgeon's and the facility's claims are two for one operation
        if {view.frequency, bill_frequency(claim)} & _INSTEAD:
            continue  # one of the two stands in the other's place, or takes it back
        if claim.claim_id is not None and claim.claim_id == view.claim.claim_id:
            continue
        for line in lines:
            # Another code for the limb on that day is a return, which the global period speaks of.
            if line.date is None or line.code != other.code:
                continue
            if _same_operation(view, line, other):
                values = {"code": line.code, "other": other.code, "date": line.date.isoformat()}
                yield Raised("claim-twice", (*line.dated, *other.dated), values=values)


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
