"""The documents of an encounter as HTML, whole, with the words that decide marked.

The text is cut at the offsets of its evidence, which is no template's work: so it is put together
here, of pieces that escape what they are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from markupsafe import Markup, escape

from notecheck.models import Document
from notecheck.report.html_links import Finding, words_anchor
from notecheck.report.lines import LineIndex
from notecheck.report.safe import one_line, page_text
from notecheck.report.spans import Segment, Span, segments

_LINE, _END = Markup('<span class="line">'), Markup("</span>")
_WORDS = Markup('<span id="{}">{}</span>')
_MARK = Markup('<mark class="{}">{}</mark>{}')
_BADGE = Markup('<a class="{}" href="#{}" data-badge="{}" aria-label="{}" title="{}"></a>')


def marked_text(page: str, number: int, document: Document, findings: Iterable[Finding]) -> Markup:
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
    pieces: list[Markup] = []
    for segment in segments(len(text), found_by, starts):
        if segment.start in starts:
            pieces.append(_END + _LINE if pieces else _LINE)
        words = escape(text[segment.start : segment.end])
        pieces.append(_marked(words, segment, page, number, found_by))
    return Markup("").join([*pieces, _END] if pieces else ())


def _marked(
    words: Markup,
    segment: Segment,
    page: str,
    number: int,
    found_by: defaultdict[Span, dict[Finding, None]],
) -> Markup:
    if not segment.spans:
        return words
    for span in reversed(segment.spans):
        if span.start == segment.start:
            words = _WORDS.format(words_anchor(page, number, *span), words)
    findings = [finding for span in segment.spans for finding in found_by[span]]
    ending = [span for span in segment.spans if span.end == segment.end]
    badges = Markup("").join(_badge(finding) for span in ending for finding in found_by[span])
    return _MARK.format(_kind(findings), words, badges)


def _kind(findings: list[Finding]) -> str:
    """Counted or not, with the colour of the first requirement that the words decide."""
    if all(finding.reason for finding in findings):
        return "excluded"
    hue = next((finding.hue for finding in findings if finding.hue), "")
    return f"counted {hue}".rstrip()


def _badge(finding: Finding) -> Markup:
    kind = "badge excluded" if finding.reason else "badge"
    name = one_line(f"Back to {finding.label}: {finding.description}")
    return _BADGE.format(kind, finding.anchor, finding.badge, name, name)
