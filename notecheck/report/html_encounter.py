"""One encounter and its report as an HTML article."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from string import Template

from notecheck.models import Decision, Document, Encounter, Evidence, Report, Status, Verdict
from notecheck.report.columns import shorten_middle
from notecheck.report.html_claim import claim_html
from notecheck.report.html_links import Finding, findings, words_anchor
from notecheck.report.html_notes import marked_text
from notecheck.report.html_parts import label_html, line_html, tag_html
from notecheck.report.places import Places, distinct
from notecheck.report.safe import one_line
from notecheck.report.wording import (
    NOT_FOUND,
    FactLine,
    decision_reasons,
    exclusion_words,
    fact_lines,
    in_time,
    operation_words,
    readable,
    score_words,
    supported_code_words,
)

_QUOTE_COLUMNS = 240

_STATUS_ICONS: dict[Status, str] = {
    "met": "✓", "partial": "◐", "missing": "✗", "conflict": "≠",
    "not_applicable": "–", "not_assessed": "○",
}  # fmt: skip
_VERDICT_ICONS: dict[Verdict, str] = {"release": "✓", "review": "◐", "stop": "✗"}
_DECISION_ICONS: dict[Decision, str] = {
    "pass": "✓", "review": "◐", "hold": "✗", "not_concerned": "–",
}  # fmt: skip


def decision_html(decision: Decision) -> str:
    return tag_html(decision, _DECISION_ICONS[decision], decision)


def verdict_html(verdict: Verdict) -> str:
    return tag_html(verdict, _VERDICT_ICONS[verdict], verdict)


def status_html(status: Status) -> str:
    return tag_html(status.replace("_", "-"), _STATUS_ICONS[status], readable(status))


def render_encounter(template: Template, page: str, encounter: Encounter, report: Report) -> str:
    """The article; `page` is its anchor and starts every id in it.

    Raises ValueError when `report` is of another encounter.
    """
    return _Article(page, encounter, report).render(template)


class _Article:
    def __init__(self, page: str, encounter: Encounter, report: Report) -> None:
        self._page = page
        self._encounter = encounter
        self._report = report
        self._places = Places(encounter)
        self._findings = findings(page, report)

    def render(self, template: Template) -> str:
        report, found = self._report, self._findings
        return template.substitute(
            page=self._page,
            encounter_id=line_html(report.encounter_id),
            verdict=verdict_html(report.release.verdict),
            verdict_kind=report.release.verdict,
            decision=decision_html(report.decision),
            score=score_words(report),
            code=line_html(report.code),
            supported_code=escape(supported_code_words(report)),
            supported_places=self._places_html(found.code.evidence),
            reasons="".join(f"<li>{line_html(r)}</li>" for r in decision_reasons(report)),
            requirements="".join(self._requirement_rows()),
            suggestions=self._suggestions_html(),
            operations=self._operations_html(),
            claim=claim_html(self._page, report, found.claim, self._quotes_html),
            facts="".join(map(self._fact_row, found.facts, fact_lines(report.facts))),
            excluded=self._excluded_html(),
            reading=self._reading_html(),
            documents="".join(map(self._document, range(len(self._encounter.documents)))),
        )

    def _requirement_rows(self) -> Iterable[str]:
        for finding, item in zip(
            self._findings.requirements, self._report.requirements, strict=True
        ):
            kind = item.status.replace("_", "-")
            yield (
                f'<tr id="{finding.anchor}" class="{kind}" role="row">'
                f'<td class="status" role="cell">{status_html(item.status)}</td>'
                f'<th scope="row" role="rowheader">{label_html(finding)} {line_html(item.id)}</th>'
                f'<td role="cell"><p>{line_html(item.message)}</p>'
                f"{self._quotes_html(item.evidence)}</td></tr>\n"
            )

    def _suggestions_html(self) -> str:
        if not self._report.suggestions:
            return ""
        heading = f"{self._page}-suggestions"
        items = "".join(f"<li>{line_html(item.question)}</li>" for item in self._report.suggestions)
        return (
            f'<section aria-labelledby="{heading}"><h3 id="{heading}">What an answer would settle'
            f'</h3>\n<ul class="suggestions">{items}</ul></section>\n'
        )

    def _fact_row(self, finding: Finding, fact: FactLine) -> str:
        values = "".join(
            f"<li>{escape(value.words)}{self._places_html(value.evidence)}</li>"
            for value in fact.values
        )
        told = f"<ul>{values}</ul>" if values else f'<span class="absent">{NOT_FOUND}</span>'
        return (
            f'<tr id="{finding.anchor}" role="row"><th scope="row" role="rowheader">'
            f'{label_html(finding)} {fact.name}</th><td role="cell">{told}</td></tr>\n'
        )

    def _operations_html(self) -> str:
        """The timeline: a mark for each operation in the order of time, today's filled."""
        operations = in_time(self._report.operations)
        if not operations:
            return ""
        marks = "".join(
            f'<li class="{operation.status}">{line_html(operation_words(operation))}'
            f"{self._places_html(operation.evidence)}</li>"
            for operation in operations
        )
        return (
            f'<section aria-labelledby="{self._page}-operations">'
            f'<h3 id="{self._page}-operations">Operations</h3>'
            f'<ol class="timeline">{marks}</ol></section>\n'
        )

    def _excluded_html(self) -> str:
        items = "".join(
            f'<li id="{finding.anchor}"><p>{label_html(finding)} {line_html(exclusion_words(item))}'
            f"</p>{self._quotes_html(item.evidence)}</li>\n"
            for finding, item in zip(self._findings.excluded, self._report.excluded, strict=True)
        )
        return (
            f'<ul class="excluded-list">{items}</ul>' if items else '<p class="absent">nothing</p>'
        )

    def _reading_html(self) -> str:
        """What was sent and could not be read; nothing at all where all was."""
        if not self._report.reading:
            return ""
        heading = f"{self._page}-reading"
        items = "".join(
            f"<li>{line_html(f'{item.part} ({item.kind}): {item.why}')}</li>"
            for item in self._report.reading
        )
        return (
            f'<section aria-labelledby="{heading}"><h3 id="{heading}">Sent and not read as text'
            f'</h3>\n<ul class="suggestions">{items}</ul></section>\n'
        )

    def _document(self, number: int) -> str:
        document = self._encounter.documents[number]
        text = marked_text(self._page, number, document, self._findings.all)
        heading = f"{self._page}-d{number}"
        body = f'<div class="note">{text}</div>' if text else '<p class="absent">no text</p>'
        return (
            f'<section class="document" aria-labelledby="{heading}">'
            f'<h4 id="{heading}">{line_html(document.doc_id)} {_origin(document)}</h4>'
            f"{body}</section>\n"
        )

    def _quotes_html(self, evidence: Iterable[Evidence]) -> str:
        items = "".join(
            f"<li>{self._link(item)} <q>{self._quote(item)}</q></li>" for item in distinct(evidence)
        )
        return f'<ul class="quotes">{items}</ul>' if items else ""

    def _places_html(self, evidence: Iterable[Evidence]) -> str:
        return "".join(f" {self._link(item)}" for item in distinct(evidence))

    def _link(self, evidence: Evidence) -> str:
        place = self._places.of(evidence)
        anchor = words_anchor(self._page, place.document, evidence.start, evidence.end)
        return (
            f'<a class="place" href="#{anchor}" title="{self._quote(evidence)}">'
            f"{line_html(str(place))}</a>"
        )

    def _quote(self, evidence: Evidence) -> str:
        return escape(shorten_middle(one_line(evidence.text), _QUOTE_COLUMNS))


def _origin(document: Document) -> str:
    told = readable(document.type)
    date = f", {document.date.isoformat()}" if document.date else ""
    return f"<small>{told}{date}</small>"
