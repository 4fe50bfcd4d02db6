"""Reports as one web page that needs nothing but itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from notecheck.models import Encounter, Report
from notecheck.report.article import Article
from notecheck.report.pages import render_page, style_sheet

_ROOM = "notecheck.report"


def render_html(pairs: Sequence[tuple[Encounter, Report]]) -> str:
    """One self-contained page for one or many encounters, each with its own report.

    Many encounters get an index first. The page holds the notes whole; it has no script, and
    its content security policy allows nothing but its own style sheet. Raises ValueError when
    a report is not of its encounter.
    """
    reports = [report for _, report in pairs]
    return render_page(
        _ROOM,
        "page.html",
        style_sheet(_ROOM, "page.css"),
        title=_title(reports),
        tally=_tally(reports),
        articles=[Article(f"e{n}", *pair) for n, pair in enumerate(pairs, start=1)],
    )


def _title(reports: Sequence[Report]) -> str:
    if len(reports) == 1:
        return f"{reports[0].encounter_id}: {reports[0].release.verdict}"
    return f"{len(reports)} encounters"


def _tally(reports: Sequence[Report]) -> str:
    tally = Counter(report.release.verdict for report in reports)
    return ", ".join(f"{tally[word]} {word}" for word in ("stop", "review", "release"))
