"""A call -> its check, answered as cards."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from notecheck.checker import check
from notecheck.log.decision import decision_draft
from notecheck.models import Encounter, Report, Verdict
from notecheck.read.fhir import encounter_from_fhir
from notecheck.read.json_text import parse_json
from notecheck.read.text import decode
from notecheck.serve.cds_hooks.request import HookCall, hook_call
from notecheck.serve.fhir.outcome import SEVERITIES
from notecheck.serve.job import JSON, Answer, Job
from notecheck.serve.relevance import concerns

OVERRIDE_REASONS = {
    "addendum-to-come": "The surgeon will write an addendum",
    "documented-elsewhere": "It is documented where the service does not see it",
    "other-code": "The claim will be coded otherwise",
    "disagree": "The note is sufficient as it is",
}
_INDICATORS: dict[Verdict, str] = {"release": "info", "review": "warning", "stop": "critical"}
# For clinicians: no code, no claim, no payment.
_SUMMARIES: dict[Verdict, str] = {
    "release": "The operative record documents what is asked of it",
    "review": "Parts of the operative record need a second look",
    "stop": "The operative record leaves questions open",
}


def answer_cds_hooks(job: Job) -> Answer:
    """The cards for a call. Raises InputError, Refused 412."""
    call = hook_call(parse_json(decode(job.body)))
    if not any(_is_document(entry) for entry in call.bundle["entry"]):
        return _answer([])
    encounter = encounter_from_fhir(call.bundle)
    report = check(encounter)
    if not concerns(report):
        return _answer([])
    return _decided(job, call, encounter, report)


def _decided(job: Job, call: HookCall, encounter: Encounter, report: Report) -> Answer:
    draft = decision_draft(encounter, report, keep_input=job.keep_input)
    draft = replace(draft, body={**draft.body, "user": call.user})
    return replace(_answer([_card(report, draft.ref)]), draft=draft)


def _is_document(entry: dict[str, Any]) -> bool:
    resource = entry.get("resource")
    return isinstance(resource, dict) and resource.get("resourceType") in (
        "DocumentReference",
        "Composition",
    )


def _card(report: Report, ref: str) -> dict[str, Any]:
    """`uuid` is the decision's id in the audit log."""
    return {
        "uuid": ref,
        "summary": _SUMMARIES[report.release.verdict],
        "indicator": _INDICATORS[report.release.verdict],
        "detail": _detail(report),
        "source": {"label": "notecheck"},
        "overrideReasons": [
            {"code": code, "system": "urn:notecheck:override-reasons", "display": display}
            for code, display in OVERRIDE_REASONS.items()
        ],
    }


def _detail(report: Report) -> str:
    """Markdown; nothing in it is from the note."""
    lines = [f"Score {report.score:g} of 100."]
    if report.supported_code.value != report.code:
        lines.append(f"The note supports code {report.supported_code.value}.")
    problems = [
        f"- **{result.id}** ({result.status}): {result.message}"
        for result in report.requirements
        if result.status in SEVERITIES
    ]
    return "\n\n".join([" ".join(lines), "\n".join(problems)] if problems else lines)


def _answer(cards: list[dict[str, Any]]) -> Answer:
    return Answer(200, JSON, json.dumps({"cards": cards}).encode())
