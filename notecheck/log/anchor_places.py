"""The second places where anchors are noted down: a file, syslog, or an object store by URL."""

from __future__ import annotations

import json
import logging
import os
from logging.handlers import SYSLOG_UDP_PORT, SysLogHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from notecheck.errors import UsageError
from notecheck.extras import missing_extra
from notecheck.log.failure import LogError

_SYSTEM_LOG = "/dev/log"
_SECONDS = 10.0
STORES = ("https://", "http://")
SYSLOG = "syslog:"


def note_down(line: str, place: str, token: str | None = None) -> None:
    """Notes an anchor's line down at `place`; it is there when this returns.

    `place` is the path of a file, which is appended to; `syslog:` (this machine's) or
    `syslog://HOST:PORT`, which gets it with the ident notecheck (UDP knows no receipt); or the
    URL of a folder of an object store, in which the anchor becomes an object of its own by PUT, and
    never takes the place of another. `token` is sent to an object store as a bearer token.
    Raises LogError when it cannot be done.
    """
    try:
        if place.startswith(STORES):
            _put(line, place, token)
        elif place.startswith(SYSLOG):
            _log(line, place)
        else:
            _append(line, Path(place))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise LogError(f"the anchor cannot be written: {why}", where=place) from None


def _append(line: str, path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def _log(line: str, place: str) -> None:
    handler = _Loud(_syslog_address(place), SysLogHandler.LOG_AUTH)
    try:
        handler.ident = "notecheck: "
        handler.emit(logging.LogRecord("notecheck", logging.INFO, "", 0, line, None, None))
    finally:
        handler.close()


def _syslog_address(place: str) -> str | tuple[str, int]:
    parts = urlsplit(place)
    try:
        return (parts.hostname, parts.port or SYSLOG_UDP_PORT) if parts.hostname else _SYSTEM_LOG
    except ValueError:
        raise UsageError("this is no syslog: or syslog://HOST:PORT", where=place) from None


class _Loud(SysLogHandler):
    """Raises where logging would go on without a word."""

    def handleError(self, record: logging.LogRecord) -> None:
        raise  # called where the error is being handled


def _put(line: str, place: str, token: str | None) -> None:
    try:
        import httpx
    except ImportError:
        raise missing_extra("an anchor in an object store", "serve") from None
    said: dict[str, Any] = json.loads(line)
    name = f"{said['number']:012d}-{said['head'][:16]}.json"
    headers = {"Content-Type": "application/json", "If-None-Match": "*"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = httpx.put(
            f"{place.rstrip('/')}/{name}", content=line + "\n", headers=headers, timeout=_SECONDS
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OSError(None, type(error).__name__) from None
    # 412: this very anchor is there already, for its name is made of what it says.
    if not answer.is_success and answer.status_code != httpx.codes.PRECONDITION_FAILED:
        raise OSError(None, f"status {answer.status_code}")
