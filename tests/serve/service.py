"""`notecheck serve` as a process of its own, reached over HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 120


class Served:
    """A running service: its address, what it says, its processes."""

    def __init__(self, *options: str, folder: Path) -> None:
        self.log = str(folder / "log.sqlite")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "notecheck", "serve", "--port", "0", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "NOTECHECK_LOG": self.log, "XDG_STATE_HOME": str(folder)},
        )
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self._address()

    def workers(self) -> list[int]:
        """The processes of the workers."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in children]

    def stop(self) -> int:
        """Stops the service as an operator does, and returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        finally:
            self.process.kill()
            self._reader.join(10)

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)

    def _address(self) -> str:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            found = re.search(r"ready at (\S+)", "".join(self.said))
            if found:
                return found[1]
            time.sleep(0.05)
        self.process.kill()
        raise AssertionError(f"the service did not start: {''.join(self.said)}")


@contextmanager
def serving(*options: str, folder: Path) -> Iterator[Served]:
    """A service that lives as long as the context; nothing that it says is a traceback."""
    served = Served(*options, folder=folder)
    try:
        yield served
    finally:
        served.stop()
        said = "".join(served.said)
        assert "Traceback" not in said, said[-4000:]


def figure(served: Served, name: str, headers: dict[str, str] | None = None) -> float:
    """A figure of `/metrics`; 0 for one that is not there yet."""
    for line in httpx.get(f"{served.url}/metrics", headers=headers).text.splitlines():
        if line.startswith(f"{name} "):
            return float(line.split()[-1])
    return 0
