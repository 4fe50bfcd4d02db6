"""Connections of a real service: so many of each client, none idle or stuck for ever."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from notecheck.serve.connections import Connections
from notecheck.serve.metrics import Metrics

from .hl7_messages import Connection, mdm
from .service import Served, figure, serving

OF_CLIENT = 4
SETTINGS = f"""
[workers]
count = 1
[limits]
body_seconds = 2
client_connections = {OF_CLIENT}
[mllp]
store = "FOLDER/hl7.sqlite"
idle_seconds = 1.5
"""


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("limited")
    (folder / "serve.toml").write_text(SETTINGS.replace("FOLDER", str(folder)))
    options = ("--settings", str(folder / "serve.toml"), "--mllp", "0")
    with serving(*options, folder=folder) as running:
        yield running


def http_port(served: Served) -> int:
    return int(served.url.rpartition(":")[2])


def mllp_port(served: Served) -> int:
    found = re.search(r"takes HL7 messages at \S+ port (\d+)", "".join(served.said))
    assert found
    return int(found[1])


def received(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    data = b""
    while part := connection.recv(65_536):
        data += part
    return data


def test_one_http_connection_too_many_is_told_when_to_come_again(limited: Served) -> None:
    address = ("127.0.0.1", http_port(limited))
    with ExitStack() as held:
        for _ in range(OF_CLIENT):
            held.enter_context(socket.create_connection(address, timeout=20))
        time.sleep(0.2)
        with socket.create_connection(address, timeout=20) as refused:
            refused.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            head, _, body = received(refused).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
    told = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    assert told[b"Content-Type"] == b"application/problem+json"
    assert int(told[b"Retry-After"]) >= 1
    assert told[b"Connection"] == b"close"
    assert json.loads(body)["detail"].startswith(f"you have {OF_CLIENT} connections already")
    assert httpx.get(f"{limited.url}/healthz").status_code == 200
    assert figure(limited, 'notecheck_refused_total{reason="connections"}') == 1


def test_one_mllp_connection_too_many_is_told(limited: Served) -> None:
    held = [Connection(mllp_port(limited)) for _ in range(OF_CLIENT)]
    time.sleep(0.2)
    ack = Connection(mllp_port(limited)).send(mdm("M1"))
    assert ack["MSA"] == ["MSA", "AR", "M1"]
    assert "connections already" in ack["ERR"][8]
    for connection in held:
        connection.socket.close()
    time.sleep(0.2)
    assert Connection(mllp_port(limited)).send(mdm("M2"))["MSA"][1] == "AA"


def test_an_idle_mllp_connection_is_closed(limited: Served) -> None:
    connection = Connection(mllp_port(limited))
    assert connection.send(mdm("M3"))["MSA"][1] == "AA"
    assert received(connection.socket) == b""  # and no later than the socket's own time limit


def test_a_client_that_takes_no_answers_is_let_go(limited: Served) -> None:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", http_port(limited)))
    request = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with pytest.raises((ConnectionError, TimeoutError)) as raised:
        while True:  # until nothing more goes in, and then until the service gives up
            connection.sendall(request * 500)
    assert not isinstance(raised.value, TimeoutError)
    assert httpx.get(f"{limited.url}/healthz").status_code == 200


def test_clients_are_counted_apart_and_an_ipv6_network_is_one() -> None:
    connections = Connections(5, 2, Metrics())
    for host in ("10.0.0.1", "10.0.0.1", "2001:db8::1", "2001:db8::2"):
        assert connections.enter(host) is None
    again, near, other = (connections.enter(h) for h in ("10.0.0.1", "2001:db8::3", "10.0.0.2"))
    assert again and again.status == 429
    assert near and near.status == 429
    assert other is None
    full = connections.enter("10.0.0.3")
    assert full and full.status == 503 and "Retry-After" in full.headers
    connections.leave("10.0.0.1")
    assert connections.enter("::ffff:10.0.0.1") is None
    assert connections.enter("10.0.0.3") is not None
