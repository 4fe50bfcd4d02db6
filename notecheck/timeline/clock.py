"""What a told time is counted from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """`operation` supplies a missing year; `written`, the day of telling, anchors "six weeks ago".

    Without them such times are not known. `day_first` says how "3/2/2026" is meant, `age` how old
    the patient is, for "at age 19".
    """

    operation: dt.date | None
    written: dt.date | None = None
    day_first: bool = False
    age: int | None = None

    @property
    def told_on(self) -> dt.date | None:
        """The day of telling; the operation's where the document has none."""
        return self.written or self.operation
