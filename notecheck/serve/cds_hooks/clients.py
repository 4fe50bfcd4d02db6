"""The signed tokens with which EHRs call (CDS Hooks 2.0, "Trusting CDS Clients")."""

from __future__ import annotations

import time
from collections.abc import Callable

import jwt

from notecheck.serve.settings import CdsClients

_ALGORITHMS = ["ES256", "ES384", "RS256", "RS384"]
_LEEWAY_SECONDS = 30
_LONGEST_LIFE = 3600  # seconds; the specification asks for five minutes
_MOST_REMEMBERED = 100_000


class ClientTokens:
    """Lets in each token once: `key_set` gives the EHRs' public keys as they are now."""

    def __init__(self, settings: CdsClients, key_set: Callable[[], jwt.PyJWKSet]) -> None:
        self._settings = settings
        self._key_set = key_set
        self._used: dict[tuple[str, str], float] = {}

    def client(self, token: str) -> str | None:
        """The issuer of the token, or None where it is not to be trusted or was used before.

        The claims iss, aud, exp, iat and jti are required.
        """
        try:
            header = jwt.get_unverified_header(token)
            key = next(k for k in self._key_set().keys if k.key_id == header.get("kid"))
            claims = jwt.decode(
                token,
                key,
                algorithms=[name for name in _ALGORITHMS if name == key.algorithm_name],
                audience=self._settings.audience,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["iss", "aud", "exp", "iat", "jti"]},
            )
        except (jwt.PyJWTError, StopIteration):
            return None
        issuer = str(claims["iss"])
        if issuer not in self._settings.issuers or claims["exp"] - claims["iat"] > _LONGEST_LIFE:
            return None
        return issuer if self._is_new(issuer, str(claims["jti"]), float(claims["exp"])) else None

    def _is_new(self, issuer: str, token_id: str, expires: float) -> bool:
        now = time.time()
        if len(self._used) >= _MOST_REMEMBERED:
            self._used = {k: end for k, end in self._used.items() if end + _LEEWAY_SECONDS > now}
        key = (issuer, token_id)
        if self._used.get(key, 0.0) + _LEEWAY_SECONDS > now or len(self._used) >= _MOST_REMEMBERED:
            return False
        self._used[key] = expires
        return True
