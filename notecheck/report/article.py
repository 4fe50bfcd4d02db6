"""One encounter and its report, ready for the template of its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from notecheck.confidence.doubt import UNSURE, doubtful
from notecheck.models import (
    ClaimFinding,
    Document,
    Encounter,
    Evidence,
    PolicyNote,
    Report,
    RequirementResult,
)
from notecheck.report.columns import shorten_middle
from notecheck.report.html_links import Finding, findings, words_anchor
from notecheck.report.html_notes import marked_text
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
    place_words,
    policy_source,
    policy_words,
    score_words,
    supported_code_words,
)

_QUOTE_COLUMNS = 240


@dataclass(frozen=True)
class Quote:
    """The words that decide, where they stand, and the id of their mark on the page."""

    anchor: str
    place: str
    words: str


class Article:
    """What `encounter.html` shows; `page` is the article's anchor and starts every id in it.

    Raises ValueError when `report` is of another encounter.
    """

    not_found = NOT_FOUND

    def __init__(self, page: str, encounter: Encounter, report: Report) -> None:
        self.page = page
        self.report = report
        self.findings = findings(page, report)
        self.score = score_words(report)
        self.supported = supported_code_words(report)
        self.reasons = decision_reasons(report)
        self._encounter = encounter
        self._places = Places(encounter)
        for finding in self.findings.all:
            self.quotes(finding.evidence)  # now, because a template would raise too late

    @property
    def requirements(self) -> Iterator[tuple[Finding, RequirementResult, str]]:
        """Each requirement, with what to do where its status is doubtful, else nothing."""
        unsure = doubtful(self.report)
        for finding, item in zip(self.findings.requirements, self.report.requirements, strict=True):
            yield finding, item, UNSURE if item.id in unsure else ""

    @property
    def claim(self) -> Iterator[tuple[Finding, ClaimFinding]]:
        return zip(self.findings.claim, self.report.findings, strict=True)

    @property
    def facts(self) -> Iterator[tuple[Finding, FactLine]]:
        return zip(self.findings.facts, fact_lines(self.report.facts), strict=True)

    @property
    def excluded(self) -> Iterator[tuple[Finding, str, tuple[Evidence, ...]]]:
        for finding, item in zip(self.findings.excluded, self.report.excluded, strict=True):
            yield finding, exclusion_words(item), item.evidence

    @property
    def operations(self) -> list[tuple[str, str, tuple[Evidence, ...]]]:
        """The limb's history in the order of time: status, words, and where they stand."""
        return [(o.status, operation_words(o), o.evidence) for o in in_time(self.report.operations)]

    @property
    def policy(self) -> Iterator[tuple[PolicyNote, str, str | None]]:
        for note in self.report.policy:
            yield note, policy_words(note), policy_source(note)

    @property
    def documents(self) -> Iterator[tuple[str, Document, Markup]]:
        for number, document in enumerate(self._encounter.documents):
            text = marked_text(self.page, number, document, self.findings.all)
            yield f"{self.page}-d{number}", document, text

    def claim_places(self, item: ClaimFinding) -> list[str]:
        return [place_words(place) for place in item.claim]

    def quotes(self, evidence: Iterable[Evidence]) -> list[Quote]:
        """Each stretch of words once, with its place."""
        return list(map(self._quote, distinct(evidence)))

    def _quote(self, evidence: Evidence) -> Quote:
        place = self._places.of(evidence)
        return Quote(
            words_anchor(self.page, place.document, evidence.start, evidence.end),
            one_line(str(place)),
            shorten_middle(one_line(evidence.text), _QUOTE_COLUMNS),
        )
