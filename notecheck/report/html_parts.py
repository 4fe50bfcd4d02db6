"""Small pieces of HTML that the parts of a page share."""

from __future__ import annotations

from html import escape

from notecheck.report.html_links import Finding
from notecheck.report.safe import one_line


def line_html(text: str) -> str:
    """Any text from outside as one escaped, harmless line."""
    return escape(one_line(text))


def tag_html(kind: str, icon: str, words: str) -> str:
    """A word with its mark, coloured by `kind`."""
    return f'<span class="tag {kind}"><span aria-hidden="true">{icon}</span> {words}</span>'


def label_html(finding: Finding) -> str:
    """The short name that leads from the page's tables to the words in the notes."""
    return f'<span class="label">{finding.label}</span>'
