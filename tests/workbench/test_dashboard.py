"""The dashboard, its exports, and what arrives in the queue by the service."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect
from serve.service import ROOT, Served, serving

from notecheck import check
from notecheck.read.shape import encounter_from_object
from notecheck.workbench.queue import Queue
from notecheck.workbench.store import Store

from .at_pages import named
from .encounters import stopped


def _closed(queue: Queue, encounter: dict[str, Any], outcome: str) -> None:
    given = encounter_from_object(encounter)
    number = queue.add(given, check(given), source="audit", amount=100.0)
    queue.claim(number, "Ben", queue.item(number)["version"])
    queue.close(number, "Ben", outcome, {}, queue.item(number)["version"])


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench in which people decided: two releases, one of them overturned, and a stop."""
    folder: Path = tmp_path_factory.mktemp("worked")
    place = str(folder / "queue.sqlite")
    line = (ROOT / "corpus/development/fir.jsonl").read_text().splitlines()[0]
    passing = json.loads(line)["encounter"]
    store = Store(place)
    _closed(Queue(store), {**passing, "encounter_id": "kept"}, "released")
    _closed(Queue(store), {**passing, "encounter_id": "overturned"}, "held")
    _closed(Queue(store), stopped("stopped"), "held")
    store.close()
    settings = folder / "serve.toml"
    settings.write_text(f'queue = "{place}"\n[workers]\ncount = 1\n')
    with serving("--settings", str(settings), folder=folder) as running:
        answer = httpx.post(f"{running.url}/v1/check", json=stopped("by HTTP"), timeout=60)
        assert answer.json()["release"]["verdict"] == "stop"
        yield running


def test_what_the_service_checks_lands_in_the_queue(
    worked: Served, context: BrowserContext
) -> None:
    page = named(context, worked, "Ada")
    page.locator("#items tr", has_text="by HTTP").locator("a").click()
    expect(page.locator(".history")).to_contain_text("arrived by http")


def test_the_dashboard_counts_and_exports(worked: Served, context: BrowserContext) -> None:
    page = named(context, worked, "Ada")
    page.goto(f"{worked.url}/dashboard")
    for title in ("By month of service", "By surgeon", "By payer", "Open requirements", "Findings"):
        card = page.locator("section.card").filter(has=page.get_by_role("heading", name=title))
        expect(card.locator("svg rect").first).to_be_attached()
    expect(page.locator("section.card", has_text="Amount")).to_contain_text("held $200")
    answer = context.request.get(f"{worked.url}/dashboard.csv")
    rows = {row["encounter_id"]: row for row in csv.DictReader(io.StringIO(answer.text()))}
    assert (rows["kept"]["outcome"], rows["overturned"]["outcome"]) == ("released", "held")
    assert "divided with a saw" not in answer.text()  # no words of a note


def test_the_threshold_is_moved_and_tells_what_it_would_do(
    worked: Served, context: BrowserContext
) -> None:
    page = named(context, worked, "Ada")
    page.goto(f"{worked.url}/dashboard")
    card = page.locator("section.card", has_text="Risk and coverage")
    slider = card.locator("[type=range]")
    slider.focus()
    slider.press("Home")
    card.get_by_role("button").click()
    expect(card).to_contain_text("At 0%: 100% clear by themselves, 50% of them overturned.")
    expect(card.locator(".curve")).to_have_attribute("points", re.compile("^410.0,80.0 "))
