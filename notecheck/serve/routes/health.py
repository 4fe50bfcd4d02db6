"""For those who run the service: is it there, can it work, and its figures."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from notecheck.log.rule_pack import rule_pack
from notecheck.serve.problems import Refused
from notecheck.serve.routes.access import Asker, Running

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def healthz(caller: Asker) -> dict[str, str]:
    """The service is there."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(service: Running, caller: Asker) -> dict[str, str]:
    """There is a worker to answer, all that works in the background does; the rules."""
    if not service.pool.ready:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "no worker is ready", {"Retry-After": "3"})
    if service.watch.health.reasons:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "; ".join(service.watch.health.reasons),
            {"Retry-After": "5"},
        )
    pack = rule_pack()
    return {"status": "ready", "version": pack.version, "rules": pack.hash}


@router.get("/metrics", response_class=Response)
async def metrics(service: Running, caller: Asker) -> Response:
    """Counts and times for Prometheus."""
    return Response(generate_latest(service.metrics.registry), media_type=CONTENT_TYPE_LATEST)


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request, caller: Asker) -> JSONResponse:
    """What this service can be asked."""
    return JSONResponse(request.app.state.description)


@router.get("/docs", include_in_schema=False)
async def docs(request: Request, caller: Asker) -> HTMLResponse:
    """The same for people."""
    return HTMLResponse(request.app.state.docs)
