"""The dates of lines against the date of the operation."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.view import ClaimView, Raised


def dates(view: ClaimView) -> Iterator[Raised]:
    """A surgeon's line whose date of service is not the day of the operation.

    A facility's lines may bear any day of the stay.
    """
    operated = view.case.operation_date
    if operated is None or view.institutional:
        return
    for line in view.amputations:
        if line.date is not None and line.date != operated:
            values = {
                "code": line.code,
                "service": line.date.isoformat(),
                "operation": operated.isoformat(),
            }
            yield Raised("date-mismatch", line.dated, values=values)
