"""The service's README works as typed, from the start of the service to the log."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "notecheck" / "serve" / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"<!-- (serve|run|python|output) -->\n```\w+\n(.*?)```", re.S)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def test_the_readme_works_as_typed(tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    ports = {"8080": str(free_port()), "2575": str(free_port())}
    text = re.sub(r"\b(8080|2575)\b", lambda found: ports[found[0]], README)
    blocks = _BLOCK.findall(text)
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "XDG_STATE_HOME": str(tmp_path),
    }
    environment.pop("NOTECHECK_LOG", None)
    (start,) = [body for kind, body in blocks if kind == "serve"]
    process = subprocess.Popen(start.split(), cwd=tmp_path, env=environment)
    try:
        wait_until_ready(ports["8080"])
        said = ""
        for kind, body in blocks:
            if kind == "output":
                assert squeezed(body) in squeezed(said) or all(
                    squeezed(line) in squeezed(said) for line in body.splitlines()
                ), f"{body}\nis not\n{said}"
            elif kind in ("run", "python"):
                words = ["bash", "-eu", "-c", body]
                if kind == "python":
                    words = [sys.executable, "-c", f"{body}\nprint(report['decision'])"]
                done = subprocess.run(
                    words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
                )
                assert done.returncode == 0, body + done.stdout + done.stderr
                said = done.stdout
    finally:
        process.terminate()
        assert process.wait(60) == 0


def squeezed(text: str) -> str:
    return " ".join(text.split())


def wait_until_ready(port: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://localhost:{port}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the service did not start")
