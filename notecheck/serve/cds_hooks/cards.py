"""A call -> its check, answered as cards."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from notecheck.checker import check
from notecheck.errors import InputError
from notecheck.log.decision import decision_draft
from notecheck.models import Encounter, Report, Verdict
from notecheck.query.draft import draft_queries
from notecheck.read.fhir import encounter_from_fhir
from notecheck.read.fhir.claim import read_claims
from notecheck.read.fhir.documents import KINDS
from notecheck.read.fhir.resources import Resources
from notecheck.read.json_text import parse_json
from notecheck.read.note_found import NO_NOTE
from notecheck.read.text import decode
from notecheck.requirements.assess import DEFAULT_CODE
from notecheck.serve.cds_hooks.request import HookCall, hook_call
from notecheck.serve.job import JSON, Answer, Job
from notecheck.serve.relevance import concerns

OVERRIDE_REASONS = {
    "addendum-to-come": "The surgeon will write an addendum",
    "documented-elsewhere": "It is documented where the service does not see it",
    "other-operation": "Another operation was done than the one asked about",
    "disagree": "The note is sufficient as it is",
}
_INDICATORS: dict[Verdict, str] = {"release": "info", "review": "warning", "stop": "critical"}
# For clinicians: no code, no claim, no payment.
_SUMMARIES: dict[Verdict, str] = {
    "release": "The operative record documents what is asked of it",
    "review": "Parts of the operative record need a second look",
    "stop": "The operative record leaves questions open",
}
_FOR_OTHERS = "The record leaves no question to the surgeon; others look at the rest."
_NOTHING_OPEN = "Nothing is left open."
_NO_NOTE = "No operative note was recognised among the documents"


def answer_cds_hooks(job: Job) -> Answer:
    """The cards for a call. Raises InputError, Refused 412."""
    call = hook_call(parse_json(decode(job.body)))
    try:
        encounter = encounter_from_fhir(call.bundle)
    except InputError as error:
        if not _is_about_documents(call.bundle):
            raise
        return _answer([_unread_card(error.message)] if _bills_code(call.bundle) else [])
    report = check(encounter, job.code)
    if not concerns(report):
        return _answer([])
    return _decided(job, call, encounter, report)


def _decided(job: Job, call: HookCall, encounter: Encounter, report: Report) -> Answer:
    draft = decision_draft(encounter, report, asked=job.code, keep_input=job.keep_input)
    draft = replace(draft, body={**draft.body, "user": call.user})
    return replace(_answer([_card(encounter, report, draft.ref)]), draft=draft)


def _is_about_documents(bundle: dict[str, Any]) -> bool:
    """Whether only the documents are at fault: there are none, or none of them can be read."""
    try:
        read_claims(Resources(bundle))
    except InputError:
        return False
    return True


def _bills_code(bundle: dict[str, Any]) -> bool:
    """Whether the code is billed, or documents came and nothing is known of a bill."""
    resources = Resources(bundle)
    claims = read_claims(resources).claims
    if not claims:
        return any(True for kind in KINDS for _ in resources.of(kind))
    return any(line.code == DEFAULT_CODE for c in claims for line in c.lines)


def _unread_card(why: str) -> dict[str, Any]:
    """Said where the code is billed, or nothing is known of a bill, and no document can be read."""
    return {
        "summary": "No operative note could be read for this encounter",
        "indicator": "warning",
        "detail": f"Nothing was checked: {why}",
        "source": {"label": "notecheck"},
    }


def _card(encounter: Encounter, report: Report, ref: str) -> dict[str, Any]:
    """`uuid` is the decision's id in the audit log."""
    unrecognised = any(told.kind == NO_NOTE for told in report.reading)
    return {
        "uuid": ref,
        "summary": _NO_NOTE if unrecognised else _SUMMARIES[report.release.verdict],
        "indicator": _INDICATORS[report.release.verdict],
        "detail": _detail(encounter, report),
        "source": {"label": "notecheck"},
        "overrideReasons": [
            {"code": code, "system": "urn:notecheck:override-reasons", "display": display}
            for code, display in OVERRIDE_REASONS.items()
        ],
    }


def _detail(encounter: Encounter, report: Report) -> str:
    """Markdown: what is open, asked as a query asks it; nothing in it is from the note.

    A clinician reads it, so it names no code, no claim and no answer.
    """
    asked = [f"- {query.question}" for query in draft_queries(encounter, report).queries]
    if not asked and report.release.verdict != "release":
        asked = [_FOR_OTHERS]
    unread = [f"- {told.part} ({told.kind}): {told.why}" for told in report.reading]
    return "\n\n".join("\n".join(block) for block in (asked, unread) if block) or _NOTHING_OPEN


def _answer(cards: list[dict[str, Any]]) -> Answer:
    return Answer(200, JSON, json.dumps({"cards": cards}).encode())
