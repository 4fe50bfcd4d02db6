"""The reports behind an audit's lists: some folded into its page, others in a folder beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notecheck.audit.folder import SUMMARY, SUMMARY_FILES
from notecheck.audit.statistics import Statistics
from notecheck.models import Evidence, Report
from notecheck.report.columns import shorten_middle
from notecheck.report.pages import render_page
from notecheck.report.safe import one_line
from notecheck.report.wording import (
    NOT_FOUND,
    decision_reasons,
    fact_lines,
    score_words,
    supported_code_words,
)

_ROOM = "notecheck.audit"
_QUOTE_COLUMNS = 200
_QUOTES = 4


@dataclass(frozen=True)
class ChartReport:
    """One report without its note, as the templates show it; `row` is its row in the table.

    `href` leads to it: on the page itself, or in the folder beside it.
    """

    anchor: str
    href: str
    row: dict[str, Any]
    report: Report

    @property
    def reasons(self) -> list[str]:
        return decision_reasons(self.report)

    @property
    def score(self) -> str:
        return score_words(self.report)

    @property
    def supported(self) -> str:
        return supported_code_words(self.report)

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [
            (fact.name, "; ".join(value.words for value in fact.values) or NOT_FOUND)
            for fact in fact_lines(self.report.facts)
        ]

    def quotes(self, evidence: Iterable[Evidence]) -> list[str]:
        """The first of the words that decide, each once."""
        told = (one_line(e.text) for e in evidence if e.text)
        cut = dict.fromkeys(shorten_middle(words, _QUOTE_COLUMNS) for words in told)
        return list(cut)[:_QUOTES]


def chart_reports(found: Statistics, folded: int) -> dict[str, ChartReport]:
    """All reports that the page lists, by encounter: samples and the first `folded` on the page."""
    on_page = {row["encounter_id"] for row in found.worklist.rows[:folded]}
    on_page |= {row["encounter_id"] for sample in found.samples.values() for row in sample.rows}
    made = {}
    for number, name in enumerate(sorted(found.reports)):
        anchor = f"report-{number}"
        href = f"#{anchor}" if name in on_page else f"{SUMMARY_FILES}/{anchor}.html"
        made[name] = ChartReport(anchor, href, found.rows[name], found.reports[name])
    return made


def write_beside(folder: Path, charts: Iterable[ChartReport], style: str) -> None:
    """Writes a page for each report that is not on the summary's page."""
    beside = [chart for chart in charts if not chart.href.startswith("#")]
    if beside:
        (folder / SUMMARY_FILES).mkdir()
    for chart in beside:
        page = render_page(_ROOM, "chart.html", style, chart=chart, summary=f"../{SUMMARY}")
        (folder / chart.href).write_text(page, encoding="utf-8", newline="")
