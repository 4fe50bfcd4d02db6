"""An encounter and its report as the templates show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from notecheck.models import ClaimFinding, Encounter, Evidence, Report, RequirementResult
from notecheck.report.html_links import Finding, findings, words_anchor
from notecheck.report.html_notes import marked_text
from notecheck.report.places import Places, distinct
from notecheck.report.safe import one_line
from notecheck.report.wording import (
    FactLine,
    assessed_words,
    fact_lines,
    readable,
    supported_code_words,
    unread,
)

PAGE = "w"  # the anchors' first letter: one encounter a page
_QUOTE = 90  # characters of an evidence item in a list
_ORDER = ("conflict", "missing", "partial", "met", "not_assessed", "not_applicable")
_ICONS = {
    "met": "✓", "partial": "◐", "missing": "✗", "conflict": "≠", "not_applicable": "–",
    "not_assessed": "○", "error": "✗", "warning": "◐", "note": "i",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """An evidence item: where it stands, its anchor in the note, and its first words."""

    place: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Row:
    """One requirement, finding, fact or mention not counted, tied to its words."""

    anchor: str
    label: str
    name: str
    status: str
    icon: str
    message: str
    words: tuple[Words, ...]
    resolution: str = ""


def view(encounter: Encounter, report: Report) -> dict[str, Any]:
    """What `_result.html` and `_note.html` need. Raises ValueError when they do not belong
    together."""
    return _View(encounter, report).values()


class _View:
    def __init__(self, encounter: Encounter, report: Report) -> None:
        self._encounter = encounter
        self._report = report
        self._places = Places(encounter)
        self._found = findings(PAGE, report)

    def values(self) -> dict[str, Any]:
        report, found = self._report, self._found
        return {
            "report": report,
            "verdict": report.release.verdict,
            "unread": unread(report) if report.decision == "not_concerned" else report.reading,
            "supported": supported_code_words(report),
            "code_words": self._words(report.supported_code.evidence),
            "assessed": assessed_words(report),
            "requirements": sorted(
                map(self._requirement, found.requirements, report.requirements),
                key=lambda row: _ORDER.index(row.status),
            ),
            "findings": [*map(self._finding, found.claim, report.findings)],
            "facts": [*map(self._fact, found.facts, fact_lines(report.facts))],
            "excluded": [
                Row(
                    f.anchor, f.label, readable(item.fact), "excluded", "–",
                    f"{readable(item.value)}: {readable(item.reason)}",
                    self._words(item.evidence),
                )
                for f, item in zip(found.excluded, report.excluded, strict=True)
            ],
            "operations": [
                (operation, self._words(operation.evidence)) for operation in report.operations
            ],
            "documents": [
                (document, marked_text(PAGE, number, document, found.all))
                for number, document in enumerate(self._encounter.documents)
            ],
        }  # fmt: skip

    def _requirement(self, found: Finding, item: RequirementResult) -> Row:
        return Row(
            found.anchor, found.label, item.id, item.status, _ICONS[item.status], item.message,
            self._words(item.evidence),
        )  # fmt: skip

    def _finding(self, found: Finding, item: ClaimFinding) -> Row:
        return Row(
            found.anchor, found.label, item.id, item.severity, _ICONS[item.severity],
            item.message, self._words(item.evidence), item.resolution,
        )  # fmt: skip

    def _fact(self, found: Finding, fact: FactLine) -> Row:
        words = [item for value in fact.values for item in value.evidence]
        values = ", ".join(value.words for value in fact.values)
        status = "found" if fact.values else "absent"
        return Row(found.anchor, found.label, fact.name, status, "", values, self._words(words))

    def _words(self, evidence: Iterable[Evidence]) -> tuple[Words, ...]:
        shown = []
        for item in distinct(evidence):
            place = self._places.of(item)
            text = one_line(item.text)
            shown.append(
                Words(
                    str(place),
                    words_anchor(PAGE, place.document, item.start, item.end),
                    text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…",
                )
            )
        return tuple(shown)
