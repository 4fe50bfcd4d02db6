"""Reports -> what `notecheck scan` prints, in each of its formats."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Literal

from notecheck.models import Encounter, Report
from notecheck.report.html import render_html
from notecheck.report.text import render_text

Format = Literal["text", "json", "jsonl", "html"]
_PLAIN_WIDTH = 80


class Output:
    """Prints report by report where the format allows, and the rest at the end.

    `text` and `jsonl` come out as the reports come in; `json` (an object or a list) and `html`
    (one page) need all of them.
    """

    def __init__(self, format: Format) -> None:
        self._format = format
        self._pairs: list[tuple[Encounter, Report]] = []
        self._first = True

    def add(self, encounter: Encounter, report: Report) -> str:
        """What to print now for one more report; may be empty."""
        if self._format == "text":
            gap = "" if self._first else "\n"
            self._first = False
            return gap + _text(encounter, report) + "\n"
        if self._format == "jsonl":
            return report.model_dump_json() + "\n"
        self._pairs.append((encounter, report))
        return ""

    def rest(self, *, of_one: bool) -> str:
        """What to print at the end; `of_one` when there was one input in all and it was read."""
        if self._format == "json":
            reports = [report.model_dump_json(indent=2) for _, report in self._pairs]
            return (reports[0] if of_one else "[" + ",\n".join(reports) + "]") + "\n"
        if self._format == "html" and self._pairs:
            return render_html(self._pairs)
        return ""


def _text(encounter: Encounter, report: Report) -> str:
    if not sys.stdout.isatty():
        return render_text(encounter, report, width=_PLAIN_WIDTH)
    return render_text(
        encounter,
        report,
        width=shutil.get_terminal_size().columns,
        colour="NO_COLOR" not in os.environ,
    )
