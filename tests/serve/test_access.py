"""Who may ask: API keys, OIDC tokens, certificates; nothing is open beyond the loopback address."""

from __future__ import annotations

import base64
import datetime as dt
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from notecheck.log.store import open_log
from notecheck.serve.keys import add_key
from notecheck.serve.scopes import Scope

from .encounters import encounter
from .identities import AUDIENCE, ISSUER, Issuer, write_certificate
from .service import ROOT, Served, serving


def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


class Guarded:
    """A service with keys, tokens and TLS with certificates of clients."""

    def __init__(self, served: Served, folder: Path, issuer: Issuer) -> None:
        self.served = served
        self.folder = folder
        self.issuer = issuer
        context = ssl.create_default_context(cafile=str(folder / "server.pem"))
        context.load_cert_chain(folder / "client.pem", folder / "client.key")
        self.client = httpx.Client(base_url=served.url, verify=context, timeout=60)

    def key(self, *words: str) -> str:
        done = command("keys", *words, "--keys", self.folder / "keys.json")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def get(self, path: str, token: str) -> int:
        return self.client.get(path, headers={"authorization": f"Bearer {token}"}).status_code

    def check(self, token: str) -> httpx.Response:
        return self.client.post(
            "/v1/check", json=encounter(), headers={"authorization": f"Bearer {token}"}
        )


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder: Path = tmp_path_factory.mktemp("guarded")
    write_certificate(folder, "server")
    authority = write_certificate(folder, "authority")
    write_certificate(folder, "client", authority)
    issuer = Issuer("key-1")
    (folder / "jwks.json").write_text(json.dumps({"keys": [issuer.public()]}))
    assert command("keys", "add", "first", "--keys", folder / "keys.json").returncode == 0
    (folder / "serve.toml").write_text(
        f'keys = "{folder}/keys.json"\n'
        f'[tls]\ncertificate = "{folder}/server.pem"\nkey = "{folder}/server.key"\n'
        f'client_ca = "{folder}/authority.pem"\n'
        f'[oidc]\njwks = "{folder}/jwks.json"\nissuer = "{ISSUER}"\naudience = "{AUDIENCE}"\n'
        "[workers]\ncount = 1\n"
    )
    options = ("--settings", str(folder / "serve.toml"), "--host", "0.0.0.0")
    with serving(*options, folder=folder) as running:
        running.url = running.url.replace("0.0.0.0", "127.0.0.1")
        made = Guarded(running, folder, issuer)
        with made.client:
            yield made


PATHS = ["/healthz", "/readyz", "/metrics", "/openapi.json"]


def test_every_endpoint_asks_for_a_key(guarded: Guarded) -> None:
    for path in PATHS:
        answer = guarded.client.get(path)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.headers["strict-transport-security"].startswith("max-age=")
    for path in ("/v1/check", "/v1/check/batch", "/v1/decisions/x/override"):
        assert guarded.client.post(path, json={}).status_code == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Bearer nc_first_wrong", "Basic bmM6eA==", "Bearer nc__", "é"]
)
def test_no_key(guarded: Guarded, header: str) -> None:
    answer = guarded.client.get("/healthz", headers={"authorization": header.encode()})
    assert answer.status_code == 401


def test_a_key_does_what_its_scopes_say_and_is_named_in_the_log(guarded: Guarded) -> None:
    key = guarded.key("add", "desk", "--scope", "check")
    answer = guarded.check(key)
    assert answer.status_code == 200
    ref = answer.headers["notecheck-decision"]
    with closing(open_log(guarded.served.log, must_exist=True)) as log:
        assert next(log.entries(ref)).said["by"] == "key desk"
    assert [guarded.get(path, key) for path in PATHS] == [200, 200, 403, 200]
    watcher = guarded.key("add", "watcher", "--scope", "metrics")
    assert guarded.get("/metrics", watcher) == 200
    assert guarded.check(watcher).status_code == 403
    answer = guarded.client.post(
        f"/v1/decisions/{ref}/override", json={}, headers={"authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 403


def test_a_key_is_rotated_and_removed_while_the_service_runs(guarded: Guarded) -> None:
    old = guarded.key("add", "turning")
    new = guarded.key("rotate", "turning", "--grace-hours", "1")
    assert [guarded.get("/healthz", key) for key in (old, new)] == [200, 200]
    newest = guarded.key("rotate", "turning", "--grace-hours", "0")
    assert [guarded.get("/healthz", key) for key in (old, new, newest)] == [401, 401, 200]
    guarded.key("remove", "turning")
    assert guarded.get("/healthz", newest) == 401
    expired = guarded.key("add", "late", "--days", "0")
    assert guarded.get("/healthz", expired) == 401


def test_the_file_of_keys_holds_no_key(guarded: Guarded) -> None:
    key = guarded.key("add", "hidden")
    file = guarded.folder / "keys.json"
    assert key.split("_", 2)[2] not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert "hidden  check  expires: never" in guarded.key("list")


def test_a_token_is_taken(guarded: Guarded) -> None:
    answer = guarded.check(guarded.issuer.token())
    assert answer.status_code == 200
    with closing(open_log(guarded.served.log, must_exist=True)) as log:
        entry = next(log.entries(answer.headers["notecheck-decision"]))
    assert entry.said["by"] == "token billing"
    assert guarded.get("/metrics", guarded.issuer.token()) == 403
    assert guarded.get("/metrics", guarded.issuer.token(scope="notecheck:metrics")) == 200
    assert guarded.check(guarded.issuer.token(scope=None)).status_code == 403


def forged(issuer: Issuer) -> dict[str, str]:
    past = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
    good = issuer.token()
    head, body, signature = good.split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "key-1"}).encode())
    claims: dict[str, Any] = jwt.decode(good, options={"verify_signature": False})
    return {
        "other issuer": issuer.token(iss="https://other.example"),
        "other audience": issuer.token(aud="https://other.example"),
        "expired": issuer.token(exp=past),
        "never expires": issuer.token(exp=None),
        "nobody": issuer.token(sub=None),
        "not yet": issuer.token(nbf=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5)),
        "other key": Issuer("key-1").token(),
        "unknown key": Issuer("key-9").token(),
        "unsigned": f"{none.decode().rstrip('=')}.{body}.",
        "changed": f"{head}.{body[:-2]}AA.{signature}",
        "signed with a shared secret": jwt.encode(
            claims, "x" * 64, algorithm="HS256", headers={"kid": "key-1"}
        ),
    }


def test_tokens_that_are_not_to_be_trusted(guarded: Guarded) -> None:
    taken = [n for n, token in forged(guarded.issuer).items() if guarded.check(token).is_success]
    assert taken == []


def test_the_key_set_may_change(guarded: Guarded) -> None:
    second = Issuer("key-2")
    assert guarded.check(second.token()).status_code == 401
    keys = {"keys": [guarded.issuer.public(), second.public()]}
    (guarded.folder / "jwks.json").write_text(json.dumps(keys))
    assert guarded.check(second.token()).status_code == 200
    (guarded.folder / "jwks.json").write_text("{")
    assert guarded.check(second.token()).status_code == 200  # told, and the last ones stay


def test_a_client_without_a_certificate_is_refused(guarded: Guarded) -> None:
    context = ssl.create_default_context(cafile=str(guarded.folder / "server.pem"))
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{guarded.served.url}/healthz", verify=context)


UNSAFE = {
    "": "0.0.0.0 can be reached from other machines: give `keys` or `oidc` in the settings",
    'keys = "{folder}/keys.json"': "0.0.0.0 can be reached from other machines: give `tls`",
    'keys = "{folder}/none.json"\nplain_http = true': "the keys cannot be read",
    'keys = "{folder}/broken.json"\nplain_http = true': "this is no file of keys",
    "nonsense = 1": "`nonsense` is an unknown key",
    "[workers]\ncount = 0": "`workers.count` must be 1 or more",
    "no toml": "the settings are not TOML",
}


@pytest.mark.parametrize("settings", UNSAFE)
def test_what_is_not_safe_does_not_start(settings: str, tmp_path: Path) -> None:
    add_key(tmp_path / "keys.json", "a", (Scope.CHECK,), None)
    (tmp_path / "broken.json").write_text("[]")
    (tmp_path / "serve.toml").write_text(settings.replace("{folder}", str(tmp_path)))
    log = tmp_path / "log.sqlite"
    done = command(
        "serve", "--host", "0.0.0.0", "--settings", tmp_path / "serve.toml", "--log", log
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert UNSAFE[settings] in done.stderr and "Traceback" not in done.stderr
