"""Encounters and reports for these tests, with invented notes, made by hand and at random."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

from hypothesis import strategies as st

from notecheck.models import (
    BoneFact,
    DebridementFact,
    Decision,
    Document,
    DocumentType,
    Encounter,
    Evidence,
    Excluded,
    ExclusionReason,
    Facts,
    IndicationFact,
    LevelFact,
    NewLevelFact,
    ReconstructionFact,
    Release,
    Report,
    RequirementResult,
    SettingFact,
    SideFact,
    Status,
    SupportedCode,
    SupportedCodeValue,
)

Case = tuple[Encounter, Report]

PASS_NOTE = """\
PREOPERATIVE DIAGNOSIS: Osteomyelitis of the left thigh stump.
HISTORY: Left above-knee amputation in 2020. No abscess was seen on the scan.
PROCEDURE: The femur was divided with the saw 14 cm below the greater trochanter,
through healthy bone. The adductor was fixed to the femur
through two drill holes.
"""
ORDER = "Admit as an inpatient."

HOLD_NOTE = "The stump was opened.\tThe old scar\r\nwas\x1b[31m excised. A skin graft if needed."


def words(encounter: Encounter, doc_id: str, text: str) -> Evidence:
    """Evidence for the first place where `text` stands in the document."""
    document = next(item for item in encounter.documents if item.doc_id == doc_id)
    start = document.text.index(text)
    return Evidence(doc_id=doc_id, start=start, end=start + len(text), text=text)


def passing() -> Case:
    encounter = Encounter(
        encounter_id="P-1",
        documents=(
            Document(doc_id="op", date=dt.date(2026, 3, 2), text=PASS_NOTE),
            Document(doc_id="order", type="admission_order", text=ORDER),
        ),
    )
    prior = (words(encounter, "op", "above-knee amputation in 2020"),)
    cut = (words(encounter, "op", PASS_NOTE[PASS_NOTE.index("The femur") :].split(".")[0]),)
    reason = (words(encounter, "op", "Osteomyelitis"),)
    fixed = (words(encounter, "op", "fixed to the femur\nthrough two drill holes"),)
    left = (words(encounter, "op", "left"), words(encounter, "op", "Left"))
    inpatient = (words(encounter, "order", "inpatient"),)
    report = Report(
        encounter_id="P-1",
        code="27596",
        decision="pass",
        release=Release(verdict="release"),
        score=100,
        supported_code=SupportedCode(value="27596", evidence=cut),
        facts=Facts(
            prior_level=LevelFact(value="transfemoral", evidence=prior),
            new_level=NewLevelFact(
                value="transfemoral", segment="proximal_third", measurement_cm=14, evidence=cut
            ),
            bone_resected=BoneFact(value=True, evidence=cut),
            indications=(IndicationFact(value="osteomyelitis", evidence=reason),),
            reconstruction=(ReconstructionFact(value="myodesis", evidence=fixed),),
            laterality=SideFact(value="left", evidence=left),
            setting=SettingFact(value="inpatient", evidence=inpatient),
        ),
        requirements=(
            RequirementResult(
                id="prior-level", status="met", message="The level is named.", evidence=prior
            ),
            RequirementResult(
                id="new-level", status="met", message="The cut has a place.", evidence=cut
            ),
            RequirementResult(
                id="laterality-claim", status="not_assessed", message="No claim was given."
            ),
        ),
        excluded=(
            Excluded(
                fact="indications",
                value="infection",
                reason="negated",
                evidence=(words(encounter, "op", "No abscess"),),
            ),
        ),
    )
    return encounter, report


def held() -> Case:
    encounter = Encounter(encounter_id="H-1", documents=(Document(doc_id="op", text=HOLD_NOTE),))
    scar = (words(encounter, "op", "The old scar\r\nwas\x1b[31m excised"),)
    stump = (words(encounter, "op", "stump"), words(encounter, "op", "The stump was opened"))
    report = Report(
        encounter_id="H-1",
        code="27596",
        decision="hold",
        release=Release(verdict="stop"),
        score=25,
        supported_code=SupportedCode(value="27594", evidence=scar),
        facts=Facts(
            debridement=DebridementFact(
                performed=True, tissues=("skin",), area_cm2=24, evidence=scar
            )
        ),
        requirements=(
            RequirementResult(
                id="prior-level",
                status="partial",
                message="A stump is named and its level is not. Say the level.",
                evidence=stump,
            ),
            RequirementResult(
                id="new-level",
                status="missing",
                message="No division of the femur is told. Say where the bone was cut: a third "
                "of the shaft, a measured length or a landmark.",
            ),
            RequirementResult(
                id="laterality-note", status="conflict", message="Two sides.", evidence=stump[:1]
            ),
            RequirementResult(id="debridement", status="not_applicable", message="Not billed."),
        ),
        excluded=(
            Excluded(
                fact="reconstruction",
                value="skin_graft",
                reason="hypothetical",
                evidence=(words(encounter, "op", "A skin graft if needed"),),
            ),
        ),
    )
    return encounter, report


_HOSTILE = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from("\n\r\t\x1b\x00\x9b\x7f\u202e\u2028<>&\"' \u0301\u9aa8\U0001f9b4ab"),
    st.sampled_from("abcdefgh    "),
)
_TEXT = st.text(_HOSTILE, max_size=120)
_NAME = st.text(_HOSTILE, min_size=1, max_size=30)


def _of(literal: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any encounter, hostile characters and overlapping evidence included."""
    names = draw(st.lists(_NAME, min_size=1, max_size=3, unique=True))
    documents = tuple(
        Document(doc_id=name, type=draw(_of(DocumentType)), text=draw(_TEXT)) for name in names
    )
    encounter = Encounter(encounter_id=draw(_NAME), documents=documents)
    evidence = _evidence(documents)
    report = Report(
        encounter_id=encounter.encounter_id,
        code="27596",
        decision=draw(_of(Decision)),
        score=draw(st.floats(0, 100)),
        supported_code=SupportedCode(value=draw(_of(SupportedCodeValue)), evidence=draw(evidence)),
        facts=Facts(prior_level=LevelFact(value="transfemoral", evidence=draw(evidence))),
        requirements=tuple(
            RequirementResult(
                id=draw(_NAME),
                status=draw(_of(Status)),
                message=draw(_TEXT),
                evidence=draw(evidence),
            )
            for _ in range(draw(st.integers(0, 3)))
        ),
        excluded=tuple(
            Excluded(
                fact=draw(_NAME),
                value=draw(_NAME),
                reason=draw(_of(ExclusionReason)),
                evidence=draw(evidence),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
    )
    return encounter, report


def _evidence(documents: tuple[Document, ...]) -> st.SearchStrategy[tuple[Evidence, ...]]:
    told = [document for document in documents if document.text]

    @st.composite
    def item(draw: st.DrawFn) -> Evidence:
        document = draw(st.sampled_from(told))
        start = draw(st.integers(0, len(document.text) - 1))
        end = draw(st.integers(start + 1, len(document.text)))
        text = document.text[start:end]
        return Evidence(doc_id=document.doc_id, start=start, end=end, text=text)

    return st.lists(item(), max_size=5).map(tuple) if told else st.just(())
