"""EHRs that sign their calls, and pages of theirs that may call."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from .fhir_resources import document
from .identities import AUDIENCE, ISSUER, Issuer
from .service import serving
from .test_cds_hooks import PATH, call

EHR = "https://ehr.example.org"


@pytest.fixture(scope="module")
def ehr(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Issuer]]:
    folder: Path = tmp_path_factory.mktemp("clients")
    issuer = Issuer("ehr-1")
    (folder / "jwks.json").write_text(json.dumps({"keys": [issuer.public()]}))
    (folder / "serve.toml").write_text(
        f'[cds_clients]\norigins = ["{EHR}"]\njwks = "{folder}/jwks.json"\n'
        f'issuers = ["{ISSUER}"]\naudience = "{AUDIENCE}"\n[workers]\ncount = 1\n'
    )
    with (
        serving("--settings", str(folder / "serve.toml"), folder=folder) as running,
        httpx.Client(base_url=running.url, timeout=60) as client,
    ):
        yield client, issuer


def asked(client: httpx.Client, token: str) -> int:
    headers = {"authorization": f"Bearer {token}"}
    return client.post(PATH, json=call(document()), headers=headers).status_code


def token(issuer: Issuer, **changes: Any) -> str:
    return issuer.token(**{"iat": dt.datetime.now(dt.UTC), "jti": str(uuid4()), **changes})


def test_a_signed_call_is_taken_once(ehr: tuple[httpx.Client, Issuer]) -> None:
    client, issuer = ehr
    made = token(issuer)
    assert asked(client, made) == 200
    assert asked(client, made) == 401
    assert asked(client, token(issuer)) == 200


@pytest.mark.parametrize(
    "changes",
    [{"jti": None}, {"iat": None}, {"exp": None}, {"iss": "https://other.example"},
     {"aud": "https://other.example"}, {"exp": dt.datetime.now(dt.UTC) + dt.timedelta(days=1)}],
    ids="jti iat exp iss aud long".split(),
)  # fmt: skip
def test_a_call_without_the_claims_is_refused(
    ehr: tuple[httpx.Client, Issuer], changes: dict[str, Any]
) -> None:
    client, issuer = ehr
    assert asked(client, token(issuer, **changes)) == 401
    assert asked(client, token(Issuer("ehr-1"))) == 401


def test_pages_of_the_ehr_may_call_and_no_others(ehr: tuple[httpx.Client, Issuer]) -> None:
    client, _ = ehr
    asking = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
    }
    ours = client.options(PATH, headers={"origin": EHR, **asking})
    assert ours.headers["access-control-allow-origin"] == EHR
    other = client.options(PATH, headers={"origin": "https://other.example", **asking})
    assert "access-control-allow-origin" not in other.headers
