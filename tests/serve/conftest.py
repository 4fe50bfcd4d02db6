"""One open service for all tests that do it no harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from .service import Served, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("served")
    settings = folder / "serve.toml"
    settings.write_text(
        "keep_text = true\n"
        "[workers]\ncount = 1\n"
        "[limits]\nbody_bytes = 1000000\nbatch_bytes = 2000000\nbody_seconds = 2\n"
        "header_seconds = 2\n"
    )
    with serving("--settings", str(settings), folder=folder) as running:
        yield running


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """A client of the open service; the service is healthy after every test."""
    with httpx.Client(base_url=served.url, timeout=60) as opened:
        yield opened
        assert opened.get("/readyz").status_code == 200
