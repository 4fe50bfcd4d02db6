"""The page of an audit: one file that needs no server and no script, made from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from notecheck.audit.chart_reports import chart_reports, write_beside
from notecheck.audit.figures import Figures, filter_of, percent, plural
from notecheck.audit.folder import SUMMARY
from notecheck.audit.statistics import UNTOLD, statistics
from notecheck.log.rule_pack import rule_pack
from notecheck.report.pages import render_page, style_sheet

_ROOM = "notecheck.audit"
_FOLDED = 50  # reports of the worklist on the page; the others are in the folder beside it
_FILTERS = ("verdict", "surgeon", "payer", "facility", "month")


def write_summary(folder: Path, code: str) -> None:
    """Writes `summary.html` of the tables in `folder` into it; the same tables, the same bytes."""
    found = statistics(folder, code)
    filters = _filters(found.worklist.rows)
    style = style_sheet("notecheck.report", "page.css") + style_sheet(_ROOM, "audit.css")
    charts = chart_reports(found, _FOLDED)
    page = render_page(
        _ROOM,
        "summary.html",
        style + _hiding(filters),
        found=found,
        figures=Figures(found),
        charts=charts,
        filters=filters,
        kept=lambda row: _kept(filters, row),
        pack=rule_pack(),
        percent=percent,
        plural=plural,
    )
    (folder / SUMMARY).write_text(page, encoding="utf-8", newline="")
    write_beside(folder, charts.values(), style)


def _filters(rows: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """The columns that the worklist can be filtered by, with their values."""
    return {name: values for name in _FILTERS if (values := filter_of(rows, name))}


def _kept(filters: dict[str, list[str]], row: dict[str, Any]) -> str:
    """The classes of a row of the worklist: one for each filter that keeps it."""
    return " ".join(
        f"{name}-{values.index(value)}"
        for name, values in filters.items()
        if (value := row[name] or UNTOLD) in values
    )


def _hiding(filters: dict[str, list[str]]) -> str:
    """The rules by which a choice in a filter hides the rows that it does not keep."""
    return "".join(
        f'main:has(#filter-{name} [value="{number}"]:checked) .worklist tbody '
        f"tr:not(.{name}-{number}) {{ display: none; }}\n"
        for name, values in filters.items()
        for number in range(len(values))
    )
