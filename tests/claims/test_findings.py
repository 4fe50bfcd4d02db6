"""Every finding on a claim: one claim that raises it, and one beside it that does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from requirements.builders import OPERATION, case, earlier, side, words

from claims import (
    test_assistants,
    test_by_documents,
    test_cosurgeons,
    test_diagnosis_codes,
    test_elsewhere_and_staged,
    test_further,
    test_papers,
    test_returns_and_drafts,
    test_ruled_out,
    test_scheduled,
    test_toe_joints,
)
from notecheck.claims.findings import claim_findings, finding_texts
from notecheck.facts.case import CaseFacts, PriorSigns, SettingSigns
from notecheck.models import (
    BoneFact,
    Claim,
    ClaimFinding,
    DebridementFact,
    IndicationFact,
    IndicationValue,
    LevelFact,
    NewLevelFact,
    ReconstructionFact,
    SettingFact,
    SupportedCode,
)

DAY = OPERATION.isoformat()
INFECTED_LEFT = ["T87.44"]

# The default case: left thigh cut again at mid-shaft for infection, inpatient, no earlier date.
PLAIN = replace(case(), prior=PriorSigns(), side=case().side)


def line(code: str = "27596-LT", **fields: Any) -> dict[str, Any]:
    """A line as one writes it, 27596-LT-58, on the day of the operation."""
    number, *modifiers = code.split("-")
    return {
        "code": number,
        "modifiers": modifiers,
        "units": 1,
        "service_date": DAY,
        "diagnoses": INFECTED_LEFT if number.startswith("27") else [],
    } | fields


def claim(*lines: dict[str, Any], **fields: Any) -> Claim:
    values = {"claim_id": "C1", "form": "professional", "place_of_service": "21"} | fields
    return Claim.model_validate(values | {"lines": list(lines or (line(),))})


def ids(facts: CaseFacts, billed: Claim, *others: Claim) -> list[str]:
    return [finding.id for finding in claim_findings(facts, billed, others)]


def supports(code: str, **facts: Any) -> CaseFacts:
    changed = replace(PLAIN, facts=PLAIN.facts.model_copy(update=facts))
    return replace(changed, supported_code=SupportedCode(value=code, evidence=words("code")))


def with_facts(**facts: Any) -> CaseFacts:
    return supports("27596", **facts)


def indicated(*values: IndicationValue) -> CaseFacts:
    facts = tuple(IndicationFact(value=value, evidence=words(value)) for value in values)
    return with_facts(indications=facts)


def debrided(*tissues: str, area: float | None = None, separate: bool = False) -> CaseFacts:
    return with_facts(
        debridement=DebridementFact(
            performed=True,
            tissues=tissues,
            area_cm2=area,
            separate=separate,
            evidence=words("debrided"),
        )
    )


def after(days: int) -> CaseFacts:
    return replace(
        PLAIN, prior=PriorSigns(operations=(earlier(OPERATION - dt.timedelta(days=days)),))
    )


OBSERVATION = replace(
    with_facts(setting=SettingFact(value="outpatient", evidence=words("observation"))),
    setting=SettingSigns(outpatient=words("observation")),
)
VAC = with_facts(
    reconstruction=(ReconstructionFact(value="negative_pressure", evidence=words("vac")),)
)
NO_SEGMENT = with_facts(new_level=NewLevelFact(value="transfemoral", evidence=words("cut")))
NO_CUT = with_facts(new_level=None, bone_resected=BoneFact(value=False, evidence=words("left")))
LEG_STUMP = with_facts(prior_level=LevelFact(value="transtibial", evidence=words("bka")))
FACILITY: dict[str, Any] = {"form": "institutional", "place_of_service": None}
STAY = FACILITY | {"type_of_bill": "0111"}
SACRUM = debrided("fascia", area=24.0, separate=True)
OF_THE_RIGHT = replace(SACRUM, debrided_sides=frozenset({"right"}))


def visit(code: str, day: str) -> dict[str, Any]:
    return line(code, service_date=day)


def coded(code: str, **fields: Any) -> Claim:
    return claim(line("27447"), **STAY | fields, procedures=[{"code": code}])


def dx(*codes: str) -> Claim:
    return claim(line(diagnoses=list(codes)))


TWO_YEARS = "2024-03-02"

# finding -> (facts, claim) that raise it, (facts, claim) that do not
CASES: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "code-not-supported": ((supports("none"), claim()), (PLAIN, claim())),
    "code-upcoded": ((supports("27594"), claim()), (PLAIN, claim())),
    "code-downcoded": ((PLAIN, claim(line("27594-LT"))), (supports("27594"), claim())),
    "code-another": (
        (PLAIN, claim(line("27590-LT"))),
        (supports("27590"), claim(line("27590-LT"))),
    ),
    "code-of-another-part": (
        (PLAIN, claim(line("27886-LT"))),
        (supports("27886"), claim(line("27886-LT"))),
    ),
    "code-second-for-stump": (
        (PLAIN, claim(line(), line("27594-LT"))),
        (with_facts(laterality=side("bilateral")), claim(line(), line("27594-RT"))),
    ),
    "codes-for-one-stump": (
        (PLAIN, claim(line("27590-LT"), line("27594-LT"))),
        (PLAIN, claim(line("27590-LT"))),
    ),
    "code-not-billed": ((PLAIN, claim(line("99222"))), (PLAIN, claim())),
    "side-not-billed": ((PLAIN, claim(line("27596"))), (PLAIN, claim())),
    "side-differs": ((PLAIN, claim(line("27596-RT"))), (PLAIN, claim())),
    "side-unsettled": ((with_facts(laterality=side("conflicting")), claim()), (PLAIN, claim())),
    "side-one-of-two": (
        (with_facts(laterality=side("bilateral")), claim()),
        (with_facts(laterality=side("bilateral")), claim(line(), line("27596-RT"))),
    ),
    "side-told-twice": ((PLAIN, claim(line("27596-50-LT"))), (PLAIN, claim(line("27596-50")))),
    "diagnosis-missing": ((PLAIN, dx()), (PLAIN, dx("T87.44"))),
    "diagnosis-malformed": ((PLAIN, dx("T87.44XA")), (PLAIN, dx("T87.44"))),
    "diagnosis-side": ((PLAIN, dx("T87.43")), (PLAIN, dx("T87.44"))),
    "diagnosis-upper-limb": ((PLAIN, dx("T87.42")), (PLAIN, dx("T87.44"))),
    "diagnosis-without-side": ((PLAIN, dx("T87.40")), (PLAIN, dx("M86.9"))),
    "diagnosis-part-gone": (
        (PLAIN, dx("L97.522")),
        (supports("27590", prior_level=None), dx("L97.522")),
    ),
    "diagnosis-acute-injury": ((PLAIN, dx("S78.112A")), (PLAIN, dx("S78.112D"))),
    "diagnosis-not-of-stump": ((PLAIN, dx("T81.31XA")), (PLAIN, dx("T87.81"))),
    "diagnosis-status-only": ((PLAIN, dx("Z89.612")), (PLAIN, dx("T87.44", "Z89.612"))),
    "diagnosis-status-level": ((PLAIN, dx("T87.44", "Z89.512")), (LEG_STUMP, dx("Z89.512"))),
    "diagnosis-status-redundant": (
        (PLAIN, dx("T87.44", "Z89.612")),
        (PLAIN, dx("M86.652", "Z89.612")),
    ),
    "diagnosis-weak": ((PLAIN, dx("T87.9", "G54.6")), (PLAIN, dx("T87.9", "T87.44"))),
    "diagnosis-not-documented": ((PLAIN, dx("T87.34")), (indicated("pain_neuroma"), dx("T87.34"))),
    "global-modifier-missing": ((after(90), claim()), (after(91), claim())),
    "global-modifier-outside": (
        (after(91), claim(line("27596-LT-58"))),
        (after(90), claim(line("27596-LT-58"))),
    ),
    "global-modifier-unrelated": (
        (after(20), claim(line("27596-LT-79"))),
        (after(20), claim(line("27596-LT-78"))),
    ),
    "global-modifiers-exclude": (
        (after(20), claim(line("27596-LT-58-78"))),
        (after(20), claim(line("27596-LT-58"))),
    ),
    "visit-in-global": (
        (PLAIN, claim(line(), visit("99213", "2026-05-31"))),
        (PLAIN, claim(line(), visit("99213", "2026-06-01"))),
    ),
    "visit-of-the-operation": (
        (PLAIN, claim(line(), visit("99222", "2026-03-01"))),
        (PLAIN, claim(line(), visit("99222-57", "2026-03-01"))),
    ),
    "visit-minor-modifier": (
        (PLAIN, claim(line(), visit("99222-25", DAY))),
        (PLAIN, claim(line(), visit("99222-57", DAY))),
    ),
    "visit-with-operation-modifier": (
        (PLAIN, claim(line(), visit("99213-79", "2026-04-01"))),
        (PLAIN, claim(line(), visit("99213-24", "2026-04-01"))),
    ),
    "operation-with-visit-modifier": ((PLAIN, claim(line("27596-LT-24"))), (PLAIN, claim())),
    "debridement-not-told": (
        (PLAIN, claim(line(), line("11043"))),
        (SACRUM, claim(line(), line("11043"))),
    ),
    "debridement-side": (
        (OF_THE_RIGHT, claim(line(), line("11043-59-LT"))),
        (OF_THE_RIGHT, claim(line(), line("11043-59-RT"))),
    ),
    "debridement-bundled": (
        (debrided("muscle"), claim(line(), line("11043-59"))),
        (SACRUM, claim(line(), line("11043-59"))),
    ),
    "debridement-without-modifier": (
        (SACRUM, claim(line(), line("11043"))),
        (SACRUM, claim(line(), line("11043-XS"))),
    ),
    "debridement-too-deep": (
        (debrided("fascia", separate=True), claim(line(), line("11044-59"))),
        (debrided("bone", separate=True), claim(line(), line("11044-59"))),
    ),
    "debridement-too-shallow": (
        (debrided("skin", "bone", separate=True), claim(line(), line("11043-59"))),
        (debrided("skin", "tendon", separate=True), claim(line(), line("11043-59"))),
    ),
    "debridement-addon-alone": (
        (SACRUM, claim(line(), line("11046-59"))),
        (SACRUM, claim(line(), line("11043-59"), line("11046-59"))),
    ),
    "debridement-area": (
        (SACRUM, claim(line(), line("11043-59"), line("11046-59", units=2))),
        (SACRUM, claim(line(), line("11043-59"), line("11046-59", units=1))),
    ),
    "debridement-units": (
        (SACRUM, claim(line(), line("11043-59", units=2))),
        (SACRUM, claim(line(), line("11043-59"))),
    ),
    "debridement-two-kinds": (
        (SACRUM, claim(line(), line("11043-59"), line("97597-59"))),
        (SACRUM, claim(line(), line("11043-59"), line("11046-59"))),
    ),
    "nerve-bundled": (
        (PLAIN, claim(line(), line("64784"))),
        (indicated("pain_neuroma"), claim(line(), line("64784"))),
    ),
    "nerve-with-neuroma": (
        (indicated("pain_neuroma"), claim(line(), line("64786"))),
        (PLAIN, claim(line(), line("64786"))),
    ),
    "nerve-of-hand-or-foot": (
        (PLAIN, claim(line(), line("64782"))),
        (PLAIN, claim(line(), line("64784"))),
    ),
    "vac-not-told": ((PLAIN, claim(line(), line("97606"))), (VAC, claim(line(), line("97606")))),
    "vac-bundled": ((VAC, claim(line(), line("97606"))), (PLAIN, claim(line(), line("97606")))),
    "units": ((PLAIN, claim(line(units=2))), (PLAIN, claim(line(units=None)))),
    "place-not-as-documented": (
        (OBSERVATION, claim()),
        (OBSERVATION, claim(place_of_service="22")),
    ),
    "place-contradicts-itself": (
        (PLAIN, claim(type_of_bill="131")),
        (PLAIN, claim(type_of_bill="0111")),
    ),
    "place-implausible": ((PLAIN, claim(place_of_service="11")), (PLAIN, claim())),
    "place-on-institutional": (
        (PLAIN, claim(**STAY | {"place_of_service": "21"})),
        (PLAIN, claim(**STAY)),
    ),
    "bill-type-on-professional": ((PLAIN, claim(type_of_bill="111")), (PLAIN, claim())),
    "inpatient-bill-with-lines": (
        (PLAIN, claim(**STAY)),
        (PLAIN, claim(**FACILITY, type_of_bill="131")),
    ),
    "procedure-missing": ((PLAIN, claim(**STAY)), (PLAIN, coded("0Y6D0Z2"))),
    "procedure-side": ((PLAIN, coded("0Y6C0Z2")), (PLAIN, coded("0Y6D0Z2"))),
    "procedure-level": ((PLAIN, coded("0Y680ZZ")), (PLAIN, coded("0Y6D0Z2"))),
    "procedure-without-division": ((NO_CUT, coded("0Y6D0Z2")), (PLAIN, coded("0Y6D0Z2"))),
    "procedure-height": ((PLAIN, coded("0Y6D0Z3")), (PLAIN, coded("0Y6D0Z2"))),
    "procedure-height-untold": ((NO_SEGMENT, coded("0Y6D0Z2")), (PLAIN, coded("0Y6D0Z2"))),
    "line-twice": ((PLAIN, claim(line(), line())), (PLAIN, claim(line(), line("27596-RT")))),
    "claim-twice": (
        (PLAIN, claim(), claim(claim_id="C2")),
        (PLAIN, claim(), claim(line("27596-LT-80"), claim_id="C2")),
    ),
}


@pytest.mark.parametrize("identity", CASES)
def test_a_finding_is_raised_where_it_should_be_and_nowhere_else(identity: str) -> None:
    raising, silent = CASES[identity]
    assert identity in ids(*raising)
    assert identity not in ids(*silent)


def test_every_finding_has_its_case_and_its_texts() -> None:
    elsewhere = (
        test_assistants,
        test_by_documents,
        test_cosurgeons,
        test_diagnosis_codes,
        test_elsewhere_and_staged,
        test_further,
        test_papers,
        test_returns_and_drafts,
        test_ruled_out,
        test_scheduled,
        test_toe_joints,
    )
    tested = CASES.keys() | {name for module in elsewhere for name in module.CASES}
    assert tested == finding_texts().keys()
    for text in finding_texts().values():
        assert text.why.endswith(".") and text.resolution.endswith("."), text.id


def test_a_claim_that_fits_raises_nothing() -> None:
    assert ids(PLAIN, claim()) == []
    assert claim_findings(PLAIN, None) == ()


def found(identity: str, *matter: Any) -> ClaimFinding:
    facts, billed, *others = matter
    return next(f for f in claim_findings(facts, billed, tuple(others)) if f.id == identity)


def test_a_finding_shows_both_sides() -> None:
    finding = found("code-upcoded", *CASES["code-upcoded"][0])
    assert finding.severity == "error"
    assert [(p.claim_id, p.line, p.field, p.value) for p in finding.claim] == [
        ("C1", 1, "code", "27596-LT")
    ]
    assert [item.text for item in finding.evidence] == ["code"]
    assert "27594" in finding.message and "27594" in finding.resolution


def test_errors_come_first_then_warnings_then_notes() -> None:
    facts, billed = indicated("pain_neuroma"), claim(line("27596-RT"), line("64784"), line("97606"))
    severities = [finding.severity for finding in claim_findings(facts, billed)]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert set(severities) == {"error", "warning", "note"}


def test_a_place_on_another_claim_names_that_claim() -> None:
    finding = found("claim-twice", *CASES["claim-twice"][0])
    assert [place.claim_id for place in finding.claim] == ["C1", "C1", "C2", "C2"]


@pytest.mark.parametrize(
    ("modifiers", "raised"),
    [("27596-LT", True), ("27596-LT-58", True), ("27596-LT-79", True), ("27596-LT-78", False)],
)
def test_an_earlier_claims_modifier_says_whether_a_period_began(
    modifiers: str, raised: bool
) -> None:
    """On day 100 after the first and day 40 after the second: only 78 lets the first one count."""
    before = claim(
        line(service_date="2025-11-22"),
        line(modifiers, service_date="2026-01-21"),
        claim_id="C0",
    )
    assert ("global-modifier-missing" in ids(PLAIN, claim(), before)) is raised


def test_the_operation_of_the_day_starts_a_period_for_later_visits() -> None:
    returned = claim(line("27596-LT-78"), visit("99213", "2026-05-20"))
    assert "visit-in-global" not in ids(after(60), returned)
    staged = claim(line("27596-LT-58"), visit("99213", "2026-05-20"))
    finding = found("visit-in-global", after(60), staged)
    assert "day 79" in finding.message and DAY in finding.message


def test_a_facility_has_no_surgeons_global_period() -> None:
    billed = claim(line("27596-LT", service_date=DAY), **FACILITY, type_of_bill="131")
    assert not [name for name in ids(after(20), billed) if name.startswith(("global", "visit"))]


def test_an_operation_told_roughly_decides_nothing() -> None:
    rough = replace(
        PLAIN,
        prior=PriorSigns(
            operations=(earlier(OPERATION - dt.timedelta(days=100), OPERATION - dt.timedelta(80)),)
        ),
    )
    assert ids(rough, claim()) == ids(rough, claim(line("27596-LT-58"))) == []
