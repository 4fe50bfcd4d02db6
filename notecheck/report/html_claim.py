"""The findings on the claim and the payer's rule as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from notecheck.models import ClaimFinding, Evidence, PolicyNote, Report, Severity
from notecheck.report.html_links import Finding
from notecheck.report.html_parts import label_html, line_html, tag_html
from notecheck.report.wording import place_words, policy_source, policy_words

_ICONS: dict[Severity, str] = {"error": "\u2717", "warning": "\u25d0", "note": "\u2013"}
# The colours of statuses that are as grave.
_KINDS: dict[Severity, str] = {"error": "missing", "warning": "partial", "note": "not-assessed"}


def claim_html(
    page: str,
    report: Report,
    findings: Sequence[Finding],
    quotes_html: Callable[[Iterable[Evidence]], str],
) -> str:
    """The sections of the claim; empty where the encounter has none."""
    if not report.findings and not report.policy:
        return ""
    rows = "".join(
        _row(finding, item, quotes_html)
        for finding, item in zip(findings, report.findings, strict=True)
    )
    table = (
        '<table class="requirements claim stacking" role="table">'
        "<caption>What does not fit, what the claim and the documents say, and the resolution"
        '</caption><thead role="rowgroup"><tr role="row">'
        '<th scope="col" role="columnheader">Severity</th>'
        '<th scope="col" role="columnheader">Finding</th>'
        '<th scope="col" role="columnheader">Claim and documents</th></tr></thead>'
        f'<tbody role="rowgroup">\n{rows}</tbody></table>'
    )
    told = table if rows else '<p class="absent">nothing to resolve</p>'
    return (
        f'<section aria-labelledby="{page}-claim">'
        f'<h3 id="{page}-claim">Claim against the documents</h3>\n'
        f"{told}</section>\n"
        f'<section aria-labelledby="{page}-policy">'
        f'<h3 id="{page}-policy">Payer&#x27;s rule of the day</h3>\n'
        f'<ul class="policy">{"".join(_policy(report.policy))}</ul></section>\n'
    )


def _row(
    finding: Finding, item: ClaimFinding, quotes_html: Callable[[Iterable[Evidence]], str]
) -> str:
    kind = _KINDS[item.severity]
    places = "".join(f"<li>{line_html(place_words(place))}</li>" for place in item.claim)
    return (
        f'<tr id="{finding.anchor}" class="{kind}" role="row"><td class="status" role="cell">'
        f"{tag_html(kind, _ICONS[item.severity], item.severity)}</td>"
        f'<th scope="row" role="rowheader">{label_html(finding)} {line_html(item.id)}</th>'
        f'<td role="cell"><p>{line_html(item.message)}</p>'
        f'<ul class="quotes">{places}</ul>{quotes_html(item.evidence)}'
        f"<p>Why: {line_html(item.why)}</p>"
        f"<p>Resolution: {line_html(item.resolution)}</p></td></tr>\n"
    )


def _policy(notes: Sequence[PolicyNote]) -> Iterator[str]:
    for note in notes:
        source = policy_source(note)
        told = f"<p>{line_html(source)}</p>" if source else ""
        yield (
            f"<li><p>{line_html(note.topic)}: {line_html(policy_words(note))}</p>"
            f"<p>{line_html(note.message)}</p>{told}</li>\n"
        )
