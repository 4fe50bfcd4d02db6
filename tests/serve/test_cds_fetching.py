"""Attachments by URL: fetched from the EHR that a site allows, with the call's own token."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from .fhir_resources import NOTE, document
from .service import serving
from .test_cds_hooks import call, cards

TOKEN = "of-this-call"


class Ehr(ThreadingHTTPServer):
    """An EHR's FHIR server: `/fhir/Binary/NAME`; what it was asked, and with which token."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/fhir"


class _Handler(BaseHTTPRequestHandler):
    server: Ehr

    def do_GET(self) -> None:
        token = self.headers.get("authorization")
        self.server.asked.append((self.path, token))
        kind, body = "text/plain", NOTE.encode()
        if self.path.endswith("/json"):
            kind = "application/fhir+json"
            data = base64.b64encode(body).decode()
            resource = {"resourceType": "Binary", "contentType": "text/plain", "data": data}
            body = json.dumps(resource).encode()
        if self.path.endswith("/long"):
            body *= 100
        if self.path.endswith("/slow"):
            time.sleep(8)
        moved = self.path.endswith("/moved")
        allowed = token == f"Bearer {TOKEN}" or "/open/" in self.path
        self.send_response(302 if moved else 200 if allowed else 401)
        if moved:
            self.send_header("Location", f"{self.server.url}/Binary/plain")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def ehr() -> Iterator[Ehr]:
    server = Ehr()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join(10)


@pytest.fixture(scope="module")
def site(ehr: Ehr, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("fetching")
    (folder / "serve.toml").write_text(
        f'[cds_clients]\nfetch_from = ["{ehr.url}"]\nfetch_seconds = 2\n'
        f"fetch_bytes = {len(NOTE) * 50}\n[workers]\ncount = 1\n"
    )
    with (
        serving("--settings", str(folder / "serve.toml"), folder=folder) as running,
        httpx.Client(base_url=running.url, timeout=60) as client,
    ):
        yield client


def linked(url: str) -> dict[str, Any]:
    attachment = {"contentType": "text/plain", "url": url}
    return {**document(), "content": [{"attachment": attachment}]}


def asking(ehr: Ehr, url: str) -> dict[str, Any]:
    authorization = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 300}
    return call(linked(url), fhirServer=ehr.url, fhirAuthorization=authorization)


def told(card: dict[str, Any]) -> tuple[str, str]:
    """What a card says; each has an id of its own."""
    return card["summary"], card["detail"]


@pytest.mark.parametrize("name", ["Binary/plain", "Binary/json", "{ehr}/Binary/plain"])
def test_a_linked_note_is_checked_as_one_sent_along(
    site: httpx.Client, ehr: Ehr, name: str
) -> None:
    (card,) = cards(site, asking(ehr, name.format(ehr=ehr.url)))
    (sent_along,) = cards(site, call(document()))
    assert told(card) == told(sent_along)
    assert ehr.asked[-1][1] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("name", ["Binary/long", "Binary/slow", "Binary/moved"])
def test_what_cannot_be_had_in_time_or_size_stays_a_link(
    site: httpx.Client, ehr: Ehr, name: str
) -> None:
    began = time.monotonic()
    (card,) = cards(site, asking(ehr, name))
    assert card["summary"] == "No operative note could be read for this encounter"
    assert time.monotonic() - began < 7
    assert ("/fhir/Binary/plain", None) not in ehr.asked


@pytest.mark.parametrize(
    "url", ["{root}/open/Binary/plain", "{ehr}/../open/Binary/x", "{ehr}/%2e%2e/open/Binary/x",
            "http://example.org/fhir/Binary/plain"],
)  # fmt: skip
def test_no_other_server_is_asked(site: httpx.Client, ehr: Ehr, url: str) -> None:
    before = len(ehr.asked)
    request = asking(ehr, url.format(ehr=ehr.url, root=ehr.url.removesuffix("/fhir")))
    (card,) = cards(site, request)
    assert card["summary"] == "No operative note could be read for this encounter"
    assert len(ehr.asked) == before


def test_the_token_goes_to_the_callers_server_alone(site: httpx.Client, ehr: Ehr) -> None:
    request = asking(ehr, f"{ehr.url}/Binary/plain") | {"fhirServer": "https://ehr.example.org/r4"}
    cards(site, request)
    assert ehr.asked[-1] == ("/fhir/Binary/plain", None)


def test_without_leave_nothing_is_fetched(client: httpx.Client, ehr: Ehr) -> None:
    before = len(ehr.asked)
    (card,) = cards(client, asking(ehr, "Binary/plain"))
    assert card["summary"] == "No operative note could be read for this encounter"
    assert len(ehr.asked) == before
