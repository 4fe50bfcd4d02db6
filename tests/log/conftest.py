"""The log in both of its stores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from notecheck.log.store import Log, open_log

from .postgres_cluster import cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new place for a log."""
    if request.param == "sqlite":
        return str(tmp_path / "new" / "log.sqlite")
    url = request.getfixturevalue("postgres")
    name = f"log_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.removesuffix("/postgres") + f"/{name}"


@pytest.fixture
def log(place: str) -> Iterator[Log]:
    with closing(open_log(place)) as opened:
        yield opened
