"""The settings of a service: a TOML file, all of it optional."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from notecheck.codes.files import AUTO, require_known
from notecheck.errors import InputError, SettingsError
from notecheck.log.anchor_places import STORES
from notecheck.log.store import state_folder
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, MAX_NOTE
from notecheck.wrong_values import sentence


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Workers(_Settings):
    """The processes that check, how long what is asked may wait (seconds), how much of the
    processor's time it may have, first and at all, and after how many checks or at how many bytes
    of memory a process is replaced."""

    count: int = Field(default_factory=lambda: max(2, os.cpu_count() or 1), ge=1, le=256)
    waiting: int = Field(128, ge=1)
    queue_seconds: float = Field(30, gt=0)
    check_seconds: float = Field(10, gt=0)
    first_seconds: float = Field(0.5, gt=0)
    checks_each: int = Field(20_000, ge=1)
    memory_each: int = Field(400_000_000, ge=1)


class Limits(_Settings):
    """What one request may be: its body in bytes, the time to send it and to take its answer in
    seconds; how many connections there may be, of all and of one address (for HTTP and for MLLP
    each); and how many checks one client may have at once and a minute."""

    body_bytes: int = Field(MAX_ENCOUNTER_BYTES, ge=1)
    batch_bytes: int = Field(5 * MAX_ENCOUNTER_BYTES, ge=1)
    batches_at_once: int = Field(2, ge=1)
    header_bytes: int = Field(32_768, ge=1024)
    header_seconds: float = Field(10, gt=0)
    body_seconds: float = Field(30, gt=0)
    connections: int = Field(512, ge=1)
    client_connections: int = Field(128, ge=1)
    client_at_once: int = Field(64, ge=1)
    client_per_minute: int | None = Field(None, ge=1)


class Tls(_Settings):
    """Certificate and key of the service; with `client_ca`, clients need a certificate too."""

    certificate: Path
    key: Path
    client_ca: Path | None = None


class SignIn(_Settings):
    """Signing in at the workbench through the issuer, by authorization code with PKCE.

    `authorize` and `token` are the issuer's addresses, `address` is this service's own as browsers
    know it. The claim `roles_claim` of an ID token names what somebody may do: `view`, `work`,
    `approve` or `admin`, or the issuer's own words, which `roles` translates.
    """

    client_id: str
    client_secret_file: Path | None = None
    authorize: str = Field(pattern="^https://")
    token: str = Field(pattern="^https://")
    address: str = Field(pattern="^https?://[^/]+$")
    scope: str = "openid profile"
    roles_claim: str = "roles"
    roles: dict[str, Literal["view", "work", "approve", "admin"]] = {}
    seconds: float = Field(10, gt=0)


class Oidc(_Settings):
    """Whose bearer tokens are taken: the issuer's keys as a local JSON Web Key Set file."""

    jwks: Path
    issuer: str
    audience: str
    sign_in: SignIn | None = None


class CdsClients(_Settings):
    """EHRs that call by CDS Hooks: `origins` are the sites whose pages may call (CORS); with `jwks`
    (their public keys, a local file) they sign their calls as one of `issuers` for `audience`.

    Attachments named by URL are fetched from the servers `fetch_from` alone, `fetch_most` of a
    call and `fetch_bytes` each, all within `fetch_seconds`."""

    origins: tuple[str, ...] = ()
    jwks: Path | None = None
    issuers: tuple[str, ...] = ()
    audience: str = ""
    fetch_from: tuple[str, ...] = ()
    fetch_seconds: float = Field(5, gt=0)
    fetch_bytes: int = Field(MAX_NOTE, ge=1)
    fetch_most: int = Field(20, ge=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.jwks and not (self.issuers and self.audience):
            raise ValueError("with `jwks` give `issuers` and `audience` too")
        if "*" in self.origins:
            raise ValueError("name the `origins` that may call, not *")
        return self


class Send(_Settings):
    """Where findings of HL7 visits go: a webhook (JSON), or a host and port (ORU over MLLP)."""

    webhook: str | None = Field(None, pattern="^https?://")
    token_file: Path | None = None
    host: str | None = None
    port: int | None = Field(None, ge=1, le=65535)
    tls: bool = False
    seconds: float = Field(30, gt=0)
    tries: int = Field(10, ge=1)
    dead_letters: Path = Field(default_factory=lambda: state_folder() / "dead-letters")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.webhook is None) == (self.host is None or self.port is None):
            raise ValueError("give either `webhook`, or `host` and `port`")
        return self


class Mllp(_Settings):
    """HL7 over MLLP: a visit is checked when nothing came for it for `quiet_seconds`, and is
    forgotten `keep_days` after its last message. `store` holds its messages until then. A
    connection without a message for `idle_seconds` is closed."""

    host: str = "127.0.0.1"
    store: Path = Field(default_factory=lambda: state_folder() / "hl7.sqlite")
    quiet_seconds: float = Field(2, ge=0)
    idle_seconds: float = Field(3600, gt=0)
    keep_days: float = Field(30, gt=0)
    send: Send | None = None


class Anchors(_Settings):
    """The log's head, signed by `key` (Ed25519, PEM), is noted down in each of `to` every
    `every_seconds` and at the end: files, `syslog:`, `syslog://HOST:PORT`, or folders of object
    stores by URL, on the `servers` alone. `token_file` holds the stores' bearer token."""

    key: Path
    to: tuple[str, ...] = Field(min_length=1)
    every_seconds: float = Field(3600, gt=0)
    servers: tuple[str, ...] = ()
    token_file: Path | None = None

    @model_validator(mode="after")
    def _known_servers(self) -> Self:
        known = {_origin(server) for server in self.servers}
        for place in self.to:
            if place.startswith(STORES) and _origin(place) not in known:
                raise ValueError(f"name the server of {place} in `servers` too")
        return self

    def token(self) -> str | None:
        """The bearer token. Raises SettingsError when its file cannot be read."""
        if self.token_file is None:
            return None
        try:
            return self.token_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(
                f"the token cannot be read: {error.strerror}", where=str(self.token_file)
            ) from None


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


class Settings(_Settings):
    """All settings. `code` is the code to check where a question names none. `keys` is the file of
    hashed API keys; `plain_http` says that TLS ends before this service, so that it may listen
    beyond the loopback address without. `queue` is where the workbench keeps what needs a person:
    a file, or a `postgresql://` URL. `redact` leaves the words of the notes out of every answer;
    the workbench shows people the notes."""

    code: str = AUTO
    keys: Path | None = None
    oidc: Oidc | None = None
    cds_clients: CdsClients = CdsClients()
    tls: Tls | None = None
    plain_http: bool = False
    log: str | None = None
    anchors: Anchors | None = None
    queue: str | None = None
    keep_text: bool = False
    redact: bool = False
    workers: Workers = Workers()
    limits: Limits = Limits()
    mllp: Mllp = Mllp()

    @field_validator("code")
    @classmethod
    def _known(cls, code: str) -> str:
        try:
            require_known(code)
        except InputError as error:
            raise ValueError(error.message) from None
        return code


def read_settings(path: str) -> Settings:
    """The settings in the file `path`. Raises InputError naming what is wrong."""
    try:
        values = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"the settings cannot be read: {error.strerror}", where=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"the settings are not TOML: {error}", where=path) from None
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(sentence(error), where=path) from None
