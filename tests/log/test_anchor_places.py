"""Anchors reach a file, syslog and an object store; what cannot be written is told."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from object_store import storing

from notecheck.log.anchor_places import note_down
from notecheck.log.failure import LogError

LINE = '{"head":"abcdefabcdefabcdef","number":7}'


def test_a_file_is_appended_to(tmp_path: Path) -> None:
    for _ in range(2):
        note_down(LINE, str(tmp_path / "anchors"))
    assert (tmp_path / "anchors").read_text() == f"{LINE}\n" * 2
    with pytest.raises(LogError, match="cannot be written: No such file or directory"):
        note_down(LINE, str(tmp_path / "nowhere" / "anchors"))


def test_syslog_gets_the_line() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(10)
        note_down(LINE, f"syslog://127.0.0.1:{server.getsockname()[1]}")
        assert server.recv(4096).strip(b"\0").endswith(b"notecheck: " + LINE.encode())


def test_a_syslog_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notecheck.log.anchor_places._SYSTEM_LOG", "/nowhere/log")
    with pytest.raises(LogError, match="cannot be written"):
        note_down(LINE, "syslog:")


def test_an_object_is_put_once_and_never_over_another() -> None:
    with storing() as (url, objects):
        for _ in range(2):
            note_down(LINE, f"{url}/anchors/", "secret")
    assert [(o.path, o.body, o.token) for o in objects] == [
        ("/anchors/000000000007-abcdefabcdefabcd.json", f"{LINE}\n".encode(), "Bearer secret")
    ]


def test_a_store_that_refuses_or_is_away_is_told() -> None:
    with storing(status=403) as (url, _), pytest.raises(LogError, match="status 403"):
        note_down(LINE, url)
    with pytest.raises(LogError, match="ConnectError"):
        note_down(LINE, url)
