"""API keys: a file of their hashes, with name, scopes and expiry.

A key is `nc_NAME_SECRET`; the secret has 256 random bits, so a plain SHA-256 of it is enough. A
key that is rotated keeps its old secret for a while, so that clients can change over.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from notecheck.errors import SettingsError
from notecheck.serve.scopes import Scope

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Secret(_Model):
    """The hash of one secret, and when it stops being taken (never, when null)."""

    sha256: str
    expires: AwareDatetime | None = None


class Key(_Model):
    """A client of the service: what it may do, and its secrets, newest first."""

    name: str
    scopes: tuple[Scope, ...]
    secrets: tuple[Secret, ...]


class KeyFile(_Model):
    """All keys."""

    keys: tuple[Key, ...] = ()

    def of(self, token: str, now: datetime) -> Key | None:
        """The key that `token` is, if it is one and has not expired."""
        prefix, _, rest = token.partition("_")
        name, _, secret = rest.partition("_")
        if prefix != "nc":
            return None
        digest = _hash(secret)
        for key in self.keys:
            if key.name == name:
                for known in key.secrets:
                    valid = known.expires is None or now < known.expires
                    if hmac.compare_digest(known.sha256, digest) and valid:
                        return key
        return None


def read_keys(path: Path) -> KeyFile:
    """The keys of the file. Raises InputError when it cannot be read or is no such file."""
    try:
        return KeyFile.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SettingsError(f"the keys cannot be read: {error.strerror}", where=str(path)) from None
    except ValidationError:
        raise SettingsError(
            "this is no file of keys: `notecheck keys add` begins one", where=str(path)
        ) from None


def add_key(path: Path, name: str, scopes: tuple[Scope, ...], days: float | None) -> str:
    """Adds a key and returns it; it is nowhere else. Raises InputError."""
    if not _NAME.fullmatch(name):
        raise SettingsError("a key's name is small letters, digits and hyphens")
    found = read_keys(path) if path.exists() else KeyFile()
    if any(key.name == name for key in found.keys):
        raise SettingsError(f"there is a key {name} already: rotate or remove it")
    token, secret = _new(name, days)
    _write(path, (*found.keys, Key(name=name, scopes=scopes, secrets=(secret,))))
    return token


def rotate_key(path: Path, name: str, days: float | None, grace_hours: float) -> str:
    """Gives a key a new secret and returns it; old ones are taken for `grace_hours` more.

    Raises InputError.
    """
    found = read_keys(path)
    key = _named(found, name)
    end = datetime.now(UTC) + timedelta(hours=grace_hours)
    old = tuple(
        Secret(sha256=s.sha256, expires=min(s.expires, end) if s.expires else end)
        for s in key.secrets
    )
    token, secret = _new(name, days)
    _replace(path, found, key.model_copy(update={"secrets": (secret, *old)}))
    return token


def remove_key(path: Path, name: str) -> None:
    """From now on no secret of the key is taken. Raises InputError."""
    found = read_keys(path)
    gone = _named(found, name)
    _write(path, tuple(key for key in found.keys if key is not gone))


def _named(found: KeyFile, name: str) -> Key:
    for key in found.keys:
        if key.name == name:
            return key
    raise SettingsError(f"there is no key {name}")


def _new(name: str, days: float | None) -> tuple[str, Secret]:
    text = secrets.token_urlsafe(32)
    expires = None if days is None else datetime.now(UTC) + timedelta(days=days)
    return f"nc_{name}_{text}", Secret(sha256=_hash(text), expires=expires)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _replace(path: Path, found: KeyFile, changed: Key) -> None:
    _write(path, tuple(changed if key.name == changed.name else key for key in found.keys))


def _write(path: Path, keys: tuple[Key, ...]) -> None:
    """In one step, so that a service that reads meanwhile sees the old file or the new one."""
    text = json.dumps(KeyFile(keys=keys).model_dump(mode="json"), indent=1) + "\n"
    made: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        made = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        os.replace(name, path)
    except OSError as error:
        if made is not None:
            made.unlink(missing_ok=True)
        raise SettingsError(
            f"the keys cannot be written: {error.strerror}", where=str(path)
        ) from None
