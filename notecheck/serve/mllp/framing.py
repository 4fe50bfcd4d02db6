"""MLLP: a message between a vertical tab and a file separator with a carriage return."""

from __future__ import annotations

import asyncio

_START = b"\x0b"
_END = b"\x1c\r"
_BETWEEN = b"\r\n \x00"


class BrokenFrame(Exception):
    """What came is no MLLP, is too large or too slow: the connection cannot go on."""


async def next_block(
    reader: asyncio.StreamReader, seconds: float, idle: float | None = None
) -> bytes | None:
    """The next message, or None when the other side has ended.

    It must begin within `idle` seconds and then end within `seconds`, and within the reader's
    limit. Raises BrokenFrame, ConnectionError.
    """
    try:
        async with asyncio.timeout(idle):
            while (first := await reader.read(1)) != _START:
                if not first:
                    return None
                if first not in _BETWEEN:
                    raise BrokenFrame
        async with asyncio.timeout(seconds):
            block = await reader.readuntil(_END)
    except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        raise BrokenFrame from None
    return block.removesuffix(_END)


def framed(message: bytes) -> bytes:
    """The message in its frame."""
    return _START + message + _END
