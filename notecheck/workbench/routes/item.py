"""One item: its documents beside the checklist, and everything that a person does with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from notecheck.errors import InputError
from notecheck.models import Encounter, Report
from notecheck.query.draft import draft_queries
from notecheck.query.lint import lint_text
from notecheck.query.text import query_text
from notecheck.serve.problems import Refused
from notecheck.workbench.addendum import with_addendum
from notecheck.workbench.bench import Bench
from notecheck.workbench.corrections import Corrections, Selected, elements
from notecheck.workbench.pages import page
from notecheck.workbench.people import Person
from notecheck.workbench.queue import Taken
from notecheck.workbench.routes.access import (
    Admin,
    Approver,
    Coder,
    Viewer,
    Workbench,
    own_form,
    text_of,
    version_of,
)
from notecheck.workbench.view import view

router = APIRouter(include_in_schema=False)


@router.get("/item/{number}")
async def show(number: int, bench: Workbench, person: Viewer) -> Response:
    return await _shown(bench, person, number)


@router.post("/item/{number}/claim")
async def claim(number: int, request: Request, bench: Workbench, person: Coder) -> Response:
    form = await own_form(request, person)
    return await _done(
        bench, person, number, lambda: bench.queue.claim(number, person.name, version_of(form))
    )


@router.post("/item/{number}/hand-over")
async def hand_over(number: int, request: Request, bench: Workbench, person: Coder) -> Response:
    form = await own_form(request, person)
    to = text_of(form, "to") or None
    return await _done(
        bench, person, number,
        lambda: bench.queue.hand_over(number, person.name, to, version_of(form)),
    )  # fmt: skip


@router.post("/item/{number}/query")
async def send_query(number: int, request: Request, bench: Workbench, person: Coder) -> Response:
    """Marks a query as sent, as the person worded it. A leading one is not taken."""
    form = await own_form(request, person)
    text = text_of(form, "query").replace("\r\n", "\n")
    faults = [str(fault) for fault in lint_text(text, "the query")]
    if faults:
        return await _shown(bench, person, number, problem="; ".join(faults), drafted=text)
    return await _done(
        bench, person, number,
        lambda: bench.queue.note(
            number, person.name, "query_sent", {"query": text}, version_of(form), state="waiting"
        ),
    )  # fmt: skip


@router.post("/item/{number}/lint")
async def lint(number: int, request: Request, person: Coder) -> list[str]:
    """What a query must not say, as one types it."""
    form = await own_form(request, person)
    return [str(fault) for fault in lint_text(text_of(form, "query"), "the query")]


@router.post("/item/{number}/answer")
async def answer(number: int, request: Request, bench: Workbench, person: Coder) -> Response:
    """Records the surgeon's answer as an addendum, and checks the encounter with it."""
    form = await own_form(request, person)
    text, author = text_of(form, "answer"), text_of(form, "author")
    row = await bench.use(lambda: bench.queue.item(number))
    before = Report.model_validate_json(row["report"])
    try:
        encounter = with_addendum(
            Encounter.model_validate_json(row["encounter"]),
            text,
            author=author,
            day=text_of(form, "day") or datetime.now(UTC).date().isoformat(),
        )
    except InputError as error:
        return await _shown(bench, person, number, problem=error.message)
    report = await bench.check(encounter)
    was = {r.id: r.status for r in before.requirements}
    detail: dict[str, Any] = {
        "author": author,
        "verdict": [before.release.verdict, report.release.verdict],
        "changed": {
            r.id: [was.get(r.id), r.status]
            for r in report.requirements
            if was.get(r.id) != r.status
        },
    }
    return await _done(
        bench, person, number,
        lambda: bench.queue.recheck(
            number, person.name, encounter, report, detail, version_of(form)
        ),
    )  # fmt: skip


@router.post("/item/{number}/correct")
async def correct(number: int, request: Request, bench: Workbench, person: Coder) -> Response:
    """A fact or status is wrong: what is right, and the words selected in the note."""
    form = await own_form(request, person)
    element, text = text_of(form, "element"), text_of(form, "right")
    selected = _selected(form)

    def write() -> None:
        bench.queue.note(
            number, person.name, "corrected", {"element": element, "to": text}, version_of(form)
        )
        Corrections(bench.store).add(number, person.name, element, text, selected)

    return await _done(bench, person, number, write)


@router.post("/item/{number}/close")
async def close(number: int, request: Request, bench: Workbench, person: Coder) -> Response:
    """Releases or holds. What notecheck would stop is released by a second person only."""
    form = await own_form(request, person)
    outcome, reason = text_of(form, "outcome"), text_of(form, "reason")
    row = await bench.use(lambda: bench.queue.item(number))
    version = version_of(form)
    if outcome not in ("released", "held"):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "the outcome is released or held")
    overrides = outcome == "released" and row["verdict"] != "release"
    if overrides and not reason:
        return await _shown(bench, person, number, problem="Give the reason for the override.")
    if overrides and row["verdict"] == "stop":
        return await _done(
            bench, person, number,
            lambda: bench.queue.note(
                number, person.name, "override_asked", {"reason": reason}, version
            ),
        )  # fmt: skip
    detail = {"reason": reason, "verdict": row["verdict"]} if reason else {}
    return await _done(
        bench, person, number,
        lambda: bench.queue.close(number, person.name, outcome, detail, version),
    )  # fmt: skip


@router.post("/item/{number}/approve")
async def approve(number: int, request: Request, bench: Workbench, person: Approver) -> Response:
    form = await own_form(request, person)
    return await _done(
        bench, person, number, lambda: bench.queue.approve(number, person.name, version_of(form))
    )


@router.get("/corrections.jsonl")
async def export(bench: Workbench, person: Admin) -> Response:
    """Closed and corrected items as gold lines."""
    lines = await bench.use(lambda: list(Corrections(bench.store).lines()))
    return Response(
        "".join(f"{line}\n" for line in lines),
        media_type="application/x-ndjson",
        headers={"Content-Disposition": 'attachment; filename="corrections.jsonl"',
                 "Cache-Control": "no-store"},
    )  # fmt: skip


async def _done(bench: Bench, person: Person, number: int, work: Callable[[], None]) -> Response:
    """The item anew, or with the sentence that says why nothing was done."""
    try:
        await bench.use(work)
    except Taken as taken:
        return await _shown(
            bench, person, number, problem=taken.message, status=HTTPStatus.CONFLICT
        )
    except InputError as error:
        return await _shown(
            bench, person, number, problem=error.message, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    return RedirectResponse(f"/item/{number}", HTTPStatus.SEE_OTHER)


async def _shown(
    bench: Bench, person: Person, number: int, *, problem: str = "", drafted: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:  # fmt: skip
    try:
        row = await bench.use(lambda: bench.queue.item(number))
    except InputError as error:
        raise Refused(HTTPStatus.NOT_FOUND, error.message) from None
    encounter = Encounter.model_validate_json(row["encounter"])
    report = Report.model_validate_json(row["report"])
    queries = draft_queries(encounter, report).queries
    history = await bench.use(lambda: bench.queue.history(number))
    corrections = await bench.use(lambda: Corrections(bench.store).of(number))
    asked = history[-1] if history and history[-1]["action"] == "override_asked" else None
    return page(
        "item.html",
        person,
        int(status),
        item=row,
        mine=row["assignee"] == person.name and row["state"] != "closed",
        override=asked,
        problem=problem,
        drafts=[drafted] if drafted else [query_text(query) for query in queries],
        elements=elements(report),
        corrections=corrections,
        history=history,
        today=datetime.now(UTC).date().isoformat(),
        claim=encounter.claim,
        **view(encounter, report),
    )


def _selected(form: FormData) -> Selected | None:
    doc_id, start, end = (text_of(form, name) for name in ("doc_id", "start", "end"))
    if not doc_id or not start.isdecimal() or not end.isdecimal():
        return None
    return Selected(doc_id, int(start), int(end))
