"""The dashboard: how notes fare, by whom and for whom, and what a threshold would do."""

from __future__ import annotations

import csv
import io
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from notecheck.workbench.corrections import Corrections
from notecheck.workbench.figures import Figures
from notecheck.workbench.pages import page
from notecheck.workbench.routes.access import Admin, Viewer, Workbench

router = APIRouter(include_in_schema=False)
# A cell that begins with these would be a formula in a spreadsheet.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@router.get("/dashboard")
async def dashboard(bench: Workbench, person: Viewer, threshold: float = 0.9) -> Response:
    figures = Figures(bench.store)

    def gathered() -> dict[str, Any]:
        return {
            "months": figures.by("service_month"),
            "surgeons": figures.by("surgeon"),
            "payers": figures.by("payer"),
            "requirements": figures.reasons("requirement"),
            "findings": figures.reasons("finding"),
            "money": figures.money(),
            "turnaround": figures.turnaround(),
            "agreement": figures.agreement(),
            "risk": figures.risk(),
            "people": figures.people(),
            "accuracy": Corrections(bench.store).accuracy(),
        }

    values = await bench.use(gathered)
    chosen = min(values["risk"], key=lambda point: abs(point.confidence - threshold), default=None)
    return page("dashboard.html", person, threshold=threshold, chosen=chosen, **values)


@router.get("/dashboard.csv")
async def export(bench: Workbench, person: Admin) -> Response:
    """The items as a table."""
    rows = await bench.use(Figures(bench.store).rows)
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return Response(
        text.getvalue(),
        media_type="text/csv",
        headers={
            "Content-Disposition": 'attachment; filename="queue.csv"',
            "Cache-Control": "no-store",
        },
    )


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULAS):
        return f"'{value}"
    return value
