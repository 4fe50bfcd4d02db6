"""Signing in through the site's own sign-on service: OIDC, authorization code with PKCE (RFC 7636).

The browser is sent there with a secret of its own, kept in a signed cookie, and comes back with a
code; the code is exchanged for an ID token, which is verified against the local key set. Nothing
else of the sign-on service is fetched, and no token is kept.
"""

from __future__ import annotations

import hmac
import secrets
from http import HTTPStatus
from pathlib import Path

import httpx
import jwt
from itsdangerous import BadSignature, URLSafeTimedSerializer
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from notecheck.errors import InputError
from notecheck.serve.fresh_file import FreshFile
from notecheck.serve.oidc import claims_of, read_key_set
from notecheck.serve.problems import Refused
from notecheck.serve.settings import Oidc, SignIn
from notecheck.workbench.people import Person, role_of

RETURN_PATH = "/sign-in/return"
_COOKIE = "notecheck-sign-on"
_SECONDS = 600


class SignOn:
    """One sign-on service. Raises InputError where the key set or the secret cannot be read."""

    def __init__(self, oidc: Oidc, settings: SignIn) -> None:
        self._oidc = oidc
        self._settings = settings
        self._keys: FreshFile[jwt.PyJWKSet] = FreshFile(oidc.jwks, read_key_set)
        self._secret = _secret(settings.client_secret_file)
        self._signer = URLSafeTimedSerializer(secrets.token_bytes(32), salt="sign-on")

    def begin(self, to: str) -> Response:
        """Sends the browser to the sign-on service; `to` is where it leads afterwards."""
        client = WebApplicationClient(self._settings.client_id)
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        verifier = client.create_code_verifier(64)
        there = client.prepare_request_uri(
            self._settings.authorize,
            redirect_uri=self._return_address,
            scope=self._settings.scope.split(),
            state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
            nonce=nonce,
        )
        response = RedirectResponse(there, HTTPStatus.SEE_OTHER)
        response.set_cookie(
            _COOKIE,
            self._signer.dumps([state, nonce, verifier, to]),
            max_age=_SECONDS,
            path=RETURN_PATH,
            httponly=True,
            samesite="lax",  # it has to come along when the sign-on service sends the browser back
            secure=self._settings.address.startswith("https:"),
        )
        return response

    async def finish(self, request: Request) -> tuple[Person, str]:
        """Who came back, and where to. Raises Refused."""
        try:
            state, nonce, verifier, to = self._signer.loads(
                request.cookies.get(_COOKIE, ""), max_age=_SECONDS
            )
        except (BadSignature, ValueError):
            raise _refused("signing in took too long, or began in another browser") from None
        given = request.query_params
        if not hmac.compare_digest(given.get("state", "").encode(), state.encode()):
            raise _refused("this answer of the sign-on service is not to your sign-in")
        if "code" not in given:
            raise _refused("the sign-on service did not let you in")
        token = await self._exchanged(given["code"], verifier)
        return self._person(token, nonce), to

    @property
    def _return_address(self) -> str:
        return self._settings.address + RETURN_PATH

    async def _exchanged(self, code: str, verifier: str) -> str:
        client = WebApplicationClient(self._settings.client_id)
        body = client.prepare_request_body(
            code, redirect_uri=self._return_address, code_verifier=verifier
        )
        who = httpx.BasicAuth(self._settings.client_id, self._secret) if self._secret else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            async with httpx.AsyncClient(timeout=self._settings.seconds, auth=who) as http:
                answer = await http.post(self._settings.token, content=body, headers=headers)
            found = client.parse_request_body_response(answer.text)
        except httpx.HTTPError:
            raise Refused(
                HTTPStatus.BAD_GATEWAY, "the sign-on service does not answer: try again"
            ) from None
        except (OAuth2Error, ValueError):
            raise _refused("the sign-on service did not take your sign-in: try again") from None
        token = found.get("id_token")
        if not isinstance(token, str):
            raise _refused("the sign-on service named nobody: its answer has no ID token")
        return token

    def _person(self, token: str, nonce: str) -> Person:
        claims = claims_of(
            token,
            self._keys.value,
            issuer=self._oidc.issuer,
            audience=self._settings.client_id,
        )
        if claims is None or not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
            raise _refused("the sign-on service's ID token is not valid")
        named = claims.get(self._settings.roles_claim)
        words = named.split() if isinstance(named, str) else named
        words = [str(word) for word in words] if isinstance(words, list) else []
        role = role_of(self._settings.roles.get(word, word) for word in words)
        if role is None:
            raise Refused(
                HTTPStatus.FORBIDDEN,
                "the sign-on service names none of the roles view, work, approve and admin for you",
            )
        name = claims.get("name") or claims["sub"]
        return Person(str(name)[:60], role, secrets.token_urlsafe(16))


def end(response: Response) -> None:
    """Takes back what `begin` gave."""
    response.delete_cookie(_COOKIE, path=RETURN_PATH)


def _secret(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise InputError("the client's secret cannot be read", where=str(path)) from None


def _refused(why: str) -> Refused:
    return Refused(HTTPStatus.UNAUTHORIZED, why)
