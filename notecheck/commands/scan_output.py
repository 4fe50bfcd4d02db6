"""Reports -> what `notecheck scan` prints, in each of its formats."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from pathlib import PurePath
from typing import get_args

from notecheck.commands.options import ReportFormat
from notecheck.errors import UsageError
from notecheck.models import Encounter, Report, Verdict
from notecheck.report.brief import MOST_LINES, OF_MANY, render_brief
from notecheck.report.junit import junit_bytes
from notecheck.report.sarif import Checked, sarif_bytes
from notecheck.report.spreadsheet import table_bytes
from notecheck.report.table import COLUMNS, table_row
from notecheck.report.text import render_text

_PLAIN_WIDTH = 80
_ENDINGS: dict[str, ReportFormat] = {
    ".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl", ".csv": "csv",
    ".xlsx": "xlsx", ".xml": "junit", ".sarif": "sarif",
}  # fmt: skip
# Programs would open such a file as what it is not.
_NOT_WRITTEN = (".pdf", ".doc", ".docx", ".xls", ".rtf", ".parquet", ".yaml", ".yml")


def format_of_file(path: str | None) -> ReportFormat:
    """The format that a file's ending asks for: text for none, and for any that names no format.

    Raises UsageError for an ending of something that is not written here.
    """
    ending = PurePath(path or "").suffix.lower()
    if ending in _NOT_WRITTEN:
        raise UsageError(
            f"no {ending} is written: give a file that ends in {', '.join(_ENDINGS)} or .txt, or "
            "name a --format; a page in HTML prints as PDF",
            where=path,
        )
    return _ENDINGS.get(ending, "text")


class Output:
    """Prints report by report where the format allows, and the rest at the end.

    `text` and `jsonl` come out as the reports come in; `json` (an object or a list), `html`
    (one page), `csv` and `xlsx` (a row a report), `junit` (a test case a report) and `sarif` (a
    result for each thing open) need all of them. `of_many` says that each report in text has to
    be short.
    """

    def __init__(
        self, format: ReportFormat, *, verbose: bool = False, of_many: bool = False
    ) -> None:
        self._format = format
        self._verbose = verbose
        self._most = OF_MANY if of_many else MOST_LINES  # of the lines of a report in text
        self._pairs: list[tuple[Encounter, Report]] = []
        self._rows: list[dict[str, str | float]] = []
        self._verdicts: Counter[str] = Counter()
        self._checked: list[Checked] = []
        self._failed: list[tuple[str, str]] = []

    def add(
        self, encounter: Encounter, report: Report, where: str, *, as_text: bool = False
    ) -> str:
        """What to print now for one more report; may be empty.

        `where` is where the encounter was read; `as_text` says that this is the note's text itself.
        """
        if self._format == "text":
            gap = "\n" if self._verdicts else ""
            self._verdicts[report.release.verdict] += 1
            return gap + self._text(encounter, report, where if as_text else None) + "\n"
        if self._format == "jsonl":
            return report.model_dump_json() + "\n"
        if self._format in ("csv", "xlsx"):
            self._rows.append(table_row(report, where))
        elif self._format in ("junit", "sarif"):
            self._checked.append(Checked(encounter, report, where, as_text))
        else:
            self._pairs.append((encounter, report))
        return ""

    def add_failed(self, where: str, why: str) -> None:
        """Keeps an input that could not be checked, and why, for the formats that list them."""
        self._failed.append((where, why))

    def rest(self, *, of_one: bool) -> str | bytes:
        """What to print at the end; `of_one` when there was one input in all and it was read."""
        if self._format == "json":
            reports = [report.model_dump_json(indent=2) for _, report in self._pairs]
            return (reports[0] if of_one else "[" + ",\n".join(reports) + "]") + "\n"
        if self._format == "csv" or self._format == "xlsx":
            return table_bytes(self._format, COLUMNS, self._rows)
        if self._format == "junit":
            return junit_bytes([(one.report, one.where) for one in self._checked], self._failed)
        if self._format == "sarif":
            return sarif_bytes(self._checked, self._failed)
        if self._format == "html" and self._pairs:
            from notecheck.report.html import render_html  # templates, for this format alone

            return render_html(self._pairs)
        if self._format == "text" and not of_one and self._verdicts:
            told = ", ".join(f"{self._verdicts[word]} {word}" for word in get_args(Verdict))
            read = self._verdicts.total()
            return f"{read} checked: {told}" + (
                f"; {len(self._failed)} failed\n" if self._failed else "\n"
            )
        return ""

    def _text(self, encounter: Encounter, report: Report, source: str | None) -> str:
        terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else _PLAIN_WIDTH
        colour = terminal and "NO_COLOR" not in os.environ
        if self._verbose:
            return render_text(encounter, report, width=width, colour=colour)
        return render_brief(
            encounter, report, width=width, colour=colour, source=source, most=self._most
        )
