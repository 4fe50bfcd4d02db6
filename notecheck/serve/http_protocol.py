"""uvicorn's HTTP with a time limit for the head of a request, and a polite end.

uvicorn itself waits for ever for a client that sends one header after the other, slowly, and
closes connections at its end without a word.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


def prompt_protocol(seconds: float) -> type[H11Protocol]:
    """A protocol that closes a connection whose request has no whole head after `seconds`."""

    class PromptProtocol(H11Protocol):
        _timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._timer = self.loop.call_later(seconds, self._close_if_still_waiting)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self._in_a_request():
                self._stop_timer()
            elif self._timer is None:
                self._timer = self.loop.call_later(seconds, self._close_if_still_waiting)

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timer()
            super().connection_lost(exc)

        def shutdown(self) -> None:
            super().shutdown()
            if self._in_a_request():
                # uvicorn closes after this answer; as if the client had asked for it, it says so
                # in the answer, and the client does not send its next request into the void.
                scope = self.cycle.scope
                scope["headers"] = [*scope["headers"], (b"connection", b"close")]

        def _in_a_request(self) -> bool:
            return self.cycle is not None and not self.cycle.response_complete

        def _close_if_still_waiting(self) -> None:
            self._timer = None
            if not self._in_a_request() and not self.transport.is_closing():
                self.transport.close()

        def _stop_timer(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    return PromptProtocol
