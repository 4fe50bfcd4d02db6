"""Whatever is sent gets a clear refusal; the `client` fixture sees that the service stays well."""

from __future__ import annotations

import json
import socket
import time
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
import pytest

from .encounters import SECRET, encounter
from .service import Served

JSON = {"content-type": "application/json"}
GOOD = json.dumps(encounter()).encode()

REFUSED: dict[str, tuple[bytes, dict[str, str], int, str]] = {
    "empty": (b"", JSON, 400, "the body is empty"),
    "broken": (b'{"a": ', JSON, 422, "not valid JSON at line 1, column 7"),
    "a note": (SECRET.encode(), JSON, 422, "not valid JSON"),
    "a list": (b"[" + GOOD + b"]", JSON, 422, "JSON list"),
    "deep": (b"[" * 200_000, JSON, 422, "nested too deeply"),
    "deep objects": (b'{"a":' * 100_000, JSON, 422, "nested too deeply"),
    "many digits": (b'{"a": ' + b"9" * 10_000 + b"}", JSON, 422, "too many digits"),
    "binary": (b"\x00\x01\x02" * 500, JSON, 422, "binary"),
    "not utf-8": (b'{"encounter_id": "\xff\xfe"}', JSON, 422, ""),
    "half a surrogate": (GOOD.replace(SECRET.encode(), b"\\ud800"), JSON, 422, "surrogate"),
    "no type": (GOOD, {}, 415, "the body must be application/json"),
    "other type": (GOOD, {"content-type": "video/mp4"}, 415, "the body must be application/json"),
    "form": (GOOD, {"content-type": "multipart/form-data; boundary=x"}, 415, "application/json"),
    "other charset": (GOOD, {"content-type": "application/json; charset=utf-16"}, 415, "UTF-8"),
    "compressed": (GOOD, {**JSON, "content-encoding": "br"}, 415, "compressed with gzip"),
    "no gzip": (GOOD, {**JSON, "content-encoding": "gzip"}, 400, "the body is no gzip"),
    "large": (b" " * 1_000_001, JSON, 413, "the body is larger than 1 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_bodies(client: httpx.Client, name: str) -> None:
    body, headers, status, detail = REFUSED[name]
    answer = client.post("/v1/check", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status and detail in told["detail"]
    assert SECRET not in answer.text
    assert "notecheck-decision" not in answer.headers


def test_a_large_body_of_unknown_length_is_refused(client: httpx.Client) -> None:
    parts = (b" " * 50_000 for _ in range(100))
    answer = client.post("/v1/check", content=parts, headers=JSON)
    assert answer.status_code == 413


def test_a_large_line_of_a_batch_is_its_own_error(client: httpx.Client) -> None:
    body = GOOD + b"\n" + b'"' + b" " * 1_000_000 + b'"\n' + GOOD
    answer = client.post(
        "/v1/check/batch", content=body, headers={"content-type": "application/x-ndjson"}
    )
    said = [json.loads(line) for line in answer.text.splitlines()]
    assert [one.get("status") for one in said] == [None, 413, None]


def raw(served: Served, data: bytes, *, pause: float = 0.0, repeat: bytes = b"") -> bytes:
    """Sends bytes as they are, then `repeat` every `pause` seconds, until the service closes."""
    parts = urlsplit(served.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(data)
        connection.settimeout(pause or 30)
        received = b""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                got = connection.recv(65536)
                if not got:
                    return received
                received += got
            except TimeoutError:
                connection.sendall(repeat)
            except ConnectionError:
                return received
    raise AssertionError("the service did not close the connection")


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10,
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/json\r\n\r\nZZ\r\n",
    ],
    ids=["tls", "nonsense", "long header", "many headers", "length", "chunk"],
)
def test_what_is_not_http_is_refused(client: httpx.Client, served: Served, data: bytes) -> None:
    received = raw(served, data)
    assert received == b"" or received.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 431 "))


def test_a_client_that_sends_headers_slowly_is_let_go(client: httpx.Client, served: Served) -> None:
    raw(served, b"GET /healthz HTTP/1.1\r\n", pause=0.2, repeat=b"X-Slow: 1\r\n")


def test_a_client_that_sends_its_body_slowly_is_told(client: httpx.Client, served: Served) -> None:
    head = (
        b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 100000\r\n\r\n{"
    )
    received = raw(served, head, pause=0.2, repeat=b" ")
    assert received.startswith(b"HTTP/1.1 408 ")
    assert b"the body was not sent within 2 s" in received


def test_a_client_that_leaves_does_no_harm(client: httpx.Client, served: Served) -> None:
    parts = urlsplit(served.url)
    for length in (10, len(GOOD)):
        with socket.create_connection((parts.hostname, parts.port)) as connection:
            connection.sendall(
                b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n" % len(GOOD) + GOOD[:length]
            )
    assert client.post("/v1/check", content=GOOD, headers=JSON).status_code == HTTPStatus.OK


def test_another_name_for_the_open_service_is_refused(client: httpx.Client) -> None:
    answer = client.get("/healthz", headers={"host": "rebound.example"})
    assert answer.status_code == 421
