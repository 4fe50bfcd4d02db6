"""Keys, tokens and certificates of invented issuers."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
from pathlib import Path
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ISSUER, AUDIENCE = "https://issuer.example", "https://notecheck.example"


class Issuer:
    """An identity provider with one signing key."""

    def __init__(self, key_id: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.key_id = key_id

    def public(self) -> dict[str, Any]:
        shown = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key()))
        return {**shown, "kid": self.key_id, "alg": "ES256", "use": "sig"}

    def token(self, **changes: Any) -> str:
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "billing",
            "scope": "openid notecheck:check",
            "exp": dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5),
            **changes,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, self.key, algorithm="ES256", headers={"kid": self.key_id})


def write_certificate(folder: Path, name: str, issuer: tuple[Any, Any] | None = None) -> Any:
    """Writes `name.pem` and `name.key`; signed by itself or by `issuer`, which it also returns."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    signer, signer_key = issuer or (subject, key)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(signer_key, hashes.SHA256())
    )
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return subject, key
