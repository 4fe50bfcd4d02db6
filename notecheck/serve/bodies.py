"""The body of a request, within its limits."""

from __future__ import annotations

import asyncio
from email.message import Message
from http import HTTPStatus

from starlette.requests import Request

from notecheck.read.limits import megabytes
from notecheck.serve.problems import Refused

# The rest of the body is not read, so the connection cannot go on.
_CLOSE = {"Connection": "close"}


async def read_body(
    request: Request, media_types: tuple[str, ...], *, most: int, seconds: float
) -> bytes:
    """The body, of one of `media_types` in UTF-8 and at most `most` bytes.

    Raises Refused 415, 413, 408 or 400.
    """
    _require_type(request, media_types)
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise _too_large(most)
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise _too_large(most)
                parts.append(part)
    except TimeoutError:
        raise Refused(
            HTTPStatus.REQUEST_TIMEOUT, f"the body was not sent within {seconds:g} s", _CLOSE
        ) from None
    if not size:
        raise Refused(HTTPStatus.BAD_REQUEST, "the body is empty")
    return b"".join(parts)


def _require_type(request: Request, media_types: tuple[str, ...]) -> None:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    encoding = request.headers.get("content-encoding", "identity")
    charset = header.get_param("charset") or "utf-8"
    if header.get_content_type() not in media_types or "content-type" not in request.headers:
        detail = f"the body must be {' or '.join(media_types)}, and its Content-Type say so"
    elif str(charset).lower() not in ("utf-8", "utf8", "us-ascii"):
        detail = "the body must be in UTF-8"
    elif encoding != "identity":
        detail = "the body must not be compressed"
    else:
        return
    raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, _CLOSE)


def _too_large(most: int) -> Refused:
    return Refused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {megabytes(most)}", _CLOSE
    )
