"""The live check: a note is watched while it is written. Nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Literal
from urllib.parse import unquote

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from notecheck.errors import InputError
from notecheck.models import Encounter, Report
from notecheck.report.html import render_html
from notecheck.report.text import render_text
from notecheck.serve.bodies import read_body
from notecheck.serve.job import JSON, Job
from notecheck.serve.problems import Refused
from notecheck.workbench.live_note import LiveNote, as_live
from notecheck.workbench.pages import HEADERS, fragment, page
from notecheck.workbench.routes.access import Viewer, Workbench, require_own_script
from notecheck.workbench.view import view

router = APIRouter(include_in_schema=False)
_FILE = "application/octet-stream"
_EXPORTS: dict[str, tuple[str, Callable[[Encounter, Report], str]]] = {
    "html": ("text/html", lambda encounter, report: render_html([(encounter, report)])),
    "json": (JSON, lambda encounter, report: report.model_dump_json(indent=1)),
    "text": ("text/plain", lambda encounter, report: render_text(encounter, report)),
}


@router.get("/")
async def write(person: Viewer) -> Response:
    return page("live.html", person, text="")


@router.post("/live")
async def check(request: Request, bench: Workbench, person: Viewer) -> Response:
    """The result as HTML, the marks behind the note, and one sentence for screen readers."""
    note = await _note(request, bench, person)
    if not note.text.strip():
        return JSONResponse(
            {"result": '<p class="absent">The result appears as you write.</p>', "note": "",
             "beside": "", "spoken": ""}, headers=dict(HEADERS),
        )  # fmt: skip
    encounter = _encounter(note)
    report = await bench.check(encounter)
    values = view(encounter, report)
    first, *rest = values["documents"]
    return JSONResponse(
        {
            "result": fragment("_result.html", **values),
            "note": first[1],
            "beside": fragment("_note.html", documents=rest),
            "spoken": f"{report.release.verdict}, {values['assessed']}",
        },
        headers=dict(HEADERS),
    )


@router.post("/live/read")
async def read(request: Request, bench: Workbench, person: Viewer) -> Response:
    """A file of any format that we read, as note, further documents and claim."""
    require_own_script(request, person)
    limits = bench.service.settings.limits
    body = await read_body(request, (_FILE,), most=limits.body_bytes, seconds=limits.body_seconds)
    name = unquote(request.headers.get("x-name", "file"))[:200]
    answer = await bench.service.pool.answer(Job("file", body, name=name))
    if answer.status != HTTPStatus.OK:
        raise Refused(HTTPStatus(answer.status), json.loads(answer.body)["detail"])
    given = as_live(Encounter.model_validate_json(answer.body))
    return JSONResponse(given, headers=dict(HEADERS))


@router.post("/live/export/{kind}")
async def export(
    kind: Literal["html", "json", "text"], request: Request, bench: Workbench, person: Viewer
) -> Response:
    """The report of what is written, to take along."""
    encounter = _encounter(await _note(request, bench, person))
    report = await bench.check(encounter)
    media_type, made = _EXPORTS[kind]
    return Response(made(encounter, report), media_type=media_type, headers=dict(HEADERS))


async def _note(request: Request, bench: Workbench, person: Viewer) -> LiveNote:
    require_own_script(request, person)
    limits = bench.service.settings.limits
    body = await read_body(request, (JSON,), most=limits.body_bytes, seconds=limits.body_seconds)
    try:
        return LiveNote.model_validate_json(body)
    except ValidationError:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, "this is not what the page sends: load it again"
        ) from None


def _encounter(note: LiveNote) -> Encounter:
    try:
        return note.encounter()
    except InputError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, error.message) from None
