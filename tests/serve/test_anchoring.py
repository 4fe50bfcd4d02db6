"""A service notes the head of its log down elsewhere, while it runs and when it stops."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from object_store import storing
from signing_keys import key_pair

from notecheck.errors import SettingsError
from notecheck.log.anchor import read_anchors
from notecheck.log.store import open_log
from notecheck.log.verify import verify_anchors
from notecheck.serve.settings import read_settings

from .encounters import encounter
from .service import serving


def test_heads_are_noted_down_at_intervals_and_at_the_end(tmp_path: Path) -> None:
    private, public = key_pair(tmp_path)
    anchors = tmp_path / "anchors"
    with storing() as (store, objects):
        (tmp_path / "serve.toml").write_text(
            f"[workers]\ncount = 1\n[anchors]\nkey = '{private}'\nevery_seconds = 0.2\n"
            f"to = ['{anchors}', '{store}/heads', '{tmp_path}/away/anchors']\n"
            f"servers = ['{store}']\n"
        )
        with serving("--settings", str(tmp_path / "serve.toml"), folder=tmp_path) as served:

            def ready() -> httpx.Response:
                return httpx.get(f"{served.url}/readyz")

            assert httpx.post(f"{served.url}/v1/check", json=encounter(), timeout=60).is_success
            end = time.monotonic() + 60
            while not (objects and objects[-1].path.startswith("/heads/000000000001-")):
                assert time.monotonic() < end
                time.sleep(0.05)
            # A place that is away is told, and hides no other.
            assert ready().status_code == 503
            assert "the anchor cannot be written" in ready().json()["detail"]
            (tmp_path / "away").mkdir()
            while ready().status_code != 200:
                assert time.monotonic() < end
                time.sleep(0.1)
            assert httpx.post(f"{served.url}/v1/check", json=encounter(), timeout=60).is_success
            served.stop()
    noted = read_anchors(anchors, public)
    assert [anchor.number for anchor in noted] == [0, 1, 2]
    stored = tmp_path / "stored"
    stored.write_bytes(b"".join(one.body for one in objects))
    assert read_anchors(stored, public) == noted
    assert read_anchors(tmp_path / "away" / "anchors", public)[-1] == noted[-1]
    with closing(open_log(served.log, must_exist=True)) as log:
        assert verify_anchors(log, noted).fault is None


def test_an_object_store_must_be_on_the_list(tmp_path: Path) -> None:
    (tmp_path / "serve.toml").write_text(
        "[anchors]\nkey = 'k'\nto = ['https://store.example.org.evil.example/x']\n"
        "servers = ['https://store.example.org']\n"
    )
    with pytest.raises(SettingsError, match="name the server of https://store.example.org.evil"):
        read_settings(str(tmp_path / "serve.toml"))


def test_a_service_without_its_key_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "serve.toml").write_text("[anchors]\nkey = '/nowhere'\nto = ['a']\n")
    with (
        pytest.raises(AssertionError, match="the key cannot be read"),
        serving("--settings", str(tmp_path / "serve.toml"), folder=tmp_path),
    ):
        pass
