"""The anchors and labels that tie each finding of a page to the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from notecheck.models import Evidence, Report
from notecheck.report.wording import exclusion_words, fact_lines, readable

_HUES = 11  # of the style sheet


@dataclass(frozen=True)
class Finding:
    """One requirement, fact, finding on the claim or excluded mention on the page.

    `anchor` is its id on the page, `label` its short name (`R1`), `description` its full one.
    `reason` is why an excluded mention does not count, and empty for what counts. `hue` is the
    colour of a requirement, which its words in the note have too.
    """

    anchor: str
    label: str
    description: str
    evidence: tuple[Evidence, ...]
    reason: str = ""
    hue: str = ""

    @property
    def badge(self) -> str:
        """What stands behind the words in the note."""
        return f"{self.label} {self.reason}".rstrip()


@dataclass(frozen=True)
class Findings:
    """All findings of one report, each kind in the report's order."""

    code: Finding
    requirements: tuple[Finding, ...]
    facts: tuple[Finding, ...]
    excluded: tuple[Finding, ...]
    claim: tuple[Finding, ...]

    @property
    def all(self) -> tuple[Finding, ...]:
        return (self.code, *self.requirements, *self.claim, *self.facts, *self.excluded)


def findings(page: str, report: Report) -> Findings:
    """The findings of `report`; every anchor starts with `page`, the encounter's own anchor."""
    return Findings(
        code=Finding(f"{page}-code", "C", "supported code", report.supported_code.evidence),
        requirements=tuple(
            Finding(
                f"{page}-r{number}",
                f"R{number}",
                f"requirement {item.id}",
                item.evidence,
                hue=f"hue{number % _HUES}",
            )
            for number, item in enumerate(report.requirements, start=1)
        ),
        facts=tuple(
            Finding(
                f"{page}-f{number}",
                f"F{number}",
                f"fact {fact.name}",
                tuple(item for value in fact.values for item in value.evidence),
            )
            for number, fact in enumerate(fact_lines(report.facts), start=1)
        ),
        claim=tuple(
            Finding(f"{page}-b{number}", f"B{number}", f"claim {item.id}", item.evidence)
            for number, item in enumerate(report.findings, start=1)
        ),
        excluded=tuple(
            Finding(
                f"{page}-n{number}",
                f"N{number}",
                f"not counted, {exclusion_words(item)}",
                item.evidence,
                reason=readable(item.reason),
            )
            for number, item in enumerate(report.excluded, start=1)
        ),
    )


def words_anchor(page: str, document: int, start: int, end: int) -> str:
    """The id of a stretch of words; `document` is the document's number in the encounter."""
    return f"{page}-d{document}-{start}-{end}"
