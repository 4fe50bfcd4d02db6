"""What `notecheck policy check` prints."""

from __future__ import annotations

import datetime as dt

from notecheck.errors import UsageError
from notecheck.policy.audit import row_faults
from notecheck.policy.book import policy_book


def checked_policy(on: str | None) -> tuple[str, bool]:
    """The faults of all rows, one a line, and whether there are none.

    `on` is the day to judge by, YYYY-MM-DD, today where it is not told. Raises InputError for
    what is no such day, RulesError for a file that cannot be read.
    """
    try:
        today = dt.date.fromisoformat(on) if on else dt.date.today()
    except ValueError:
        raise UsageError("--on is a day, written YYYY-MM-DD") from None
    book = policy_book()
    faults = row_faults(book, today)
    counted = f"{len(book.rows)} {'row' if len(book.rows) == 1 else 'rows'}"
    if not faults:
        return f"{counted}: no gap, overlap, stale or unsourced row\n", True
    return "".join(f"{fault}\n" for fault in faults) + f"{counted}, {len(faults)} faults\n", False
