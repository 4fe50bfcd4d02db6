"""The marks and colours of a report on a terminal.

Marks and capitals carry the meaning, so that it survives a pipe; colour only repeats it.
"""

from __future__ import annotations

from typing import NamedTuple

from notecheck.models import NOT_MET, Severity, Status, Verdict
from notecheck.report.wording import readable

RED, YELLOW, GREEN, DIM, BOLD = "1;31", "1;33", "32", "2", "1"

_STATUS_MARKS: dict[Status, str] = {
    "met": "ok", "partial": " ?", "missing": "!!", "conflict": "!!",
    "not_applicable": " -", "not_assessed": " -",
}  # fmt: skip
_STATUS_COLOURS: dict[Status, str] = {
    "met": GREEN, "partial": YELLOW, "missing": RED, "conflict": RED,
    "not_applicable": DIM, "not_assessed": DIM,
}  # fmt: skip
_SEVERITY_MARKS: dict[Severity, str] = {"error": "!!", "warning": " ?", "note": " -"}
_SEVERITY_COLOURS: dict[Severity, str] = {"error": RED, "warning": YELLOW, "note": DIM}
VERDICT_COLOURS: dict[Verdict, str] = {"release": GREEN, "review": YELLOW, "stop": RED}


class Mark(NamedTuple):
    """What a line about a requirement or a finding begins with, and its colour."""

    words: str
    style: str


def status_mark(status: Status) -> Mark:
    """Of a requirement: what is open stands in capitals."""
    word = readable(status).upper() if status in NOT_MET else readable(status)
    return Mark(f"{_STATUS_MARKS[status]} {word}", _STATUS_COLOURS[status])


def severity_mark(severity: Severity) -> Mark:
    """Of a finding on the claim."""
    return Mark(f"{_SEVERITY_MARKS[severity]} {severity.upper()}", _SEVERITY_COLOURS[severity])


def warning_mark(words: str) -> Mark:
    """Of anything else that a person has to look at."""
    return Mark(f"{_SEVERITY_MARKS['warning']} {words}", _SEVERITY_COLOURS["warning"])


def painted(line: str, words: str, style: str, *, colour: bool) -> str:
    """`line` with its opening `words` coloured, where colour is wanted."""
    return f"\x1b[{style}m{words}\x1b[0m{line[len(words) :]}" if colour else line
