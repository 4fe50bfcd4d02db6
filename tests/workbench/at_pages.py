"""How the tests sign in, and wait until a page has its answer."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect
from serve.service import Served


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
