"""The documents of an encounter as HTML, whole, with the words that decide marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from html import escape

from notecheck.models import Document
from notecheck.report.html_links import Finding, words_anchor
from notecheck.report.lines import LineIndex
from notecheck.report.safe import one_line, page_text
from notecheck.report.spans import Segment, Span, segments


def marked_text(page: str, number: int, document: Document, findings: Iterable[Finding]) -> str:
    """The document's text as numbered lines with its evidence marked and linked.

    `page` is the encounter's anchor and `number` the document's. Tags apart the result is the
    document's text, escaped: badges get their words from the style sheet.
    """
    found_by: defaultdict[Span, dict[Finding, None]] = defaultdict(dict)
    for finding in findings:
        for item in finding.evidence:
            if item.doc_id == document.doc_id:
                found_by[Span(item.start, item.end)][finding] = None
    text = page_text(document.text)
    starts = set(LineIndex(text).starts)
    pieces: list[str] = []
    for segment in segments(len(text), found_by, starts):
        if segment.start in starts:
            pieces.append('</span><span class="line">' if pieces else '<span class="line">')
        words = escape(text[segment.start : segment.end])
        pieces.append(_marked(words, segment, page, number, found_by))
    return "".join(pieces) + ("</span>" if pieces else "")


def _marked(
    words: str,
    segment: Segment,
    page: str,
    number: int,
    found_by: defaultdict[Span, dict[Finding, None]],
) -> str:
    if not segment.spans:
        return words
    for span in reversed(segment.spans):
        if span.start == segment.start:
            words = f'<span id="{words_anchor(page, number, *span)}">{words}</span>'
    findings = [finding for span in segment.spans for finding in found_by[span]]
    kind = "excluded" if all(finding.reason for finding in findings) else "counted"
    ending = [span for span in segment.spans if span.end == segment.end]
    badges = "".join(_badge(finding) for span in ending for finding in found_by[span])
    return f'<mark class="{kind}">{words}</mark>{badges}'


def _badge(finding: Finding) -> str:
    kind = "badge excluded" if finding.reason else "badge"
    name = escape(one_line(f"Back to {finding.label}: {finding.description}"))
    return (
        f'<a class="{kind}" href="#{finding.anchor}" data-badge="{escape(finding.badge)}" '
        f'aria-label="{name}" title="{name}"></a>'
    )
