"""Signed cookies that say who somebody is, for a working day at most.

The cookie holds a name, a role and a secret for forms, signed; nothing of it is kept here. A new
start of the service makes a new key, so every session ends with it.
"""

from __future__ import annotations

import hmac
import re
import secrets
from http import HTTPStatus

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from notecheck.serve.auth import Gate
from notecheck.serve.problems import Refused
from notecheck.workbench.people import Person, Role, role_of

COOKIE = "notecheck-session"
CSRF_FIELD = "csrf"
CSRF_HEADER = "x-csrf"
_SECONDS = 12 * 3600
_NAME = re.compile(r"[\w .,'@-]{1,60}")


class Sessions:
    """Signs people in and tells who they are. `secure` keeps the cookie to TLS."""

    def __init__(self, gate: Gate, *, secure: bool) -> None:
        self._gate = gate
        self._secure = secure
        self._signer = URLSafeTimedSerializer(secrets.token_bytes(32), salt="session")

    @property
    def by_name(self) -> bool:
        """Whether a name is enough: the service has no keys and answers to this machine only."""
        return self._gate.is_open

    def person(self, request: Request) -> Person | None:
        """Who asks, or None without a session that still holds."""
        if self.by_name:
            self._gate.caller(request, None)  # refuses names that are rebound to this machine
        cookie = request.cookies.get(COOKIE)
        if cookie is None:
            return None
        try:
            name, role, csrf = self._signer.loads(cookie, max_age=_SECONDS)
        except (BadSignature, ValueError):
            return None
        return Person(name, Role(role), csrf)

    def sign_in(self, request: Request, given: str) -> Person:
        """The person of a key or token, or in an open service of a name. Raises Refused."""
        if self.by_name:
            if not _NAME.fullmatch(given.strip()):
                raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "give your name, up to 60 letters")
            return self.named(given.strip())
        caller = self._gate.known(given.strip())
        if caller is None:
            raise Refused(HTTPStatus.UNAUTHORIZED, "this key is not valid, or has expired")
        role = role_of(caller.scopes)
        if role is None:
            raise Refused(
                HTTPStatus.FORBIDDEN,
                "this key has none of the scopes view, work, approve and admin",
            )
        return Person(caller.name, role, secrets.token_urlsafe(16))

    @staticmethod
    def named(name: str) -> Person:
        """Somebody at this machine, who may do everything here."""
        return Person(name, Role.ADMIN, secrets.token_urlsafe(16))

    def begin(self, response: Response, person: Person) -> None:
        """Sends the cookie."""
        response.set_cookie(
            COOKIE,
            self._signer.dumps([person.name, int(person.role), person.csrf]),
            max_age=_SECONDS,
            httponly=True,
            samesite="strict",
            secure=self._secure,
        )

    @staticmethod
    def end(response: Response) -> None:
        response.delete_cookie(COOKIE)


def require_own_form(person: Person, given: str | None) -> None:
    """Refuses what another site's page sent in somebody's name."""
    if given is None or not hmac.compare_digest(given, person.csrf):
        raise Refused(HTTPStatus.FORBIDDEN, "this form is not of your session: load the page again")
