"""uvicorn's HTTP with limits: of connections, of time for the head of a request, and of time for a
client to take its answer; and a polite end.

uvicorn itself waits for ever for a client that sends one header after the other, slowly, or that
reads nothing, and closes connections at its end without a word.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from notecheck.serve.connections import Connections, refusal_bytes
from notecheck.serve.settings import Limits

# A connection that is refused is read for so long, so that its client sees the refusal.
_FAREWELL_SECONDS = 1.0


def prompt_protocol(limits: Limits, connections: Connections) -> type[H11Protocol]:
    """A protocol that closes a connection whose request has no whole head after `header_seconds`,
    or whose client takes nothing of its answer for `body_seconds`."""

    class PromptProtocol(H11Protocol):
        _timer: asyncio.TimerHandle | None = None
        _stuck: asyncio.TimerHandle | None = None
        _host: str | None = None
        _refused = False

        # As uvicorn types it, narrower than asyncio.
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._host = self.client[0] if self.client else None
            if (refused := connections.enter(self._host)) is not None:
                self._refused = True
                transport.write(refusal_bytes(refused))
                self._timer = self.loop.call_later(_FAREWELL_SECONDS, transport.abort)
                return
            transport.set_write_buffer_limits(high=1)  # whatever is not taken counts
            self._timer = self.loop.call_later(limits.header_seconds, self._close_if_still_waiting)

        def data_received(self, data: bytes) -> None:
            if self._refused:
                return
            super().data_received(data)
            if self._in_a_request():
                self._stop_timer()
            elif self._timer is None:
                self._timer = self.loop.call_later(
                    limits.header_seconds, self._close_if_still_waiting
                )

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timer()
            if self._stuck is not None:
                self._stuck.cancel()
            if not self._refused:
                connections.leave(self._host)
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stuck = self.loop.call_later(limits.body_seconds, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._stuck is not None:
                self._stuck.cancel()
                self._stuck = None

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
