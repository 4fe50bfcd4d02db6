"""The one path from an encounter to its report; every surface calls it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notecheck.codes.files import AUTO
from notecheck.confidence.table import confidence_of
from notecheck.confidence.told import told_of
from notecheck.facts.case import CaseFacts
from notecheck.facts.extract import Reading
from notecheck.limit import give_up_after
from notecheck.models import ClaimFinding, Encounter, Excluded, Report
from notecheck.policy.notes import policy_notes
from notecheck.read.note_found import reading_remarks, without_note
from notecheck.read.one_note import require_one_note, require_one_report
from notecheck.read.shape import encounter_from_note, encounter_from_object
from notecheck.release import release_of
from notecheck.requirements.assess import assess
from notecheck.requirements.code_in_question import NO_CODE, codes_in_question
from notecheck.requirements.question import asked_of, further_days, lines_by_operation
from notecheck.requirements.table import reads_every_chart
from notecheck.rules.collection import without_collection


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

    Raises InputError with what is wrong and where (a text that holds two patients' or two
    operations' reports is refused, never read as one), for a `code` that is not known, and when it
    gave up after `seconds`.
    """
    # A check leaves no cycles: looked through for them, a long note takes half as long again.
    with give_up_after(seconds), without_collection():
        return _checked(encounter, code)


def _checked(encounter: Encounter | Mapping[str, object] | str, code: str) -> Report:
    if isinstance(encounter, str):
        require_one_note(encounter)
        encounter = encounter_from_note(encounter, "note")
    else:
        if not isinstance(encounter, Encounter):
            encounter = encounter_from_object(encounter)
        for document in encounter.documents:
            if document.type == "operative_note":
                require_one_report(document.text, document.doc_id)
    reading = Reading(encounter.documents, every=reads_every_chart(code))
    first, excluded = reading.of(asked_of(encounter.claim, code, reading.facts_of))
    codes = codes_in_question(first, encounter.claim, code)
    if not codes:
        return _not_concerned(encounter, first, excluded)
    also = tuple(
        _report(encounter, *told, other) for other, told in _further(encounter, reading, codes)
    )
    return _report(encounter, first, excluded, codes[0], _findings(encounter, reading), also)


def _further(
    encounter: Encounter, reading: Reading, codes: tuple[str, ...]
) -> Iterator[tuple[str, tuple[CaseFacts, tuple[Excluded, ...]]]]:
    """What else the claim bills, by code and day: each with the facts of its operation."""
    claim, facts_of = encounter.claim, reading.facts_of
    for place, code in enumerate(codes):
        days = further_days(claim, code)
        if not place and not days:  # most: the first is told already
            continue
        own = reading.of(asked_of(claim, code, facts_of))
        if place:
            yield code, own
        read = {own[0].operation_date}
        for day in days:
            told = reading.of(asked_of(claim, code, facts_of, day))
            if told[0].operation_date not in read:
                read.add(told[0].operation_date)
                yield code, told


def _findings(encounter: Encounter, reading: Reading) -> tuple[ClaimFinding, ...]:
    """What the whole claim brings, each line held against the operation that it bills."""
    claim = encounter.claim
    if claim is None:
        return ()
    from notecheck.claims.findings import claim_findings  # a start without a claim does without it

    found = [
        finding
        for case, numbers in lines_by_operation(claim, reading.facts_of)
        for finding in claim_findings(
            case, claim, encounter.other_claims, numbers, reading.facts_of
        )
    ]
    return tuple(dict.fromkeys(found))


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
    told = without_note(encounter, assessment.requirements)
    return Report(
        schema="notecheck.report/1",
        encounter_id=encounter.encounter_id,
        code=code,
        decision=assessment.decision,
        score=assessment.score,
        supported_code=case.supported_code,
        facts=case.facts,
        requirements=told,
        excluded=excluded,
        code_supported=assessment.code_supported,
        operation_date=case.operation_date,
        findings=findings,
        policy=policy_notes(case, encounter.claim, code),
        operations=case.operations,
        release=release_of(
            assessment.decision,
            assessment.requirements,
            findings,
            supported=None if assessment.code_supported else case.supported_code.value,
            also=(report.release for report in also),
        ),
        confidence=confidence_of(
            code,
            told_of(
                assessment.decision,
                told,
                excluded,
                encounter.documents,
                code_supported=assessment.code_supported,
            ),
            case.likely,
        ),  # fmt: skip
        also=also,
        reading=reading_remarks(encounter),
        files=encounter.files,
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
        operations=case.operations,
        release=release_of("not_concerned", ()),
        reading=reading_remarks(encounter),
        files=encounter.files,
    )
