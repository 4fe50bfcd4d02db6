"""Scan, hook and audit need nothing that Windows lacks: simulated by taking it away."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTE = "OPERATION: Revision of left above-knee amputation. The femur was cut with a saw."
# The first lines run in workers too, where the environment names the folder as start-up code.
AWAY = """\
import importlib.abc, signal, sys, types


class Away(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "resource", "pwd", "grp", "termios", "pty"):
            raise ModuleNotFoundError(name, name=name)
        return None


for name in ("fcntl", "resource", "pwd", "grp", "termios", "pty"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Away())
for name in ("setitimer", "SIGALRM", "ITIMER_REAL", "alarm"):
    delattr(signal, name)
windows = types.ModuleType("msvcrt")
windows.LK_NBLCK, windows.locking = 2, lambda file, mode, size: None
"""
PROGRAM = (
    AWAY
    + """\
sys.modules["notecheck_test_msvcrt"] = windows
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: (
    None if name == "fcntl" else found(name, package)
)
import importlib
load = importlib.import_module
importlib.import_module = lambda name, package=None: (
    windows if name == "msvcrt" else load(name, package)
)
from notecheck.commands.app import main
main()
"""
)


def as_on_windows(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )


def test_scan(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text(NOTE)
    done = as_on_windows("scan", str(tmp_path / "*.txt"))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("STOP n: 27596")


def test_hook() -> None:
    given = {"encounter_id": "E", "documents": [{"doc_id": "op", "text": NOTE}]}
    done = as_on_windows("hook", stdin=json.dumps(given))
    assert (done.returncode, done.stderr) == (1, "")


def test_audit(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text(NOTE)
    done = as_on_windows("audit", str(tmp_path / "n.txt"), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "summary.html").exists()
