"""`notecheck serve`: starts everything, listens, and finishes what it took when told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import ssl
from types import FrameType

import uvicorn

from notecheck.errors import SettingsError
from notecheck.serve.app import application
from notecheck.serve.auth import is_loopback
from notecheck.serve.connections import Connections
from notecheck.serve.file_socket import file_socket
from notecheck.serve.http_protocol import prompt_protocol
from notecheck.serve.mllp.listener import Listener
from notecheck.serve.outermost import Outermost
from notecheck.serve.pages import OpensPages
from notecheck.serve.service import Service
from notecheck.serve.settings import Settings
from notecheck.serve.steady_memory import collect_what_requests_leave, give_large_blocks_back
from notecheck.serve.worker_process import WorkerGone, WorkerUnable
from notecheck.terminal.exit_status import FAILED, PASSED
from notecheck.terminal.messages import say

Place = str | tuple[str, int]  # the path of a socket, or host and port


def serve(place: Place, mllp: int | None, settings: Settings, open_pages: OpensPages) -> int:
    """Serves until SIGTERM or SIGINT; 0 when all that was taken is answered.

    `open_pages` gives the pages for people, once the service has started.
    Raises NotecheckError for settings that cannot be used.
    """
    if not isinstance(place, str):
        require_safe(place[0], settings)
    if mllp is not None:
        require_safe_mllp(settings)
    # What is wrong is told by us, in sentences; uvicorn would add tracebacks.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    # uvicorn sends itself the signal again when it has stopped: then it is only a signal to stop.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopped)
    give_large_blocks_back()
    return asyncio.run(_serve(place, mllp, settings, open_pages))


def require_safe(host: str, settings: Settings) -> None:
    """Beyond this machine nothing is open: keys are needed, and TLS for them to stay secret."""
    if is_loopback(host):
        return
    if settings.keys is None and settings.oidc is None:
        raise SettingsError(
            f"{host} can be reached from other machines: give `keys` or `oidc` in the settings"
        )
    if settings.tls is None and not settings.plain_http:
        raise SettingsError(
            f"{host} can be reached from other machines: give `tls` in the settings, or "
            "`plain_http = true` where TLS ends in front of this service"
        )


def require_safe_mllp(settings: Settings) -> None:
    """HL7 knows no keys: beyond this machine, the other side shows a certificate."""
    host = settings.mllp.host
    if not is_loopback(host) and (settings.tls is None or settings.tls.client_ca is None):
        raise SettingsError(
            f"{host} can be reached from other machines: give `tls` with a `client_ca` in the "
            "settings, so that only senders with a certificate can send HL7 messages"
        )


async def _serve(place: Place, mllp: int | None, settings: Settings, open_pages: OpensPages) -> int:
    say(f"loading {settings.workers.count} workers")
    try:
        service = await Service.started(settings)
    except WorkerUnable as error:
        say(str(error))
        return FAILED
    except WorkerGone:
        say("a worker ended while it was loading: is there memory for it?")
        return FAILED
    listener = pages = None
    try:
        pages = open_pages(service)
        if mllp is not None:
            listener = await _listening(service, settings, mllp)
        app = await application(service, pages)
        collect_what_requests_leave()
        await _listen(place, service, app)
    finally:
        if listener is not None:
            await listener.close()
        await service.close()
        if pages is not None:
            await pages.close()
    say("stopped; all that was taken is answered")
    return PASSED


async def _listen(place: Place, service: Service, app: Outermost) -> None:
    """Takes requests at `place` until told to stop."""
    host, port = ("localhost", 0) if isinstance(place, str) else place
    server = uvicorn.Server(_config(host, port, service, app))
    listening = asyncio.create_task(_say_when_listening(server, place, service.settings))
    try:
        if isinstance(place, str):
            with file_socket(place) as opened:
                await server.serve(sockets=[opened])
        else:
            await server.serve()
    except SystemExit:  # uvicorn's way to say that it cannot listen
        raise SettingsError(f"cannot listen at {host} port {port}: is it in use?") from None
    finally:
        listening.cancel()


def _config(host: str, port: int, service: Service, app: Outermost) -> uvicorn.Config:
    limits, tls = service.settings.limits, service.settings.tls
    connections = Connections(limits.connections, limits.client_connections, service.metrics)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=prompt_protocol(limits, connections),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=limits.header_bytes,
    )
    if tls:
        config.ssl_certfile = tls.certificate
        config.ssl_keyfile = tls.key
        if tls.client_ca:
            config.ssl_ca_certs = str(tls.client_ca)
            config.ssl_cert_reqs = ssl.CERT_REQUIRED
    return config


async def _listening(service: Service, settings: Settings, port: int) -> Listener:
    listener = Listener(service, settings.mllp)
    host = settings.mllp.host
    try:
        bound = await listener.start(port, _tls_context(settings))
    except OSError:
        await listener.close()
        raise SettingsError(f"cannot listen at {host} port {port}: is it in use?") from None
    say(f"takes HL7 messages at {host} port {bound}")
    return listener


def _tls_context(settings: Settings) -> ssl.SSLContext | None:
    tls = settings.tls
    if tls is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=tls.client_ca)
    context.load_cert_chain(tls.certificate, tls.key)
    if tls.client_ca:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


async def _say_when_listening(server: uvicorn.Server, place: Place, settings: Settings) -> None:
    while not server.started:
        await asyncio.sleep(0.02)
    if isinstance(place, str):
        say(f"ready at unix:{place}")
        return
    host = place[0]
    port = server.servers[0].sockets[0].getsockname()[1]
    scheme = "https" if settings.tls else "http"
    shown = f"[{host}]" if ":" in host else host
    say(f"ready at {scheme}://{shown}:{port}")


def _stopped(number: int, frame: FrameType | None) -> None:
    pass
