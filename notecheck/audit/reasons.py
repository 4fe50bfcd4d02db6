"""Why an encounter has no report: codes and words that never change their meaning."""

from __future__ import annotations

from typing import Literal, NamedTuple

Reason = Literal["unreadable", "duplicate_id", "time_limit", "worker_died", "fault"]

CODES: dict[Reason, str] = {
    "unreadable": "NC310",
    "duplicate_id": "NC320",
    "time_limit": "NC330",
    "worker_died": "NC331",
    "fault": "NC340",
}


class Failure(NamedTuple):
    """What goes into the table of errors; `message` never holds words of a note."""

    reason: Reason
    message: str

    @property
    def code(self) -> str:
        return CODES[self.reason]


def over_time(seconds: float) -> Failure:
    return Failure(
        "time_limit",
        f"it took longer than {seconds:g} seconds: look at the text, or give a higher --time-limit",
    )


WORKER_DIED = Failure(
    "worker_died",
    "two workers that checked it died, as when memory runs out: look at its size and its text",
)
