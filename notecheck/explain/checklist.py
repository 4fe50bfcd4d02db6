"""What the surgeon can dictate next time, for one code."""

from __future__ import annotations

from typing import Literal

from notecheck.explain.blocks import Chapter, Entry, Page
from notecheck.explain.card import CodeCard, RequirementCard, code_card
from notecheck.explain.markdown import page_markdown
from notecheck.explain.text import page_text
from notecheck.report.columns import wrap

ChecklistFormat = Literal["text", "markdown", "dictation"]
_WIDTH = 80


def checklist(code: str, output_format: ChecklistFormat) -> str:
    """The checklist of `code`, or a dictation template with a `[field]` for what is filled in.

    What only the claim can tell is left out. Raises InputError for a code that is not known.
    """
    card = code_card(code)
    dictated = [item for item in card.requirements if item.dictate]
    if output_format == "dictation":
        return _dictation(card, dictated)
    entries = tuple(
        Entry(item.asks, name=f"\u2610 {item.id}", points=(("Such as", item.meets[:1]),))
        for item in dictated
    )
    page = Page(f"{card.code}: what to dictate", (Chapter(card.name, entries),))
    return page_markdown(page) if output_format == "markdown" else page_text(page)


def _dictation(card: CodeCard, dictated: list[RequirementCard]) -> str:
    """Fields to fill in with what was found and done; nothing is filled in beforehand."""
    told = f"{card.name}: fill in what was found and done, and strike out what was not."
    lines = [*wrap(told, _WIDTH), ""]
    for item in dictated:
        lines += wrap(item.dictate, _WIDTH, rest="   ")
    return "\n".join(lines) + "\n"
