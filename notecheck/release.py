"""The verdict on a bill: the one place where it is decided, for every surface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from notecheck.models import (
    ClaimFinding,
    Decision,
    Release,
    ReleaseReason,
    Report,
    RequirementResult,
    Severity,
    Status,
    Verdict,
)

_OF_STATUS: dict[Status, Verdict] = {"missing": "stop", "conflict": "stop", "partial": "review"}
_OF_SEVERITY: dict[Severity, Verdict] = {"error": "stop", "warning": "review"}
_GRAVEST_FIRST: tuple[Verdict, ...] = ("stop", "review")


def release_of(
    decision: Decision,
    requirements: Sequence[RequirementResult],
    findings: Sequence[ClaimFinding] = (),
    *,
    supported: str | None = None,
    also: Iterable[Release] = (),
) -> Release:
    """`stop` on a hold or an error, `review` on a review or a warning, else `release`.

    `supported` is the supported code where it is not the code checked, and so a reason of its own.
    `also` are the verdicts on the claim's other lines: the bill goes out whole or not at all. The
    reasons are those of the verdict's own gravity. Source: the contract, section 2.
    """
    if decision == "not_concerned":
        return Release(verdict="release")
    reasons = list(_reasons(requirements, findings, supported))
    reasons += [(other.verdict, reason) for other in also for reason in other.reasons]
    for verdict in _GRAVEST_FIRST:
        named = tuple(dict.fromkeys(reason for gravity, reason in reasons if gravity == verdict))
        if named:
            return Release(verdict=verdict, reasons=named)
    return Release(verdict="release")


def sure_enough(report: Report, least: float) -> Report:
    """`report`, with a `release` of less confidence than `least` (0 to 1) turned into `review`.

    A report whose confidence is not known is sure of nothing, unless nothing is asked of it.
    """
    known = report.confidence.release if report.confidence else 0.0
    if report.release.verdict != "release" or report.decision == "not_concerned" or known >= least:
        return report
    doubt = ReleaseReason(kind="confidence", id="release")
    return report.model_copy(update={"release": Release(verdict="review", reasons=(doubt,))})


def _reasons(
    requirements: Sequence[RequirementResult],
    findings: Sequence[ClaimFinding],
    supported: str | None,
) -> Iterator[tuple[Verdict, ReleaseReason]]:
    if supported is not None:
        yield "stop", ReleaseReason(kind="supported_code", id=supported)
    for result in requirements:
        if verdict := _OF_STATUS.get(result.status):
            yield verdict, ReleaseReason(kind="requirement", id=result.id)
    for finding in findings:
        if verdict := _OF_SEVERITY.get(finding.severity):
            yield verdict, ReleaseReason(kind="finding", id=finding.id)
