"""Who asks, and may they? An API key or an OIDC token as a bearer; open only on the loopback."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from starlette.requests import Request

from notecheck.serve.fresh_file import FreshFile
from notecheck.serve.keys import read_keys
from notecheck.serve.problems import Refused
from notecheck.serve.scopes import Scope
from notecheck.serve.settings import CdsClients, Settings

_ALL: frozenset[str] = frozenset(Scope)


@dataclass(frozen=True)
class Caller:
    """Who asks: `name` is for the log."""

    name: str
    scopes: frozenset[str]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a service that listens at `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Gate:
    """Lets requests in. Raises InputError at the start for keys that cannot be read."""

    def __init__(self, settings: Settings) -> None:
        self._keys = FreshFile(settings.keys, read_keys) if settings.keys else None
        self._token: Callable[[str], tuple[str, frozenset[str]] | None] | None = None
        if settings.oidc:
            self._token = _verifier(settings)
        self._client: Callable[[str], str | None] | None = None
        if settings.cds_clients.jwks:
            self._client = _client_verifier(settings.cds_clients)

    @property
    def is_open(self) -> bool:
        """Whether anyone on this machine may ask."""
        return self._keys is None and self._token is None and self._client is None

    def caller(self, request: Request, scope: Scope | None) -> Caller:
        """Who asks. Raises Refused 401 or 403; `scope` None takes any valid key."""
        if self.is_open:
            self._require_local_name(request)
            return Caller("anonymous", _ALL)
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        caller = self.known(token.strip()) if kind.lower() == "bearer" else None
        if caller is None:
            raise Refused(
                HTTPStatus.UNAUTHORIZED,
                "give a valid key as `Authorization: Bearer KEY`",
                {"WWW-Authenticate": "Bearer"},
            )
        if scope is not None and scope not in caller.scopes:
            raise Refused(HTTPStatus.FORBIDDEN, f"this key has no scope `{scope}`")
        return caller

    def known(self, token: str) -> Caller | None:
        """Whose key or token this is, if it is taken now."""
        if self._keys is not None:
            key = self._keys.value.of(token, datetime.now(UTC))
            if key is not None:
                return Caller(f"key {key.name}", frozenset(key.scopes))
        if self._token is not None:
            found = self._token(token)
            if found is not None:
                return Caller(f"token {found[0]}", found[1])
        if self._client is not None:
            client = self._client(token)
            if client is not None:
                return Caller(f"client {client}", frozenset({Scope.CHECK}))
        return None

    @staticmethod
    def _require_local_name(request: Request) -> None:
        """A web page must not reach an open service through a name that it rebinds to it."""
        host = request.url.hostname or ""
        if not is_loopback(host):
            raise Refused(
                HTTPStatus.MISDIRECTED_REQUEST,
                "without keys, the service answers to localhost and loopback addresses only",
            )


def _client_verifier(settings: CdsClients) -> Callable[[str], str | None]:
    from notecheck.serve.cds_hooks.clients import ClientTokens
    from notecheck.serve.oidc import read_key_set

    assert settings.jwks is not None
    keys = FreshFile(settings.jwks, read_key_set)
    return ClientTokens(settings, lambda: keys.value).client


def _verifier(settings: Settings) -> Callable[[str], tuple[str, frozenset[str]] | None]:
    from notecheck.serve.oidc import read_key_set, verified

    oidc = settings.oidc
    assert oidc is not None
    keys = FreshFile(oidc.jwks, read_key_set)
    return lambda token: verified(token, keys.value, oidc)
