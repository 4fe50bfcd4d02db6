"""What is told while an audit runs: a live line at a terminal, plain lines elsewhere."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import termios
from collections import Counter
from pathlib import Path

import pytest

from notecheck.audit import progress
from notecheck.audit.parts import Tally
from notecheck.audit.progress import Watch

from .cases import ROOT, command, knees, write_lines

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def test_plain_lines_tell_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(0, 1000, 20))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    watch = Watch(1_000)
    watch.add(Tally(Counter(hold=1_200, review=3), 2), 400)
    said = capsys.readouterr().err
    assert said.startswith(
        "notecheck: 1,205 read: 0 pass, 3 review, 1,200 hold, 0 not_concerned, 2 failed; "
    )
    assert re.search(r"; \d+ a second, about \d:\d\d left\n$", said)
    watch.add(Tally(Counter(hold=1)), 600)
    assert capsys.readouterr().err == ""  # done: the end is told by the last line


def test_a_terminal_has_a_live_line_of_its_width(tmp_path: Path) -> None:
    charts = write_lines(tmp_path / "charts.jsonl", knees(300))
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        words = command("audit", charts, "--out", tmp_path / "out", "--workers", "1")
        os.execve(words[0], words, os.environ | {"TERM": "xterm-256color"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown = b""
    try:
        while block := os.read(terminal, 4096):
            shown += block
    except OSError:  # how Linux tells that the other end has gone
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    lines = re.split(r"[\r\n]+", _CONTROL.sub("", shown.decode()))
    live = [line for line in lines if "100%" in line]
    assert live and all(len(line) <= 80 for line in live)
    assert "0 pass, 0 review, 0 hold, 300 not_concerned, 0 failed" in live[-1]
