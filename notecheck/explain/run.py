"""What `notecheck explain` prints."""

from __future__ import annotations

from typing import Literal

from notecheck.explain.blocks import card_page, requirement_page
from notecheck.explain.card import CodeCard, RequirementCard, code_card, requirement_card
from notecheck.explain.error_codes import ErrorCode, error_code, error_page, is_error_code
from notecheck.explain.html import page_html
from notecheck.explain.markdown import page_markdown
from notecheck.explain.text import page_text

ExplainFormat = Literal["text", "json", "markdown", "html"]


def explanation(subject: str, output_format: ExplainFormat) -> str:
    """The card of a code, or for CODE:REQUIREMENT that requirement; also of an error code (NC113).

    Raises UnknownError for a code or a requirement that is not known.
    """
    code, colon, requirement = subject.partition(":")
    card: CodeCard | RequirementCard | ErrorCode
    if is_error_code(subject):
        card = error_code(subject)
        page = error_page(card)
    elif colon:
        card = requirement_card(code, requirement)
        page = requirement_page(code, card)
    else:
        card = code_card(code)
        page = card_page(card)
    if output_format == "json":
        return card.model_dump_json(indent=2) + "\n"
    if output_format == "markdown":
        return page_markdown(page)
    return page_html(page) if output_format == "html" else page_text(page)
