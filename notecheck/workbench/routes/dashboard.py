"""The dashboard: how notes fare, by whom and for whom, and what a threshold would do."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from notecheck.report.spreadsheet import table_bytes
from notecheck.workbench.corrections import Corrections
from notecheck.workbench.figures import Figures
from notecheck.workbench.pages import page
from notecheck.workbench.routes.access import Admin, Viewer, Workbench

router = APIRouter(include_in_schema=False)


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
    return Response(
        table_bytes("csv", list(rows[0]) if rows else [], rows),
        media_type="text/csv",
        headers={
            "Content-Disposition": 'attachment; filename="queue.csv"',
            "Cache-Control": "no-store",
        },
    )
