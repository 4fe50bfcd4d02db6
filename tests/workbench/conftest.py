"""The queue in both of its stores, and a workbench that a real browser opens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from log.postgres_cluster import cluster
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from serve.service import Served, serving

from notecheck import check
from notecheck.read.shape import encounter_from_object
from notecheck.workbench.queue import Queue
from notecheck.workbench.store import Store

from .encounters import stopped

_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with cluster() as url:
        yield url


def _database(postgres: str) -> str:
    name = f"queue_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.removesuffix("/postgres") + f"/{name}"


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        opened = Store(str(tmp_path / "new" / "queue.sqlite"))
    else:
        opened = Store(_database(request.getfixturevalue("postgres")))
    yield opened
    opened.close()


@pytest.fixture
def queue(store: Store) -> Queue:
    return Queue(store)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if _BROWSER is None:
        assert not os.environ.get("CI"), "CI has to install chromium"
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=_BROWSER,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A running workbench with encounters in its queue that must be stopped."""
    folder: Path = tmp_path_factory.mktemp("bench")
    place = str(folder / "queue.sqlite")
    if request.param == "postgres":
        place = _database(request.getfixturevalue("postgres"))
    store = Store(place)
    for number in range(6):
        encounter = encounter_from_object(stopped(f"S{number}"))
        Queue(store).add(encounter, check(encounter), source="audit", amount=100.0 * (number + 1))
    store.close()
    settings = folder / "serve.toml"
    settings.write_text(f'queue = "{place}"\n[workers]\ncount = 1\n')
    with serving("--settings", str(settings), folder=folder) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A new person at a browser, in which nothing may be said on the console."""
    said: list[str] = []
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(20_000)
    opened.on(
        "console",
        lambda message: said.append(message.text) if message.type in ("error", "warning") else None,
    )
    opened.on("weberror", lambda error: said.append(str(error.error)))
    yield opened
    opened.close()
    assert said == []
