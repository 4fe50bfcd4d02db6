"""Single values of HL7 v2."""

from __future__ import annotations

import datetime as dt

from notecheck.errors import InputError


def day(value: str, place: str) -> dt.date | None:
    """The day of a time stamp (`20260302`, `20260302081500+0100`); None for none, or less exact.

    `place` names the field for the InputError that anything else raises.
    """
    if len(value) < len("20260302"):
        return None
    try:
        return dt.datetime.strptime(value[:8], "%Y%m%d").date()
    except ValueError:
        raise InputError(f"{place} is no date, written YYYYMMDD") from None
