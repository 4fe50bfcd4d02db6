"""What the payer's rule of the day says of an encounter, beside its requirements."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, PolicyNote, SettingValue
from notecheck.policy.book import policy_book
from notecheck.requirements.claim_line import billed_line
from notecheck.requirements.claim_rules import claim_rules
from notecheck.requirements.inpatient import billed_settings
from notecheck.requirements.table import requirement_table

_SURENESS = {
    "confirmed": "confirmed",
    "reported": "reported, not confirmed at its source",
    "general_knowledge": "general knowledge, not confirmed",
    "inferred": "inferred, not confirmed",
    "unknown": "not known",
}


def policy_notes(case: CaseFacts, claim: Claim | None, code: str) -> tuple[PolicyNote, ...]:
    """The row for this claim's payer, form and day.

    None without a claim, or for a set of requirements that is no code. A payer that is not known,
    a day that is not told, or no row gives the rule `unknown`.
    """
    if claim is None or not requirement_table(code).file.billed:
        return ()
    book = policy_book()
    line = billed_line(claim, code, claim_rules(), case.operation_date)
    date = (line.service_date if line else None) or case.operation_date or claim.admission_date
    payer = book.payer(claim.payer)
    row = book.row(code, payer, claim.form, date) if payer and date else None
    rule = row.rule if row else "unknown"
    told = [book.rules[rule].format(code=code)]
    if row is None and (payer is None or date is None):
        lacking = (
            "The payer is not known" if payer is None else "The date of service is not documented"
        )
        told = [f"{lacking}, so no row can be chosen for {code}."]
    told.append(book.follows[f"{rule}.{_setting(case, claim)}"])
    if row and claim.form and claim.form in book.forms:
        told.append(book.forms[claim.form])
    if row and row.note:
        told.append(row.note)
    confidence = row.confidence if row else "unknown"
    if row:
        told.append(f"How sure: {_SURENESS[confidence]}.")
    return (
        PolicyNote(
            topic="setting",
            code=code,
            payer=payer or "unknown",
            date=date,
            rule=rule,
            confidence=confidence,
            row=row.id if row else None,
            source=row.source or None if row else None,
            verified_on=row.verified_on if row else None,
            message=" ".join(told),
        ),
    )


def _setting(case: CaseFacts, claim: Claim) -> SettingValue | str:
    """What the claim says of the setting, else what the documents do."""
    billed = billed_settings(claim, claim_rules())
    if len(billed) == 1:
        return next(iter(billed))
    fact = case.facts.setting
    return fact.value if fact and not billed else "unknown"
