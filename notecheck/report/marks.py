"""The marks and colours of a report on a terminal.

Marks and capitals carry the meaning, so that it survives a pipe; colour only repeats it.
"""

from __future__ import annotations

from notecheck.models import Severity, Status, Verdict

RED, YELLOW, GREEN, DIM, BOLD = "1;31", "1;33", "32", "2", "1"

STATUS_MARKS: dict[Status, str] = {
    "met": "ok", "partial": " ?", "missing": "!!", "conflict": "!!",
    "not_applicable": " -", "not_assessed": " -",
}  # fmt: skip
STATUS_COLOURS: dict[Status, str] = {
    "met": GREEN, "partial": YELLOW, "missing": RED, "conflict": RED,
    "not_applicable": DIM, "not_assessed": DIM,
}  # fmt: skip
SEVERITY_MARKS: dict[Severity, str] = {"error": "!!", "warning": " ?", "note": " -"}
SEVERITY_COLOURS: dict[Severity, str] = {"error": RED, "warning": YELLOW, "note": DIM}
VERDICT_COLOURS: dict[Verdict, str] = {"release": GREEN, "review": YELLOW, "stop": RED}


def painted(line: str, words: str, style: str, *, colour: bool) -> str:
    """`line` with its opening `words` coloured, where colour is wanted."""
    return f"\x1b[{style}m{words}\x1b[0m{line[len(words) :]}" if colour else line
