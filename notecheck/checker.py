"""The one path from an encounter to its report; every surface calls it."""

from __future__ import annotations

from collections.abc import Mapping

from notecheck.claims.findings import claim_findings
from notecheck.facts.extract import extract
from notecheck.limit import give_up_after
from notecheck.models import Encounter, Report
from notecheck.policy.notes import policy_notes
from notecheck.read.note_found import reading_remarks, without_note
from notecheck.read.shape import encounter_from_note, encounter_from_object
from notecheck.requirements.assess import DEFAULT_CODE, assess, code_to_check
from notecheck.requirements.question import asked_of
from notecheck.requirements.table import reads_every_chart


def check(
    encounter: Encounter | Mapping[str, object] | str,
    *,
    code: str = DEFAULT_CODE,
    seconds: float | None = None,
) -> Report:
    """Check one encounter against the documentation requirements of `code`.

    `encounter` is an `Encounter`, a mapping of that shape, or the text of one operative note. All
    offsets of the report are string offsets into the documents' text as given. `code` is one that
    `patterns/codes` or the site has a file for, or "auto" for the one that the note supports.
    `seconds` is how long it may take; a limit can be held in a process's main thread alone.

    Raises InputError with what is wrong and where, for a `code` that is not known, and when it
    gave up after `seconds`.
    """
    with give_up_after(seconds):
        return _checked(encounter, code)


def _checked(encounter: Encounter | Mapping[str, object] | str, code: str) -> Report:
    if isinstance(encounter, str):
        encounter = encounter_from_note(encounter, "note")
    elif not isinstance(encounter, Encounter):
        encounter = encounter_from_object(encounter)
    case, excluded = extract(
        encounter.documents, asked_of(encounter.claim, code), every=reads_every_chart(code)
    )
    checked = code_to_check(case, encounter.claim, code)
    assessment = assess(case, encounter.claim, checked)
    return Report(
        schema="notecheck.report/1",
        encounter_id=encounter.encounter_id,
        code=checked,
        decision=assessment.decision,
        score=assessment.score,
        supported_code=case.supported_code,
        facts=case.facts,
        requirements=without_note(encounter, assessment.requirements),
        excluded=excluded,
        code_supported=assessment.code_supported,
        operation_date=case.operation_date,
        findings=claim_findings(case, encounter.claim, encounter.other_claims),
        policy=policy_notes(case, encounter.claim, checked),
        operations=case.operations,
        reading=reading_remarks(encounter),
    )
