"""`notecheck hook --service`: asks a running service, with nothing heavy imported.

What comes back is the service's report, byte for byte what the hook prints when it checks itself.
Whatever the service cannot read as an encounter is left to the whole command, and so is a hook with
options that a service is not asked with.
"""

from __future__ import annotations

import io
import json
import os
import socket
import sys
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from notecheck.terminal.exit_status import FAILED, hook_status

SERVICE = "NOTECHECK_SERVICE"
IF_AWAY = "NOTECHECK_IF_AWAY"
KEY = "NOTECHECK_SERVICE_KEY"
_PATH = "/v1/check"
_CODE = "NC150"
_SECONDS = 60  # longer than a service lets a check wait and run
_NOT_READ = (413, 415, 422)  # no encounter in the service's eyes: another format, or a wrong one
_BUSY = (429, 502, 503, 504)


class _Away(Exception):
    """The service does not answer."""


@dataclass(slots=True)
class _Asked:
    """What the command line and the environment say."""

    service: str
    if_away: str
    fail_on: str = "stop"
    path: str | None = None


def hook_of_service(words: list[str]) -> int | None:
    """The exit status of `notecheck hook` with these words; None where it has to check itself."""
    asked = _asked(words)
    if asked is None:
        return None
    try:
        body = _body(asked.path)
    except OSError:
        return None  # the whole command says what is wrong with it
    try:
        status, answer = _answer(asked.service, body)
    except ValueError:
        return _say(
            f'--service: "{asked.service}" is no address: give http(s)://HOST:PORT or unix:PATH'
        )
    except _Away as away:
        if asked.if_away == "refuse":
            return _say(f"the service at {asked.service} cannot be asked: {away}")
        _check_here(body)
        return None
    if status == 200:
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()
        return hook_status(json.loads(answer), asked.fail_on)
    if status in _NOT_READ:
        _check_here(body)
        return None
    return _say(f"the service at {asked.service} refuses: {_detail(status, answer)}")


def _asked(words: list[str]) -> _Asked | None:
    """None where no service is named, or where there is more than a service is asked with."""
    service = os.environ.get(SERVICE, "")
    found = _Asked(service, os.environ.get(IF_AWAY, "check"))
    left = list(words)
    while left:
        name, _, value = left.pop(0).partition("=")
        if name in ("--service", "--if-away", "--fail-on"):
            value = value or (left.pop(0) if left else "")
            setattr(found, name[2:].replace("-", "_"), value)
        elif name.startswith("-") or value or found.path is not None:
            return None
        else:
            found.path = name
    known = found.if_away in ("check", "refuse") and found.fail_on in ("review", "stop")
    return found if found.service and known else None


def _body(path: str | None) -> bytes:
    if path is not None:
        with open(path, "rb") as file:
            return file.read()
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


def _answer(service: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of the answer.

    Raises _Away where there is none, ValueError for an address that is none.
    """
    headers = {"Content-Type": "application/json", "Connection": "close"}
    if key := os.environ.get(KEY):
        headers["Authorization"] = f"Bearer {key}"
    connection, path = _connection(service)
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        status, answer = response.status, response.read()
    except (OSError, HTTPException) as error:
        raise _Away(getattr(error, "strerror", None) or type(error).__name__) from None
    finally:
        connection.close()
    if status in _BUSY:
        raise _Away(_detail(status, answer))
    return status, answer


def _connection(service: str) -> tuple[HTTPConnection, str]:
    where = urlsplit(service)
    if where.scheme == "unix" and where.path:
        return _SocketConnection(where.path), _PATH
    if where.scheme not in ("http", "https") or not where.hostname:
        raise ValueError(service)
    make = HTTPSConnection if where.scheme == "https" else HTTPConnection
    return make(where.hostname, where.port, timeout=_SECONDS), where.path.rstrip("/") + _PATH


class _SocketConnection(HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)


def _check_here(body: bytes) -> None:
    """Leave it to the whole command, which reads what was read already once more."""
    if sys.stdin is not None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8")


def _detail(status: int, answer: bytes) -> str:
    """What the service says of a refusal; its answer holds no word of a note."""
    try:
        return str(json.loads(answer)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP status {status}"


def _say(sentence: str) -> int:
    sys.stderr.write(f"notecheck: {sentence} [{_CODE}]\n")
    return FAILED
