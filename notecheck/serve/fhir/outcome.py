"""Reports and refusals as OperationOutcome."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from notecheck.models import Report, Status

SEVERITIES: dict[Status, str] = {"missing": "error", "conflict": "error", "partial": "warning"}
_REFUSAL_CODES = {
    HTTPStatus.UNAUTHORIZED: "login",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.REQUEST_TIMEOUT: "timeout",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-long",
    HTTPStatus.UNPROCESSABLE_ENTITY: "invalid",
    HTTPStatus.TOO_MANY_REQUESTS: "throttled",
    HTTPStatus.SERVICE_UNAVAILABLE: "transient",
    HTTPStatus.GATEWAY_TIMEOUT: "timeout",
}


def outcome(report: Report) -> dict[str, Any]:
    """One issue for each requirement that is not met, or one that says that none is."""
    issues = list(_issues(report))
    if not issues:
        text = (
            "Not concerned: the documents state no operation that is checked here."
            if report.decision == "not_concerned"
            else f"Every requirement of {report.code} that could be assessed is met."
        )
        issues = [{"severity": "information", "code": "informational", "details": {"text": text}}]
    return {"resourceType": "OperationOutcome", "id": "outcome", "issue": issues}


def refusal(status: int, detail: str) -> dict[str, Any]:
    """A refusal as OperationOutcome."""
    code = _REFUSAL_CODES.get(HTTPStatus(status), "processing")
    issue = {"severity": "error", "code": code, "details": {"text": detail}}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def _issues(report: Report) -> Iterator[dict[str, Any]]:
    if report.supported_code.value != report.code and report.decision != "not_concerned":
        yield {
            "severity": "error",
            "code": "business-rule",
            "details": {"text": _other_code(report)},
        }
    for told in report.reading:
        yield {
            "severity": "warning",
            "code": "incomplete",
            "details": {"text": f"{told.part} ({told.kind}): {told.why}"},
        }
    for result in report.requirements:
        if result.status in SEVERITIES:
            yield {
                "severity": SEVERITIES[result.status],
                "code": "business-rule",
                "details": {"text": f"{result.id}: {result.message}"},
            }


def _other_code(report: Report) -> str:
    if report.supported_code.value == "none":
        return f"The operative note supports no code of this family, so not {report.code}."
    return f"The operative note supports {report.supported_code.value}, not {report.code}."
