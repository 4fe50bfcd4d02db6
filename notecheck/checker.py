"""The one path from an encounter to its report; every surface calls it."""

from __future__ import annotations

from collections.abc import Mapping

from notecheck.claims.findings import claim_findings
from notecheck.codes.files import AUTO
from notecheck.facts.case import CaseFacts
from notecheck.facts.extract import extract
from notecheck.limit import give_up_after
from notecheck.models import ClaimFinding, Encounter, Excluded, Report
from notecheck.policy.notes import policy_notes
from notecheck.read.shape import encounter_from_note, encounter_from_object
from notecheck.release import release_of
from notecheck.requirements.assess import assess
from notecheck.requirements.code_in_question import NO_CODE, codes_in_question
from notecheck.requirements.table import reads_every_chart


def check(
    encounter: Encounter | Mapping[str, object] | str,
    code: str = AUTO,
    *,
    seconds: float | None = None,
) -> Report:
    """Check one encounter against the documentation requirements of the code in question.

    `encounter` is an `Encounter`, a mapping of that shape, or the text of one operative note. All
    offsets of the report are string offsets into the documents' text as given. `code` is one that
    `patterns/codes` or the site has a file for, or "auto": the codes that the claim bills, the
    first being the report's own and the others its `also`, else the one that the documents make
    it. Where there is none the decision is `not_concerned`. `seconds` is how long it may take; a
    limit can be held in a process's main thread alone.

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
    case, excluded = extract(encounter.documents, every=reads_every_chart(code))
    codes = codes_in_question(case, encounter.claim, code)
    if not codes:
        return _not_concerned(encounter, case, excluded)
    also = tuple(_report(encounter, case, excluded, other) for other in codes[1:])
    findings = claim_findings(case, encounter.claim, encounter.other_claims)
    return _report(encounter, case, excluded, codes[0], findings, also)


def _report(
    encounter: Encounter,
    case: CaseFacts,
    excluded: tuple[Excluded, ...],
    code: str,
    findings: tuple[ClaimFinding, ...] = (),
    also: tuple[Report, ...] = (),
) -> Report:
    """The report on one code. Findings are about the whole claim, so only the first has them."""
    assessment = assess(case, encounter.claim, code, encounter.other_claims)
    supported = case.supported_code.value
    return Report(
        schema="notecheck.report/1",
        encounter_id=encounter.encounter_id,
        code=code,
        decision=assessment.decision,
        score=assessment.score,
        supported_code=case.supported_code,
        facts=case.facts,
        requirements=assessment.requirements,
        excluded=excluded,
        code_supported=assessment.code_supported,
        operation_date=case.operation_date,
        findings=findings,
        policy=policy_notes(case, encounter.claim, code),
        release=release_of(
            assessment.decision,
            assessment.requirements,
            findings,
            supported=None if assessment.code_supported else supported,
            also=(report.release for report in also),
        ),
        also=also,
        reading=encounter.reading,
    )


def _not_concerned(encounter: Encounter, case: CaseFacts, excluded: tuple[Excluded, ...]) -> Report:
    return Report(
        schema="notecheck.report/1",
        encounter_id=encounter.encounter_id,
        code=NO_CODE,
        decision="not_concerned",
        score=0,
        supported_code=case.supported_code,
        facts=case.facts,
        requirements=(),
        excluded=excluded,
        operation_date=case.operation_date,
        release=release_of("not_concerned", ()),
        reading=encounter.reading,
    )
