"""Signing in through a sign-on service: a real OIDC provider over TLS, in a real browser."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page
from serve.identities import write_certificate
from serve.service import Served, serving
from werkzeug.serving import BaseWSGIServer, make_server

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its library's own deprecations
    import oidc_provider_mock

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

USERS = {"coder": ["cdi-team"], "lead": ["admin", "other"], "stranger": ["cardiology"]}
SETTINGS = """
queue = "{folder}/queue.sqlite"
[workers]
count = 1
[oidc]
jwks = "{folder}/jwks.json"
issuer = "{issuer}"
audience = "https://notecheck.example"
[oidc.sign_in]
client_id = "notecheck"
client_secret_file = "{folder}/secret"
authorize = "{issuer}/oauth2/authorize"
token = "{issuer}/oauth2/token"
address = "http://127.0.0.1:{port}"
roles_claim = "groups"
roles = {{ cdi-team = "work" }}
"""


@contextmanager
def _provider(folder: Path) -> Iterator[BaseWSGIServer]:
    write_certificate(folder, "issuer")
    app = oidc_provider_mock.app(
        require_nonce=True,
        user_claims=[
            oidc_provider_mock.User(sub=name, claims={"name": name.title(), "groups": groups})
            for name, groups in USERS.items()
        ],
    )
    pem, key = str(folder / "issuer.pem"), str(folder / "issuer.key")
    server = make_server("localhost", 0, app, threaded=True, ssl_context=(pem, key))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join(10)


class Site:
    """A workbench and the sign-on service that it trusts."""

    def __init__(self, bench: Served, issuer: str) -> None:
        self.bench, self.issuer = bench, issuer


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch_module: pytest.MonkeyPatch
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("sign-on")
    with _provider(folder) as provider:
        issuer = f"https://localhost:{provider.server_port}"
        keys = _keys(issuer, folder)
        (folder / "jwks.json").write_text(json.dumps(keys))
        (folder / "secret").write_text("of the client\n")
        port = _free_port()
        settings = folder / "serve.toml"
        settings.write_text(SETTINGS.format(folder=folder, issuer=issuer, port=port))
        monkeypatch_module.setenv("SSL_CERT_FILE", str(folder / "issuer.pem"))
        options = ("--settings", str(settings), "--port", str(port))
        with serving(*options, folder=folder) as bench:
            yield Site(bench, issuer)


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def _keys(issuer: str, folder: Path) -> Any:
    trusted = ssl.create_default_context(cafile=str(folder / "issuer.pem"))
    return httpx.get(f"{issuer}/jwks", verify=trusted).json()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _sign_in(site: Site, page: Page, name: str) -> None:
    page.goto(f"{site.bench.url}/queue")
    page.get_by_role("link", name="Sign in with your organization").click()
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url(f"{site.bench.url}/**")


def test_a_group_of_the_sign_on_service_makes_the_role(site: Site, page: Page) -> None:
    _sign_in(site, page, "coder")
    page.wait_for_url("**/queue")
    assert page.locator("form.who span").inner_text() == "Coder coder"
    assert page.request.get(f"{site.bench.url}/corrections.jsonl").status == 403


def test_a_role_may_be_named_as_it_is(site: Site, page: Page) -> None:
    _sign_in(site, page, "lead")
    page.wait_for_url("**/queue")
    assert page.locator("form.who small").inner_text() == "admin"


def test_who_has_no_role_is_told_so(site: Site, page: Page) -> None:
    _sign_in(site, page, "stranger")
    assert "names none of the roles" in page.get_by_role("alert").inner_text()
    assert page.goto(f"{site.bench.url}/queue")
    assert "/sign-in" in page.url


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("?code=x&state=forged", "not to your sign-in"),
        ("?error=access_denied&state={state}", "did not let you in"),
        ("?code=never-given&state={state}", "did not take your sign-in"),
    ],
)
def test_an_answer_that_is_not_to_be_trusted(site: Site, query: str, why: str) -> None:
    with httpx.Client(base_url=site.bench.url, timeout=30) as client:
        begun = client.get("/sign-in/service?to=/queue")
        asked = parse_qs(urlsplit(begun.headers["location"]).query)
        assert asked["code_challenge_method"] == ["S256"]
        back = client.get("/sign-in/return" + query.format(state=asked["state"][0]))
        assert back.status_code == 401 and why in back.text
        assert client.get("/queue").status_code == 303


def test_a_return_without_a_beginning(site: Site) -> None:
    back = httpx.get(f"{site.bench.url}/sign-in/return?code=x&state=y")
    assert back.status_code == 401 and "began in another browser" in back.text


def test_a_sign_on_service_that_is_away(tmp_path: Path) -> None:
    with _provider(tmp_path) as provider:
        issuer = f"https://localhost:{provider.server_port}"
        keys = _keys(issuer, tmp_path)
    (tmp_path / "jwks.json").write_text(json.dumps(keys))
    (tmp_path / "secret").write_text("x")
    settings = tmp_path / "serve.toml"
    settings.write_text(SETTINGS.format(folder=tmp_path, issuer=issuer, port=1))
    with (
        serving("--settings", str(settings), folder=tmp_path) as bench,
        httpx.Client(base_url=bench.url, timeout=30) as client,
    ):
        there = client.get("/sign-in/service").headers["location"]
        state = parse_qs(urlsplit(there).query)["state"][0]
        back = client.get(f"/sign-in/return?code=x&state={state}")
        assert back.status_code == 502 and "does not answer" in back.text
