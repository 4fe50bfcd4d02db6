"""One client harms no other, what is poison is tried once, and every route asks for its scope."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import httpx
import pytest

from notecheck.log.entry import Entry
from notecheck.log.show import entry_text
from notecheck.serve.fairness import Fairness
from notecheck.serve.job import Job
from notecheck.serve.keys import add_key
from notecheck.serve.problems import Refused
from notecheck.serve.quarantine import Quarantine
from notecheck.serve.routes import batch, cds_hooks, check, decisions, fhir, health
from notecheck.serve.scopes import SCOPES, Scope

from .encounters import encounter
from .service import serving


def test_the_table_has_every_route_and_no_other() -> None:
    routes = {
        (method, route.path)
        for module in (check, batch, fhir, cds_hooks, decisions, health)
        for route in module.router.routes
        for method in route.methods
    }
    assert routes == set(SCOPES)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("guarded")
    keys = {s: add_key(folder / "keys.json", s.value, (s,), None) for s in Scope}
    (folder / "serve.toml").write_text(
        f'keys = "{folder}/keys.json"\n[workers]\ncount = 1\n[limits]\nclient_per_minute = 3\n'
    )
    with serving("--settings", str(folder / "serve.toml"), folder=folder) as served:
        yield served, keys


@pytest.mark.parametrize(("method", "path"), SCOPES)
def test_a_route_takes_its_scope_and_no_other(guarded, method: str, path: str) -> None:
    served, keys = guarded
    url = served.url + path.replace("{decision}", "unknown")
    assert httpx.request(method, url).status_code == 401
    for scope, key in keys.items():
        answer = httpx.request(method, url, headers={"authorization": f"Bearer {key}"})
        let_in = SCOPES[method, path] in (None, scope)
        assert (answer.status_code not in (401, 403)) is let_in
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_key_that_asks_too_often_is_told_when_to_come_again(guarded) -> None:
    served, keys = guarded
    headers = {"authorization": f"Bearer {keys[Scope.CHECK]}"}
    statuses = []
    for _ in range(5):
        answer = httpx.post(f"{served.url}/v1/check", json=encounter(), headers=headers, timeout=60)
        statuses.append(answer.status_code)
    assert statuses[0] == 200 and statuses[-1] == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.headers["content-type"] == "application/problem+json"


def test_two_lengths_are_refused(guarded) -> None:
    served, _ = guarded
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(
            b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        )
        assert b" 400 " in connection.recv(4096).split(b"\r\n")[0]


def test_a_client_has_so_many_at_once() -> None:
    fairness = Fairness(1, None)
    with fairness.turn("a"):
        with fairness.turn("b"):
            pass
        with pytest.raises(Refused) as caught, fairness.turn("a"):
            pass
        assert caught.value.status == 429 and caught.value.headers["Retry-After"] == "1"
    with fairness.turn("a"):
        pass


def test_quarantine_knows_content_and_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    quarantine = Quarantine()
    poison, other = Job("encounter", b"poison"), Job("encounter", b"other")
    quarantine.add(poison)
    assert quarantine.holds(poison) and not quarantine.holds(other)
    later = time.monotonic() + 4_000
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert not quarantine.holds(poison)


def test_what_the_log_shows_cannot_steer_a_terminal() -> None:
    body = (
        '{"decision":"pass","person":"A\\u001b[2J","reason":"ok\\n1  forged\\u202e","way":"w",'
        '"by":"b"}'
    )
    shown = entry_text(Entry(1, "2026-01-01T00:00:00.0Z", "override", "r", body, "p", "h"))
    assert "\x1b" not in shown and "\u202e" not in shown
    assert shown.count("\n") == 3
