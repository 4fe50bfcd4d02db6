"""A card as one web page that needs nothing but itself."""

from __future__ import annotations

from notecheck.explain.blocks import Page
from notecheck.report.pages import render_page, style_sheet

_ROOM = "notecheck.explain"


def page_html(page: Page) -> str:
    """The page, its style inside it, with no script and a policy that allows none."""
    style = style_sheet("notecheck.report", "page.css") + style_sheet(_ROOM, "card.css")
    return render_page(_ROOM, "card.html", style, page=page)
