"""`inpatient`: what the documents and the claim say of the patient's status.

It is about what they say, whatever the payer's rule of the day.
"""

from __future__ import annotations

from notecheck.models import Claim, SettingValue
from notecheck.requirements.claim_line import BilledLine, tidy
from notecheck.requirements.claim_rules import ClaimRules
from notecheck.requirements.finding import Finding, joined
from notecheck.requirements.matter import Matter


def inpatient(matter: Matter) -> Finding:
    """Whether the documents, and the claim if there is one, say inpatient.

    One outpatient word outweighs an inpatient one: the record contradicts itself.
    """
    claim, fact, signs = matter.claim, matter.case.facts.setting, matter.case.setting
    told = fact.evidence if fact is not None else ()
    fact_value = fact.value if fact is not None else None
    documents_in = fact_value == "inpatient" or bool(signs.inpatient)
    documents_out = fact_value == "outpatient" or bool(signs.outpatient)
    words = joined(told, signs.inpatient, signs.outpatient)
    billed = billed_settings(claim, matter.rules, matter.line) if claim is not None else frozenset()

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


def setting(matter: Matter) -> Finding:
    """Whether the documents tell the patient's status, whichever, and the claim agrees."""
    signs, fact = matter.case.setting, matter.case.facts.setting
    words = joined(fact.evidence if fact else (), signs.inpatient, signs.outpatient)
    told = {
        *({fact.value} if fact else ()),
        *({"inpatient"} if signs.inpatient else ()),
        *({"outpatient"} if signs.outpatient else ()),
    }
    if len(told) > 1:
        return Finding("conflict", words, "documents")
    claim = matter.claim
    billed = billed_settings(claim, matter.rules, matter.line) if claim is not None else frozenset()
    if len(told | billed) > 1:
        return Finding("conflict", words, "claim")
    if told:
        return Finding("met", words, values={"setting": next(iter(told))})
    return Finding("missing") if claim is not None else Finding("not_assessed")


def billed_settings(
    claim: Claim, rules: ClaimRules, line: BilledLine | None = None
) -> frozenset[SettingValue]:
    """What the place of service, the line's before the claim's, and the bill type say.

    Empty when the claim is silent.
    """
    settings: set[SettingValue] = set()
    place = tidy((line.place_of_service if line else None) or claim.place_of_service or "")
    # Bill types are told with or without their leading zero: 0111 is 111.
    bill = tidy(claim.type_of_bill or "").removeprefix("0")[:2]
    if place in rules.inpatient_places or bill in rules.inpatient_bills:
        settings.add("inpatient")
    if place in rules.outpatient_places or bill in rules.outpatient_bills:
        settings.add("outpatient")
    return frozenset(settings)
