"""The sides of lines against the documents' side."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.view import ClaimView, Raised


def sides(view: ClaimView) -> Iterator[Raised]:
    """A side that is lacking, that the documents do not tell, or told twice over on one line.

    A hospital's inpatient bill tells the side by its procedure codes, so its lines are left out.
    """
    fact = view.case.facts.laterality
    words = fact.evidence if fact else ()
    told = fact.value if fact else "no side"
    if view.institutional and view.inpatient_bill:
        return
    both = {side for line in view.amputations if (side := view.side(line))}
    billed_both = "bilateral" in both or {"left", "right"} <= both
    for line in view.amputations:
        side = view.side(line)
        values = {"side": told, "billed_side": side or "no side"}
        if "50" in line.modifiers and line.modifiers & {"LT", "RT"}:
            yield Raised("side-told-twice", (line.place,), words, values)
        elif side is None:
            yield Raised("side-not-billed", (line.place,), words, values)
        elif fact is None:
            continue
        elif fact.value == "conflicting":
            yield Raised("side-unsettled", (line.place,), words, values)
        elif fact.value == "bilateral":
            if not billed_both:
                yield Raised("side-one-of-two", (line.place,), words, values)
        elif side != fact.value:
            yield Raised("side-differs", (line.place,), words, values)
