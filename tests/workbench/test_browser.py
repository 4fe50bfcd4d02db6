"""The workbench as people see it: a real Chromium over a running service."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serve.service import Served, serving

from notecheck.serve.keys import add_key
from notecheck.serve.scopes import Scope

from .encounters import NOTE, stopped

_NARROW, _WIDE = 360, 1920
# What axe must not find: everything that WCAG 2.2 A and AA ask.
_AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }
}


def named(context: BrowserContext, bench: Served, name: str) -> Page:
    """A page of somebody who signed in by name."""
    page = context.new_page()
    page.goto(f"{bench.url}/sign-in?other=true&to=/queue")
    page.fill("#given", name)
    page.click("main button")
    page.wait_for_url("**/queue")
    return page


def settled(page: Page) -> None:
    expect(page.locator("#result")).to_have_attribute("data-answers", re.compile("[1-9]"))


def test_facts_light_up_while_a_note_is_written(bench: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(bench.url)
    before, _, closing = NOTE.partition("The skin was closed")
    page.fill("#text", before)
    row = page.locator("li.row", has_text="reconstruction")
    expect(row.locator(".status")).to_contain_text("missing")
    page.locator("#text").press_sequentially("The fascia was closed" + closing)
    expect(row.locator(".status")).to_contain_text("met")
    expect(page.locator("#backdrop mark", has_text="fascia was closed")).to_have_count(1)
    expect(page.locator("#backdrop")).to_have_text(page.input_value("#text"))
    assert page.evaluate("document.getElementById('backdrop').textContent") == page.input_value(
        "#text"
    )
    assert float(page.get_attribute("#result", "data-milliseconds") or "inf") < 5_000


def test_a_claim_beside_the_note_is_checked(bench: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(bench.url)
    page.fill("#text", NOTE)
    page.fill("[name=code]", "27596")
    page.fill("[name=modifiers]", "RT")
    expect(page.locator("li.row.conflict", has_text="laterality-claim")).to_be_visible()


def test_a_file_is_dropped_in(bench: Served, context: BrowserContext, tmp_path: Path) -> None:
    given = tmp_path / "chart.json"
    given.write_text(json.dumps(stopped("from a file")))
    page = context.new_page()
    page.goto(bench.url)
    page.set_input_files("#file", str(given))
    settled(page)
    assert page.input_value("#text") == NOTE
    expect(page.locator("li.row.conflict", has_text="laterality-claim")).to_be_visible()


def test_a_report_is_taken_along(bench: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(bench.url)
    page.fill("#text", NOTE)
    settled(page)
    with page.expect_download() as downloaded:
        page.click("[data-export=json]")
    report = json.loads(Path(downloaded.value.path()).read_text())
    assert report["schema"] == "notecheck.report/1"


def test_nothing_of_a_live_check_is_kept(bench: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(bench.url)
    page.fill("#text", NOTE + "The word zanzibar stands nowhere else.")
    settled(page)
    folder = Path(bench.log).parent
    assert not any(b"zanzibar" in path.read_bytes() for path in folder.iterdir() if path.is_file())


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


def test_the_queue_is_worked_by_keyboard_alone(bench: Served, context: BrowserContext) -> None:
    page = named(context, bench, "Keys")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#items tbody tr").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("n")
    page.wait_for_url("**/item/*")
    expect(page.locator("h1")).to_contain_text("claimed, Keys")
    page.keyboard.press("q")
    page.wait_for_url("**/queue")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [_NARROW, 1024, _WIDE])
def test_every_page_is_accessible_and_fits(
    bench: Served, browser: Browser, scheme: str, width: int
) -> None:
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 900},  # type: ignore[arg-type]
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
