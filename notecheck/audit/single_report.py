"""One report of an audit's sample, without the note: its verdict and the words that decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from notecheck.models import Evidence, Report, RequirementResult
from notecheck.report.columns import shorten_middle
from notecheck.report.html_encounter import decision_html, status_html
from notecheck.report.html_parts import line_html
from notecheck.report.safe import one_line
from notecheck.report.wording import (
    NOT_FOUND,
    decision_reasons,
    fact_lines,
    score_words,
    supported_code_words,
)

_QUOTE_COLUMNS = 200
_QUOTES = 4


def single_report(anchor: str, row: Mapping[str, Any], report: Report) -> str:
    """The article; `row` is the encounter's row in the table of reports."""
    facts = "".join(
        f"<div><dt>{fact.name}</dt><dd>"
        f"{escape('; '.join(value.words for value in fact.values) or NOT_FOUND)}</dd></div>"
        for fact in fact_lines(report.facts)
    )
    requirements = "".join(map(_requirement, report.requirements))
    reasons = "".join(f"<li>{line_html(reason)}</li>" for reason in decision_reasons(report))
    return (
        f'<article class="single" id="{anchor}" aria-labelledby="{anchor}-t">'
        f'<h3 id="{anchor}-t">{line_html(report.encounter_id)}</h3>'
        f"<p>{decision_html(report.decision)} score {score_words(report)}; supported code "
        f'{escape(supported_code_words(report))}; <span class="absent">from '
        f"{line_html(row['source'])}</span></p>"
        f'<ul class="reasons">{reasons}</ul><dl class="facts-list">{facts}</dl>'
        '<table class="stacking" role="table"><caption>Requirements</caption>'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Status</th>'
        '<th scope="col" role="columnheader">Requirement</th>'
        '<th scope="col" role="columnheader">What was found</th></tr></thead>'
        f'<tbody role="rowgroup">{requirements}</tbody></table>'
        '<p class="up"><a href="#content">Back to the top</a></p></article>\n'
    )


def _requirement(item: RequirementResult) -> str:
    kind = item.status.replace("_", "-")
    return (
        f'<tr class="{kind}" role="row">'
        f'<td class="status" role="cell">{status_html(item.status)}</td>'
        f'<th scope="row" role="rowheader">{line_html(item.id)}</th>'
        f'<td role="cell"><p>{line_html(item.message)}</p>{_quotes(item.evidence)}</td></tr>'
    )


def _quotes(evidence: Iterable[Evidence]) -> str:
    told = dict.fromkeys(shorten_middle(one_line(e.text), _QUOTE_COLUMNS) for e in evidence)
    items = "".join(f"<li><q>{escape(quote)}</q></li>" for quote in list(told)[:_QUOTES])
    return f'<ul class="quotes">{items}</ul>' if items else ""
