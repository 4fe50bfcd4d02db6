"""The HTTP application: routes, refusals, and what happens at start and end."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response

from notecheck.log.failure import LogError
from notecheck.serve.docs import docs_page
from notecheck.serve.examples import ENCOUNTER
from notecheck.serve.fhir.outcome import refusal
from notecheck.serve.fhir.response import fhir_response
from notecheck.serve.job import Job
from notecheck.serve.openapi import description
from notecheck.serve.outermost import Outermost
from notecheck.serve.pages import Pages
from notecheck.serve.problems import Refused, problem_response
from notecheck.serve.routes import batch, cds_hooks, check, decisions, fhir, health
from notecheck.serve.service import Service
from notecheck.terminal.messages import say


async def application(service: Service, pages: Pages) -> Outermost:
    """The application over a started service, which has answered the example once."""
    # Not the library's pages of documentation: they would load scripts from elsewhere.
    app = FastAPI(title="notecheck", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.service = service
    for module in (check, batch, fhir, cds_hooks, decisions, health):
        app.include_router(module.router)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(LogError, _log_failed)
    app.add_exception_handler(HTTPException, _not_routed)
    example = await service.pool.answer(Job("encounter", json.dumps(ENCOUNTER).encode()))
    app.state.description = description(app, example.body)
    app.state.docs = docs_page(app.state.description)
    pages.join(app)
    if service.settings.cds_clients.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=service.settings.cds_clients.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
        )
    return Outermost(app, service.metrics, service.settings.limits.header_bytes)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _told(request, error)


async def _log_failed(request: Request, error: Exception) -> Response:
    say(str(error))
    detail = "the audit log cannot be used now: try again"
    return _told(request, Refused(HTTPStatus.SERVICE_UNAVAILABLE, detail, {"Retry-After": "5"}))


async def _not_routed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    detail = f"{request.method} is not offered at this path; /openapi.json lists what is"
    return _told(request, Refused(status, detail, dict(error.headers or {})))


def _told(request: Request, refused: Refused) -> Response:
    if request.url.path.startswith(fhir.PREFIX):
        told = refusal(refused.status, refused.detail)
        return fhir_response(request, told, refused.status, refused.headers)
    return problem_response(refused)
