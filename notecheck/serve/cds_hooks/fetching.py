"""Attachments that a call names by URL, fetched from the EHRs that a site allows.

EHRs often send a note as `attachment.url`, to be read from their FHIR server with the access token
that came with the call (CDS Hooks 2.0, "FHIR Resource Access"). Nothing is fetched unless a site
names the server in `fetch_from`; what cannot be fetched stays a link, which the report remarks.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from notecheck.errors import InputError
from notecheck.read.json_text import parse_json
from notecheck.serve.settings import CdsClients

_FETCHED = "notecheck-attachments"
_MOST_DEEP = 6
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


async def with_attachments(body: bytes, settings: CdsClients) -> bytes:
    """The call `body`, with what it names by URL in a prefetch of its own, `notecheck-attachments`.

    The call as it came, where nothing is to be fetched or it is not what it should be: that is
    said where it is read.
    """
    if not settings.fetch_from:
        return body
    call = await asyncio.to_thread(_parsed, body)
    if call is None:
        return body
    server = call.get("fhirServer")
    base = server.rstrip("/") + "/" if isinstance(server, str) else ""
    wanted = [url for url in _missing(call.get("prefetch"), base) if _allowed(url, settings)]
    if not wanted:
        return body
    token = _token(call)
    async with httpx.AsyncClient(follow_redirects=False, timeout=settings.fetch_seconds) as client:
        try:
            async with asyncio.timeout(settings.fetch_seconds):
                found = await asyncio.gather(
                    *(
                        _binary(client, url, token if base and url.startswith(base) else None,
                                settings.fetch_bytes)
                        for url in wanted[: settings.fetch_most]
                    )
                )  # fmt: skip
        except TimeoutError:
            return body
    entries = [entry for entry in found if entry]
    prefetch = {**call["prefetch"], _FETCHED: {"resourceType": "Bundle", "entry": entries}}
    return json.dumps({**call, "prefetch": prefetch}).encode()


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        call = parse_json(body.decode())
    except (InputError, UnicodeDecodeError):
        return None
    return call if isinstance(call, dict) and isinstance(call.get("prefetch"), dict) else None


def _token(call: dict[str, Any]) -> str | None:
    told = call.get("fhirAuthorization")
    token = told.get("access_token") if isinstance(told, dict) else None
    return token if isinstance(token, str) else None


def _missing(prefetch: Any, base: str) -> list[str]:
    """The absolute URLs of attachments that did not come along, each once."""
    told = list(_objects(prefetch, 0))
    there = {entry["fullUrl"] for entry in told if isinstance(entry.get("fullUrl"), str)}
    there |= {f"Binary/{one.get('id')}" for one in told if one.get("resourceType") == "Binary"}
    urls = [
        one["url"]
        for one in told
        if isinstance(one.get("url"), str) and "contentType" in one and not one.get("data")
    ]
    named = (url for url in urls if not url.startswith(("#", "urn:")))
    absent = (
        url for url in named if url not in there and "/".join(url.split("/")[-2:]) not in there
    )
    return list(dict.fromkeys(urljoin(base, url) for url in absent))


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """All objects of the resources sent along."""
    if isinstance(value, dict):
        yield value
    if depth < 2 * _MOST_DEEP and isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _objects(part, depth + 1)


def _allowed(url: str, settings: CdsClients) -> bool:
    """Whether the site allows this server; over TLS, or on this machine."""
    told = urlsplit(url)
    if told.scheme != "https" and told.hostname not in _LOOPBACK:
        return False
    path = unquote(url.split("?")[0])
    return ".." not in path and any(
        url.startswith(server.rstrip("/") + "/") for server in settings.fetch_from
    )


async def _binary(
    client: httpx.AsyncClient, url: str, token: str | None, most: int
) -> dict[str, Any] | None:
    """A Bundle's entry of the Binary at `url`, or None where it cannot be had."""
    headers = {"Accept": "*/*"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = bytearray()
    try:
        async with client.stream("GET", url, headers=headers) as answer:
            if answer.status_code != httpx.codes.OK:
                return None
            async for part in answer.aiter_bytes():
                data += part
                if len(data) > most:
                    return None
    except httpx.HTTPError:
        return None
    media = answer.headers.get("content-type", "")
    if "fhir+json" in media:
        resource = _resource(bytes(data))
        if resource is not None:
            return {"fullUrl": url, "resource": resource}
    held = base64.b64encode(data).decode()
    resource = {"resourceType": "Binary", "contentType": media, "data": held}
    return {"fullUrl": url, "resource": resource}


def _resource(data: bytes) -> dict[str, Any] | None:
    try:
        value = parse_json(data.decode())
    except (InputError, UnicodeDecodeError):
        return None
    return value if isinstance(value, dict) else None
