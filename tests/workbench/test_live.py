"""The live check in a real Chromium over a running service."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect
from serve.service import Served

from notecheck.models import Report
from notecheck.report.wording import assessed_words

from .at_pages import settled
from .encounters import NOTE, stopped


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
    # The page and the text report count alike.
    expect(page.locator(".headline")).to_contain_text(assessed_words(Report(**report)))


def test_nothing_of_a_live_check_is_kept(bench: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(bench.url)
    page.fill("#text", NOTE + "The word zanzibar stands nowhere else.")
    settled(page)
    folder = Path(bench.log).parent
    assert not any(b"zanzibar" in path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_verdict_code_and_timeline_change_with_the_text(
    bench: Served, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(bench.url)
    page.fill("#text", "PROCEDURE: Above-knee amputation of the left leg. The femur was divided.")
    expect(page.locator(".headline")).to_contain_text("supports 27590")
    expect(page.locator(".timeline > li")).to_have_count(1)
    page.fill("#text", NOTE)
    expect(page.locator(".headline")).to_contain_text("supports 27596")
    expect(page.locator(".timeline li.earlier")).to_contain_text("2020")
    page.fill("#text", "Screening colonoscopy. The prep was good.")
    expect(page.locator(".headline.release")).to_contain_text("Not concerned")


def test_a_file_is_dropped_on_the_note(bench: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(bench.url)
    dropped = page.evaluate_handle(
        """(text) => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], "note.txt", { type: "text/plain" }));
          return carried;
        }""",
        NOTE,
    )
    page.dispatch_event("#paper", "drop", {"dataTransfer": dropped})
    settled(page)
    assert page.input_value("#text") == NOTE


def test_a_report_is_copied_saved_and_printed(bench: Served, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=bench.url)
    page = context.new_page()
    page.goto(bench.url)
    page.fill("#text", NOTE)
    settled(page)
    page.click("[data-export=text]")
    expect(page.locator("#spoken")).to_have_text("Copied.")
    assert "27596" in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as downloaded:
        page.click("[data-export=html]")
    assert Path(downloaded.value.path()).read_text().startswith("<!DOCTYPE html>")
    page.emulate_media(media="print")
    for tool in (".bar", ".tools", "#claim"):
        expect(page.locator(tool).first).to_be_hidden()
    expect(page.locator("#result .headline")).to_be_visible()
    assert page.pdf().startswith(b"%PDF-")


def test_a_file_that_cannot_be_read_is_told(
    bench: Served, browser: Browser, tmp_path: Path
) -> None:
    given = tmp_path / "picture.gif"
    given.write_bytes(b"GIF89a" + bytes(50))
    page = browser.new_page()  # the refusal itself is told on the console, by the browser
    page.goto(bench.url)
    with page.expect_response("**/live/read") as answered:
        page.set_input_files("#file", str(given))
    assert answered.value.status == 422
    expect(page.locator("#problem")).to_be_visible()
    page.close()
