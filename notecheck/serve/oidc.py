"""Bearer tokens of an identity provider, verified against a local set of its public keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jwt

from notecheck.errors import SettingsError
from notecheck.serve.settings import Oidc

# Public-key signatures only: with a shared secret, whoever can verify could also sign.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
_LEEWAY_SECONDS = 30
_SCOPE_PREFIX = "notecheck:"


def read_key_set(path: Path) -> jwt.PyJWKSet:
    """The keys of a JSON Web Key Set file. Raises InputError."""
    try:
        return jwt.PyJWKSet.from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"the key set cannot be read: {error.strerror}", where=str(path)
        ) from None
    except (jwt.PyJWTError, ValueError, AttributeError, TypeError):
        raise SettingsError("this is no JSON Web Key Set", where=str(path)) from None


def verified(token: str, keys: jwt.PyJWKSet, settings: Oidc) -> tuple[str, frozenset[str]] | None:
    """Who the token is for and its scopes, or None where it is not to be trusted.

    Scopes are `notecheck:check`, `notecheck:override` and `notecheck:metrics` in its `scope`.
    """
    claims = claims_of(token, keys, issuer=settings.issuer, audience=settings.audience)
    if claims is None:
        return None
    told = claims.get("scope")
    words = told.split() if isinstance(told, str) else []
    scopes = {word.removeprefix(_SCOPE_PREFIX) for word in words if word.startswith(_SCOPE_PREFIX)}
    return str(claims["sub"]), frozenset(scopes)


def claims_of(
    token: str, keys: jwt.PyJWKSet, *, issuer: str, audience: str
) -> dict[str, Any] | None:
    """What a token of `issuer` for `audience` says, or None where it is not to be trusted."""
    try:
        key = _key_of(jwt.get_unverified_header(token), keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[name for name in _ALGORITHMS if name == key.algorithm_name],
            audience=audience,
            issuer=issuer,
            leeway=_LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, StopIteration):
        return None
    return claims


def _key_of(header: dict[str, Any], keys: jwt.PyJWKSet) -> jwt.PyJWK:
    """The key that signed: an issuer with one key need not name it (OpenID Connect Core, 10.1)."""
    if "kid" not in header and len(keys.keys) == 1:
        return keys.keys[0]
    return next(key for key in keys.keys if key.key_id == header.get("kid"))
