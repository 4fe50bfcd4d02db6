"""A check -> what the log says of it: who asked, what was asked, by which rules, what was decided.

No note text: the encounter is there by its hash, the report by its hash, decision and statuses.
"""

from __future__ import annotations

from uuid import uuid4

from notecheck.codes.files import AUTO
from notecheck.log.entry import Draft, canonical, sha256
from notecheck.log.rule_pack import rule_pack
from notecheck.models import Encounter, Report


def canonical_input(encounter: Encounter) -> str:
    """The encounter as JSON that is the same for the same encounter.

    What has its default value is left out, so that a later field does not change old hashes.
    """
    return canonical(encounter.model_dump(mode="json", exclude_defaults=True))


def report_hash(report: Report) -> str:
    """The hash of the report as it is sent."""
    return sha256(report.model_dump_json())


def decision_draft(
    encounter: Encounter, report: Report, *, asked: str = AUTO, keep_input: bool = False
) -> Draft:
    """The entry of one decision, but for who asked by which way (`asked_by`).

    `asked` is the code that the check was asked for; the entry names it where it was not "auto".
    """
    given = canonical_input(encounter)
    pack = rule_pack()
    body = {
        "encounter_id": encounter.encounter_id,
        "claim_id": encounter.claim.claim_id if encounter.claim else None,
        "code": report.code,
        "input_sha256": sha256(given),
        "input_kept": keep_input,
        "rules": {"version": pack.version, "sha256": pack.hash},
        "decision": report.decision,
        "score": report.score,
        "supported_code": report.supported_code.value,
        "requirements": {result.id: result.status for result in report.requirements},
        "report_sha256": report_hash(report),
    }
    if asked != AUTO:
        body["asked"] = asked
    return Draft("decision", str(uuid4()), body, given if keep_input else None)


def asked_by(draft: Draft, way: str, by: str) -> Draft:
    """`draft` with the way the question came (`hook`, `http`, ...) and who asked."""
    return Draft(draft.kind, draft.ref, {**draft.body, "way": way, "by": by}, draft.kept_input)
