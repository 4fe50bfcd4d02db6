"""The workbench joins the service: its routes, its queue, and what happens to errors."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from notecheck.serve.service import Service
from notecheck.workbench.bench import Bench
from notecheck.workbench.routes import dashboard, item, live, queue, signing
from notecheck.workbench.routes.access import SignInFirst
from notecheck.workbench.sessions import Sessions
from notecheck.workbench.sign_on import SignOn
from notecheck.workbench.store import Store, default_queue


def opened(service: Service) -> Workbench:
    """The workbench of a started service.

    Raises QueueError when the queue cannot be opened, InputError when the sign-on service's keys
    cannot be read.
    """
    settings = service.settings
    oidc = settings.oidc
    return Workbench(
        Bench(
            service=service,
            store=Store(settings.queue or default_queue()),
            sessions=Sessions(service.gate, secure=settings.tls is not None or settings.plain_http),
            sign_on=SignOn(oidc, oidc.sign_in) if oidc and oidc.sign_in else None,
        )
    )


class Workbench:
    """The pages of a service; see `notecheck.serve.pages.Pages`."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def join(self, app: FastAPI) -> None:
        """Adds the pages to the application."""
        app.state.bench = self._bench
        for module in (live, queue, item, dashboard, signing):
            app.include_router(module.router)
        app.add_exception_handler(SignInFirst, _to_sign_in)

    async def close(self) -> None:
        """Enters what still waits, and closes the queue."""
        await self._bench.close()


async def _to_sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInFirst)
    return RedirectResponse(error.location, HTTPStatus.SEE_OTHER)
