"""The dates of the claim against the date of the operation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from notecheck.claims.data import procedures as procedure_data
from notecheck.claims.view import ClaimView, Raised
from notecheck.requirements.claim_line import tidy


def dates(view: ClaimView) -> Iterator[Raised]:
    """A surgeon's line, a procedure or a stay that does not fit the day of the operation.

    A facility's lines may bear any day of the stay.
    """
    operated = view.case.operation_date
    if operated is None:
        return
    yield from _stay(view, operated)
    if view.institutional:
        return
    for line in view.amputations:
        if line.date is not None and line.date != operated:
            values = {
                "code": line.code,
                "service": line.date.isoformat(),
                "operation": operated.isoformat(),
            }
            yield Raised("date-mismatch", line.dated, values=values)


def _stay(view: ClaimView, operated: dt.date) -> Iterator[Raised]:
    """Admission, discharge and coded procedures around the operation."""
    admitted = view.claim.admission_date
    if admitted is not None and admitted > operated:
        values = {"admission": admitted.isoformat(), "operation": operated.isoformat()}
        place = view.field("admission_date", admitted.isoformat())
        yield Raised("admission-after-operation", (place,), values=values)
    for paper in view.case.papers:
        if paper.type != "discharge_summary" or paper.date is None or admitted is None:
            continue
        if admitted <= paper.date < operated:
            values = {"discharge": paper.date.isoformat(), "operation": operated.isoformat()}
            place = view.field("admission_date", admitted.isoformat())
            yield Raised("discharge-before-operation", (place,), paper.first, values)
    for procedure in view.claim.procedures:
        code = tidy(procedure.code)
        days = (None, view.case_of(procedure.date).operation_date)
        if procedure.date not in days and procedure_data().of(code):
            values = {
                "code": code,
                "coded": procedure.date.isoformat() if procedure.date else "",
                "operation": operated.isoformat(),
            }
            yield Raised("procedure-date", (view.field("procedure", code),), values=values)
