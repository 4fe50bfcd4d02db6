"""A session holds for a working day, and is nobody else's."""

from __future__ import annotations

import time

import pytest
from starlette.requests import Request
from starlette.responses import Response

from notecheck.serve.auth import Gate
from notecheck.serve.settings import Settings
from notecheck.workbench.people import Person
from notecheck.workbench.sessions import Sessions

_HOUR = 3600


@pytest.fixture
def sessions() -> Sessions:
    return Sessions(Gate(Settings()), secure=False)


def begun(sessions: Sessions) -> Request:
    """What a browser asks after it signed in."""
    response = Response()
    sessions.begin(response, sessions.named("Ada"))
    cookie = response.headers["set-cookie"].split(";")[0]
    return Request(
        {"type": "http", "method": "GET", "path": "/queue", "query_string": b"",
         "headers": [(b"cookie", cookie.encode()), (b"host", b"127.0.0.1")]}
    )  # fmt: skip


def test_it_ends_after_twelve_hours(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    request, now = begun(sessions), time.time()
    found = sessions.person(request)
    assert isinstance(found, Person) and found.name == "Ada"
    monkeypatch.setattr(time, "time", lambda: now + 11 * _HOUR)
    assert sessions.person(request) is not None
    monkeypatch.setattr(time, "time", lambda: now + 13 * _HOUR)
    assert sessions.person(request) is None


def test_it_ends_with_the_service_that_began_it(sessions: Sessions) -> None:
    started_again = Sessions(Gate(Settings()), secure=False)
    assert started_again.person(begun(sessions)) is None
