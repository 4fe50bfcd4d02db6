"""An object store over HTTP that takes objects by PUT, none over another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import NamedTuple


class Stored(NamedTuple):
    """An object, and the authorization that came with it."""

    path: str
    body: bytes
    token: str | None


@contextmanager
def storing(status: int = 201) -> Iterator[tuple[str, list[Stored]]]:
    """The store's address and what it holds; it answers `status`, or 412 for a name it has."""
    objects: list[Stored] = []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken = any(stored.path == self.path for stored in objects)
            refused = taken and self.headers["If-None-Match"] == "*"
            if not refused and status < 300:
                objects.append(Stored(self.path, body, self.headers["Authorization"]))
            self.send_response(412 if refused else status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", objects
        finally:
            server.shutdown()
