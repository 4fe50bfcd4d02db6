"""The queue's page: what waits, by what a person's minute is worth."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from notecheck.serve.problems import Refused
from notecheck.workbench.filters import Filter
from notecheck.workbench.pages import page
from notecheck.workbench.routes.access import Coder, Viewer, Workbench, own_form
from notecheck.wrong_values import sentence

router = APIRouter(include_in_schema=False)


@router.get("/queue")
async def queue(request: Request, bench: Workbench, person: Viewer) -> Response:
    wanted = _filter(request)
    after = request.query_params.get("after")
    shown = await bench.use(lambda: bench.queue.page(wanted, after))
    choices = await bench.use(bench.queue.choices)
    return page("queue.html", person, shown=shown, wanted=wanted, choices=choices)


@router.post("/queue/next")
async def claim_next(request: Request, bench: Workbench, person: Coder) -> Response:
    """Claims the item that is worth most, and opens it."""
    await own_form(request, person)
    wanted = _filter(request)
    number = await bench.use(lambda: bench.queue.next_open(wanted))
    if number is None:
        return RedirectResponse("/queue", HTTPStatus.SEE_OTHER)
    version = (await bench.use(lambda: bench.queue.item(number)))["version"]
    await bench.use(lambda: bench.queue.claim(number, person.name, version))
    return RedirectResponse(f"/item/{number}", HTTPStatus.SEE_OTHER)


def _filter(request: Request) -> Filter:
    try:
        return Filter.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"filter: {sentence(error)}") from None
