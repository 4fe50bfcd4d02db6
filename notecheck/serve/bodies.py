"""The body of a request, within its limits."""

from __future__ import annotations

import asyncio
import zlib
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
    """The body, of one of `media_types` (JSON in UTF-8) and at most `most` bytes, unpacked.

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
    body = b"".join(parts)
    if request.headers.get("content-encoding", "identity").lower() == "gzip":
        return _unpacked(body, most)
    return body


def media_type(request: Request) -> str:
    """The media type that the request says its body is of, without its parameters."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    return header.get_content_type()


def _unpacked(body: bytes, most: int) -> bytes:
    """The content of a gzip body, never more than `most` bytes of it. Raises Refused 413 or 400."""
    packed = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = packed.decompress(body, most + 1)
    except zlib.error:
        raise Refused(HTTPStatus.BAD_REQUEST, "the body is no gzip") from None
    if len(content) > most or packed.unconsumed_tail:
        raise _too_large(most)
    if not packed.eof:
        raise Refused(HTTPStatus.BAD_REQUEST, "the gzip of the body is cut off")
    return content


def _require_type(request: Request, media_types: tuple[str, ...]) -> None:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    encoding = request.headers.get("content-encoding", "identity")
    charset = header.get_param("charset") or "utf-8"
    if header.get_content_type() not in media_types or "content-type" not in request.headers:
        detail = f"the body must be {' or '.join(media_types)}, and its Content-Type say so"
    elif _is_json(header) and str(charset).lower() not in ("utf-8", "utf8", "us-ascii"):
        detail = "the body must be in UTF-8"
    elif encoding.lower() not in ("identity", "gzip"):
        detail = "the body may be compressed with gzip, and not otherwise"
    else:
        return
    raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, _CLOSE)


def _is_json(header: Message) -> bool:
    return header.get_content_type().endswith(("json", "jsonl"))


def _too_large(most: int) -> Refused:
    return Refused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {megabytes(most)}", _CLOSE
    )
