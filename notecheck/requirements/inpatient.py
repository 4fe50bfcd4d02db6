"""`inpatient`: what the documents and the claim say of the patient's status.

It is about what they say, whatever the payer's rule of the day.
"""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, SettingValue
from notecheck.requirements.claim_line import tidy
from notecheck.requirements.finding import Finding, joined
from notecheck.requirements.table import ClaimRules


def inpatient(case: CaseFacts, claim: Claim | None, rules: ClaimRules) -> Finding:
    """Whether the documents, and the claim if there is one, say inpatient.

    One outpatient word outweighs an inpatient one: the record contradicts itself.
    """
    fact, signs = case.facts.setting, case.setting
    told = fact.evidence if fact is not None else ()
    fact_value = fact.value if fact is not None else None
    documents_in = fact_value == "inpatient" or bool(signs.inpatient)
    documents_out = fact_value == "outpatient" or bool(signs.outpatient)
    words = joined(told, signs.inpatient, signs.outpatient)
    billed = _billed_settings(claim, rules) if claim is not None else frozenset()

    if documents_out or "outpatient" in billed:
        if documents_out and "outpatient" in billed:
            return Finding("conflict", words, "both")
        return Finding("conflict", words, "documents" if documents_out else "claim")
    if claim is None:
        return Finding("met", words, "no_claim") if documents_in else Finding("not_assessed")
    if documents_in and "inpatient" in billed:
        return Finding("met", words)
    if documents_in:
        return Finding("partial", words, "documents")
    if "inpatient" in billed:
        return Finding("partial", reason="claim")
    return Finding("missing")


def _billed_settings(claim: Claim, rules: ClaimRules) -> frozenset[SettingValue]:
    """What the claim's place of service and bill type say; empty when it is silent."""
    settings: set[SettingValue] = set()
    place = tidy(claim.place_of_service or "")
    # Bill types are told with or without their leading zero: 0111 is 111.
    bill = tidy(claim.type_of_bill or "").removeprefix("0")[:2]
    if place in rules.inpatient_places or bill in rules.inpatient_bills:
        settings.add("inpatient")
    if place in rules.outpatient_places or bill in rules.outpatient_bills:
        settings.add("outpatient")
    return frozenset(settings)
