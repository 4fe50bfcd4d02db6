"""Heads of the log, signed and noted down in a second place, so that a stranger can trust it.

Whoever can write the log could write all of it anew, hashes and all. He cannot sign: the private
key (Ed25519, PEM) lies outside the log, and to verify takes the public one alone. An anchor is one
line of JSON with the number and the hash of the log's last entry, the time, and the signature over
the three.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from notecheck.errors import InputError
from notecheck.extras import missing_extra
from notecheck.log.entry import canonical


class Anchor(NamedTuple):
    """The head that the log had: number of entries and the last one's hash."""

    number: int
    head: str


def require_key(key: Path) -> None:
    """Raises InputError for a file that is no private key to sign with."""
    _loaded(key, private=True)


def signed(anchor: Anchor, key: Path) -> str:
    """The anchor's line, of now, signed by the private key. Raises InputError for a bad key."""
    time = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    said = {"number": anchor.number, "head": anchor.head, "time": time}
    signature = _loaded(key, private=True).sign(canonical(said).encode())
    return canonical({**said, "signature": base64.b64encode(signature).decode()})


def read_anchors(path: Path, key: Path) -> list[Anchor]:
    """The anchors of the file `path`, each signature verified by the public key.

    A line may have something in front of its anchor, as syslog writes it; objects of a store are
    lines too, one after the other.
    Raises InputError naming the line that is no anchor or was not signed by this key.
    """
    from cryptography.exceptions import InvalidSignature

    public = _loaded(key, private=False)
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InputError("the anchors cannot be read", where=str(path)) from None
    anchors = []
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line[max(0, line.find("{")) :])
            signature = base64.b64decode(said.pop("signature"))
            public.verify(signature, canonical(said).encode())
            anchors.append(Anchor(int(said["number"]), str(said["head"])))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InputError("this line is no anchor", where=f"{path}:{number}") from None
        except InvalidSignature:
            raise InputError(
                "this anchor was not signed by the key: it is forged or was changed",
                where=f"{path}:{number}",
            ) from None
    return anchors


def _loaded(path: Path, *, private: bool) -> Any:
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise missing_extra("a signed anchor", "serve") from None
    wanted = ed25519.Ed25519PrivateKey if private else ed25519.Ed25519PublicKey
    try:
        data = path.read_bytes()
        if private:
            loaded: object = serialization.load_pem_private_key(data, None)
        else:
            loaded = serialization.load_pem_public_key(data)
    except OSError as error:
        raise InputError(f"the key cannot be read: {error.strerror}", where=str(path)) from None
    except (ValueError, TypeError):
        loaded = None
    if not isinstance(loaded, wanted):
        kind = "private" if private else "public"
        raise InputError(f"this is no {kind} Ed25519 key in PEM", where=str(path))
    return loaded
