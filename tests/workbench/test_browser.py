"""The workbench as people see it: a real Chromium over a running service."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect
from serve.service import Served, serving

from notecheck.serve.keys import add_key
from notecheck.serve.scopes import Scope

from .at_pages import named, settled
from .encounters import NOTE

_NARROW, _WIDE = 360, 1920
# What axe must not find: everything that WCAG 2.2 A and AA ask.
_AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }
}


def test_evidence_leads_to_the_words_and_back(bench: Served, context: BrowserContext) -> None:
    page = named(context, bench, "Ada")
    page.locator("#items tbody a").first.click()
    page.locator("li.row").first.wait_for()
    page.wait_for_load_state("load")  # the script that lights the words is there
    page.locator("li.row", has_text="new-level").locator("a.place").first.click()
    lit = page.locator(".note .lit")
    expect(lit).to_be_in_viewport()
    page.locator(".note .badge").first.click()
    expect(page.locator(".lit:not(.note *)")).to_have_count(1)


def test_an_item_shows_all_that_a_person_decides_by(bench: Served, context: BrowserContext) -> None:
    page = named(context, bench, "Ada")
    page.locator("#items tr", has_text="S5").locator("a").click()
    main = page.locator("main")
    expect(main.locator(".timeline li.today")).to_contain_text("transfemoral")
    expect(main.locator("li.row.conflict")).to_contain_text("Correct the side that is wrong")
    expect(main.locator("li.row.error", has_text="side-differs")).to_contain_text("Resolution:")
    expect(main.locator("table")).to_contain_text("T87.44")
    expect(main.locator(".history")).to_contain_text("arrived by audit")
    page.get_by_text("Seen and not counted").click()
    expect(main.locator("li.row.excluded").first).to_contain_text("history")


def test_two_people_at_one_item(bench: Served, browser: Browser, context: BrowserContext) -> None:
    ada = named(context, bench, "Ada")
    href = ada.locator("#items tr", has_text="S0").locator("a").get_attribute("href")
    other = browser.new_context()
    ben = named(other, bench, "Ben")
    for page in (ada, ben):
        page.goto(f"{bench.url}{href}")
    ada.click("[data-key=c]")
    expect(ada.locator("h1")).to_contain_text("claimed, Ada")
    ben.click("[data-key=c]")
    expect(ben.locator("[role=alert]")).to_contain_text("Ada is working on this item")
    other.close()


def test_a_stop_needs_a_second_person(
    bench: Served, browser: Browser, context: BrowserContext
) -> None:
    ada = named(context, bench, "Ada")
    href = ada.locator("#items tr", has_text="S1").locator("a").get_attribute("href")
    ada.goto(f"{bench.url}{href}")
    ada.click("[data-key=c]")
    ada.fill("[name=reason]", "The claim was corrected.")
    ada.get_by_role("button", name="Ask to override").click()
    expect(ada.locator(".problem")).to_contain_text("second person")
    other = browser.new_context()
    ben = named(other, bench, "Ben")
    ben.goto(f"{bench.url}{href}")
    ben.get_by_role("button", name="Approve and release").click()
    expect(ben.locator("h1")).to_contain_text("closed")
    expect(ben.locator(".history")).to_contain_text("override approved by Ben")
    other.close()


def test_an_answer_changes_the_result(bench: Served, context: BrowserContext) -> None:
    page = named(context, bench, "Ada")
    page.locator("#items tr", has_text="S2").locator("a").click()
    page.click("[data-key=c]")
    expect(page.locator("li.row.partial", has_text="reconstruction")).to_be_visible()
    page.get_by_text("Record an answer").click()
    page.fill("[name=answer]", "The fascia was closed with heavy suture before the skin.")
    page.fill("[name=author]", "Dr. Ortega")
    page.get_by_role("button", name="Record and check again").click()
    expect(page.locator("li.row.met", has_text="reconstruction")).to_be_visible()
    expect(page.locator(".history").last).to_contain_text("reconstruction partial → met")


def test_a_leading_query_is_not_sent(bench: Served, context: BrowserContext) -> None:
    page = named(context, bench, "Ada")
    page.locator("#items tr", has_text="S3").locator("a").click()
    page.click("[data-key=c]")
    page.get_by_text("Query to the surgeon").click()
    query = page.locator("[name=query]").first
    asked = query.input_value()
    query.fill("Subject: Closure\nPlease document a myodesis so that the claim is paid.\n")
    expect(page.locator("form[data-lint] output").first).to_contain_text("the query")
    page.get_by_role("button", name="Mark as sent").first.click()
    expect(page.locator("[role=alert]")).to_be_visible()
    page.locator("[name=query]").first.fill(asked)
    page.get_by_role("button", name="Mark as sent").first.click()
    expect(page.locator("h1")).to_contain_text("waiting")


def test_selected_words_become_a_correction(bench: Served, context: BrowserContext) -> None:
    page = named(context, bench, "Ada")
    page.locator("#items tr", has_text="S4").locator("a").click()
    page.click("[data-key=c]")
    page.wait_for_url("**/item/*")
    expect(page.locator("h1")).to_contain_text("claimed, Ada")
    page.wait_for_load_state("load")  # the script that follows a selection is there
    page.get_by_text("Something here is wrong").click()
    page.evaluate(
        """() => {
          const note = document.querySelector(".note");
          const walker = document.createTreeWalker(note, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf("prepped");
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 7);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
          }
        }"""
    )
    expect(page.locator("#selected")).to_contain_text("prepped")
    page.select_option("[name=element]", "laterality")
    page.fill("[name=right]", "right")
    page.get_by_role("button", name="Correct").click()
    expect(page.locator("main")).to_contain_text("left should be right")
    with page.expect_download() as downloaded:
        page.evaluate("location.href = '/corrections.jsonl'")
    lines = Path(downloaded.value.path()).read_text().splitlines()
    corrected = [line for line in map(json.loads, lines) if line["corrections"]]
    told = corrected[0]["corrections"][0]
    text = corrected[0]["encounter"]["documents"][0]["text"]
    assert text[told["start"] : told["end"]] == "prepped"
    assert corrected[0]["gold"]["facts"]["laterality"] == "right"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [_NARROW, 1024, _WIDE])
def test_every_page_is_accessible_and_fits(
    bench: Served, browser: Browser, scheme: str, width: int
) -> None:
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )
    page = named(context, bench, "Ada")
    item = page.locator("#items tbody a").first.get_attribute("href")
    for path in ("/", "/queue", item, "/dashboard", "/sign-in?other=true"):
        page.goto(f"{bench.url}{path}")
        if path == "/":
            page.fill("#text", NOTE)
            settled(page)
        found = Axe().run(page, options=_AXE)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_another_sites_form_is_refused(bench: Served) -> None:
    with httpx.Client(base_url=bench.url, follow_redirects=True) as client:
        client.get("/queue")
        answer = client.post("/queue/next", data={"csrf": "guessed"})
        assert answer.status_code == 403
        assert client.post("/live", json={"text": NOTE}).status_code == 403


def test_pages_take_nothing_from_elsewhere(bench: Served) -> None:
    with httpx.Client(base_url=bench.url, follow_redirects=True) as client:
        headers = client.get("/queue").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("guarded")
    path = folder / "keys.json"
    keys = {scope.value: add_key(path, scope.value, (scope,), None) for scope in Scope}
    settings = folder / "serve.toml"
    settings.write_text(
        f'keys = "{path}"\nqueue = "{folder / "queue.sqlite"}"\n[workers]\ncount = 1\n'
    )
    return settings, keys


def test_roles_come_from_keys(guarded: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    settings, keys = guarded
    with serving("--settings", str(settings), folder=tmp_path) as running:

        def status(scope: str, path: str) -> int:
            with httpx.Client(base_url=running.url, follow_redirects=True, timeout=30) as client:
                signed = client.post("/sign-in", data={"given": keys[scope], "to": "/queue"})
                return signed.status_code if signed.is_error else client.get(path).status_code

        assert status("check", "/queue") == 403
        assert status("view", "/queue") == 200
        assert status("work", "/corrections.jsonl") == 403
        assert status("admin", "/corrections.jsonl") == 200
        with httpx.Client(base_url=running.url, timeout=30) as client:
            assert client.get("/queue").status_code == 303
            assert client.post("/sign-in", data={"given": "nc_view_wrong"}).status_code == 401
