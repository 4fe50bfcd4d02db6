"""`notecheck hook --service`: the same report from a running service, and what if it is away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .service import Served, serving

ROOT = Path(__file__).resolve().parents[2]
CLAIM = ROOT / "tests" / "examples" / "claim.json"
NOTE = (ROOT / "tests" / "examples" / "revision.txt").read_text(encoding="utf-8")
ENCOUNTERS = [
    CLAIM.read_bytes(),
    json.dumps({"encounter_id": "R", "documents": [{"doc_id": "op", "text": NOTE}]}).encode(),
    b'{"encounter_id": "H", "documents": [{"doc_id": "op", "text": "A hernia."}]}',
    (ROOT / "tests" / "examples" / "bundle.json").read_bytes(),  # no encounter: read here
    b'{"encounter_id": "X", "documents": []}',
    b"{",
]


def hook(
    *words: str, body: bytes = ENCOUNTERS[0], **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "notecheck", "hook", *words],
        input=body,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="module")
def socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("served")
    settings = folder / "settings.toml"
    settings.write_text("[workers]\ncount = 1\n")
    path = folder / "notecheck.sock"
    with serving("--socket", str(path), "--settings", str(settings), folder=folder):
        yield path
    assert not path.exists()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    settings = folder / "settings.toml"
    settings.write_text("[workers]\ncount = 1\n")
    with serving("--settings", str(settings), folder=folder) as served:
        yield served


@pytest.mark.parametrize("body", ENCOUNTERS, ids=range(len(ENCOUNTERS)))
def test_the_report_is_the_same_byte_for_byte(socket: Path, body: bytes) -> None:
    here, there = hook(body=body), hook("--service", f"unix:{socket}", body=body)
    assert there.stdout == here.stdout
    assert (there.returncode, there.stderr) == (here.returncode, here.stderr)


def test_over_http_from_a_file_by_the_setting(address: Served) -> None:
    here = hook("--fail-on", "review", str(CLAIM))
    there = hook("--fail-on=review", str(CLAIM), NOTECHECK_SERVICE=address.url)
    assert here.stdout and there.stdout == here.stdout
    assert there.returncode == here.returncode


def test_only_owner_and_group_reach_the_socket(socket: Path) -> None:
    assert socket.stat().st_mode & 0o777 == 0o660


def test_nothing_heavy_is_imported(socket: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "importtime",
            "-m",
            "notecheck",
            "hook",
            "--service",
            f"unix:{socket}",
        ],
        input=ENCOUNTERS[1],
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    imported = {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}
    assert done.stdout and "notecheck.commands.ask_service" in imported
    assert not imported & {"typer", "pydantic", "spacy", "medspacy", "regex", "notecheck.models"}


def test_a_service_that_is_away_is_done_without(tmp_path: Path) -> None:
    away = f"unix:{tmp_path}/nobody.sock"
    assert hook("--service", away).stdout == hook().stdout
    refused = hook("--service", away, "--if-away", "refuse")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.startswith(b"notecheck: the service at unix:")
    assert hook("--service", away, NOTECHECK_IF_AWAY="refuse").returncode == 2


@pytest.mark.parametrize("service", ["nonsense", "ftp://host", "http://", "unix:", "http://h:port"])
def test_an_address_that_is_none_is_refused(service: str) -> None:
    done = hook("--service", service)
    assert done.returncode == 2
    assert b"give http(s)://HOST:PORT or unix:PATH" in done.stderr


def test_options_that_a_service_is_not_asked_with(tmp_path: Path) -> None:
    done = hook("--service", "http://127.0.0.1:9", "--log", str(tmp_path / "log.sqlite"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--fail-on and --if-away alone" in done.stderr


def test_a_key_is_sent_and_a_wrong_one_refused(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    made = subprocess.run(
        [sys.executable, "-m", "notecheck", "keys", "add", "desk", "--keys", str(keys)],
        capture_output=True,
        text=True,
        check=True,
    )
    settings = tmp_path / "settings.toml"
    settings.write_text(f'keys = "{keys}"\n[workers]\ncount = 1\n')
    with serving("--settings", str(settings), folder=tmp_path) as served:
        right = hook("--service", served.url, NOTECHECK_SERVICE_KEY=made.stdout.strip())
        wrong = hook("--service", served.url, NOTECHECK_SERVICE_KEY="wrong")
    assert right.stdout == hook().stdout
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"refuses: give a valid key" in wrong.stderr


def test_a_socket_in_use_is_refused(socket: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "serve", "--socket", str(socket)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "NOTECHECK_LOG": str(tmp_path / "log.sqlite")},
    )
    assert done.returncode == 2 and "another service listens at this socket" in done.stderr
    assert socket.exists()
