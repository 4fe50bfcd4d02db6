"""Signing in and out, and the files that every page needs."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from notecheck.log.person import system_user
from notecheck.serve.problems import Refused
from notecheck.workbench import sign_on
from notecheck.workbench.bench import Bench
from notecheck.workbench.pages import HEADERS, page
from notecheck.workbench.routes.access import Viewer, Workbench, own_form, text_of
from notecheck.workbench.sign_on import RETURN_PATH

router = APIRouter(include_in_schema=False)
_STATIC = {
    "workbench.css": "text/css",
    "common.js": "text/javascript",
    "live.js": "text/javascript",
    "queue.js": "text/javascript",
    "item.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


@router.get("/static/{name}")
async def static(name: str) -> Response:
    if name not in _STATIC:
        raise Refused(HTTPStatus.NOT_FOUND, "there is no such file")
    content = (files("notecheck.workbench") / "static" / name).read_bytes()
    headers = {**HEADERS, "Cache-Control": "no-cache"}
    return Response(content, media_type=_STATIC[name], headers=headers)


@router.get("/sign-in")
async def ask(bench: Workbench, to: str = "/", other: bool = False) -> Response:
    """Asks who it is. On an open service, which only this machine reaches, it is this machine's
    user, unless somebody signed out to be another."""
    if bench.sessions.by_name and not other:
        response = RedirectResponse(_local(to), HTTPStatus.SEE_OTHER)
        bench.sessions.begin(response, bench.sessions.named(system_user()))
        return response
    return _asked(bench, to)


@router.get("/sign-in/service")
async def go_to_service(bench: Workbench, to: str = "/") -> Response:
    """To the site's sign-on service, which sends the browser back to `RETURN_PATH`."""
    if bench.sign_on is None:
        raise Refused(HTTPStatus.NOT_FOUND, "no sign-on service is set up here")
    return bench.sign_on.begin(_local(to))


@router.get(RETURN_PATH)
async def come_back(request: Request, bench: Workbench) -> Response:
    """From the sign-on service. The session's cookie is not sent where another site led, so a page
    of our own leads on."""
    if bench.sign_on is None:
        raise Refused(HTTPStatus.NOT_FOUND, "no sign-on service is set up here")
    try:
        person, to = await bench.sign_on.finish(request)
    except Refused as refused:
        return _asked(bench, "/", refused)
    response = page("signed_in.html", None, to=to)
    sign_on.end(response)
    bench.sessions.begin(response, person)
    return response


@router.post("/sign-in")
async def sign_in(request: Request, bench: Workbench) -> Response:
    form = await request.form(max_fields=4, max_files=0)
    to = _local(text_of(form, "to"))
    try:
        person = bench.sessions.sign_in(request, text_of(form, "given"))
    except Refused as refused:
        return _asked(bench, to, refused)
    response = RedirectResponse(to, HTTPStatus.SEE_OTHER)
    bench.sessions.begin(response, person)
    return response


@router.post("/sign-out")
async def sign_out(request: Request, bench: Workbench, person: Viewer) -> Response:
    await own_form(request, person)
    response = RedirectResponse("/sign-in?other=true", HTTPStatus.SEE_OTHER)
    bench.sessions.end(response)
    return response


def _asked(bench: Bench, to: str, refused: Refused | None = None) -> Response:
    return page(
        "sign_in.html",
        None,
        int(refused.status) if refused else HTTPStatus.OK,
        to=to,
        by_name=bench.sessions.by_name,
        by_service=bench.sign_on is not None,
        problem=refused.detail if refused else "",
    )


def _local(to: str) -> str:
    """A path of this service, never another site."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
