"""The workbench without a mouse."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect
from serve.service import Served

from .at_pages import named

_STEPS = 200


def tab_to(page: Page, selector: str) -> None:
    """Goes on by Tab until what `selector` names has the focus."""
    for _ in range(_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def test_the_queue_is_walked_by_keys(bench: Served, context: BrowserContext) -> None:
    page = named(context, bench, "Keys")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    expect(page.locator("#items tbody tr").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("/")
    expect(page.locator("[name=state]")).to_be_focused()


def test_an_item_is_worked_from_sign_in_to_decision_by_keyboard_alone(
    bench: Served, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{bench.url}/sign-in?other=true&to=/queue")
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.type("Keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{bench.url}/queue")  # the page for signing in names "/queue" too
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/item/*")
    page.wait_for_load_state("load")
    page.keyboard.press("c")
    expect(page.locator("h1")).to_contain_text("claimed, Keyboard")
    page.wait_for_load_state("load")
    tab_to(page, "li.row .place")
    page.keyboard.press("Enter")  # to the words in the note
    expect(page.locator(".note .lit")).to_be_in_viewport()
    tab_to(page, "details:has([name=answer]) > summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name=answer]")
    page.keyboard.type("The fascia was closed with heavy suture before the skin.")
    tab_to(page, "[name=author]")
    page.keyboard.type("Dr. Ortega")
    page.keyboard.press("Enter")
    expect(page.locator("li.row.met", has_text="reconstruction")).to_be_visible()
    page.wait_for_load_state("load")
    tab_to(page, "[name=reason]")
    page.keyboard.type("The other side was billed.")
    tab_to(page, "button[value=held]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("closed")
    page.wait_for_load_state("load")
    page.keyboard.press("q")
    page.wait_for_url(f"{bench.url}/queue")
    page.keyboard.press("n")
    page.wait_for_url("**/item/*")
    expect(page.locator("h1")).to_contain_text("claimed, Keyboard")
