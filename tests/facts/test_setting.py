"""Inpatient or outpatient, from the documents."""

from __future__ import annotations

import datetime as dt

import pytest

from notecheck import check
from notecheck.facts.case import SettingSigns
from notecheck.facts.setting import setting
from notecheck.models import Document, DocumentType
from notecheck.pipeline.analyse import pipeline
from notecheck.timeline.chart import Chart


def chart(*documents: tuple[DocumentType, str]) -> Chart:
    return Chart([
        pipeline().analyse(Document(doc_id=str(place), type=kind, text=text))
        for place, (kind, text) in enumerate(documents)
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("admission_order", "Admit to inpatient, vascular surgery.", "inpatient"),
        ("operative_note", "Patient class: Inpatient", "inpatient"),
        ("operative_note", "Patient class: IP", "inpatient"),
        ("operative_note", "She remains an inpatient.", "inpatient"),
        ("preop_note", "Plan: admit as inpatient after surgery.", "inpatient"),
        ("history_and_physical", "PMH: gout. Admit to inpatient. OR Monday.", "inpatient"),
        ("history_and_physical", "80M, admitted to vascular 8/4/25.", "inpatient"),
        ("progress_note", "Admitted 3/1. Hospital day 4.", "inpatient"),
        (
            "discharge_summary",
            "Date of admission: 3/1/2026\nDate of discharge: 3/5/2026",
            "inpatient",
        ),
        ("admission_order", "[x] Inpatient [ ] Observation", "inpatient"),
        ("operative_note", "Patient status: Observation", "outpatient"),
        ("operative_note", "Performed at Lakeside ASC.", "outpatient"),
        ("operative_note", "He went home same day.", "outpatient"),
        ("operative_note", "Discharged to home from PACU.", "outpatient"),
        ("operative_note", "23-hour stay in the day surgery unit.", "outpatient"),
        ("office_note", "Will book as a day case.", "outpatient"),
        ("progress_note", "Observation status, not inpatient.", "outpatient"),
    ],
)
def test_told(kind: DocumentType, text: str, value: str) -> None:
    told, signs = setting(chart((kind, text)))
    assert told is not None
    assert told.value == value
    assert (bool(signs.inpatient), bool(signs.outpatient)) == (
        value == "inpatient",
        value == "outpatient",
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("progress_note", "Hospital day 4."),
        ("progress_note", "Discharge to inpatient rehab when ready."),
        ("operative_note", "Follow up in the outpatient clinic."),
        ("operative_note", "Outpatient medications: aspirin."),
        ("history_and_physical", "Previously managed as an outpatient with dressings."),
        ("discharge_summary", "He was discharged home with his wife."),
        ("operative_note", "Observation of the wound showed clean edges."),
        ("office_note", "Seen in the amputee clinic."),
    ],
)
def test_weak_words_tell_nothing(kind: DocumentType, text: str) -> None:
    assert setting(chart((kind, text))) == (None, SettingSigns())


def test_the_document_nearest_to_the_operation_decides() -> None:
    told, signs = setting(
        chart(
            ("office_note", "Schedule as outpatient surgery."),
            ("operative_note", "Patient class: Inpatient"),
        )
    )
    assert told is not None
    assert told.value == "inpatient"
    assert signs.outpatient == ()


def test_the_last_word_of_a_document_decides() -> None:
    told, _ = setting(
        chart(("progress_note", "Placed in observation status on 3/1. Today made inpatient."))
    )
    assert told is not None
    assert told.value == "inpatient"


@pytest.mark.parametrize(
    ("stated", "against"), [("outpatient", ("outpatient",)), ("inpatient", ())]
)
def test_a_class_that_the_record_states_apart_contradicts_the_note(
    stated: str, against: tuple[str, ...]
) -> None:
    told, signs = setting(
        chart(
            ("operative_note", "Patient class: Inpatient"), ("other", f"Patient class: {stated}.")
        )
    )
    assert told is not None
    assert told.value == "inpatient"
    assert tuple(found.text for found in signs.outpatient) == against


def test_a_summary_of_the_stay_contradicts_an_order() -> None:
    def status(told: str) -> str:
        texts = [
            ("operative_note", "PROCEDURE: Revision of left AKA stump. The femur was cut."),
            ("admission_order", "Admit to inpatient, orthopaedics."),
            ("discharge_summary", told),
        ]
        documents = [{"doc_id": kind, "type": kind, "text": text} for kind, text in texts]
        report = check({"encounter_id": "E", "documents": documents}, code="27596")
        return next(r.status for r in report.requirements if r.id == "inpatient")

    assert status("Stump revised as an outpatient procedure, home the same day.") == "conflict"
    assert status("Stump revised. Home on day 4. Outpatient physical therapy arranged.") == "met"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("R AKA in 2019, was admitted 2/27 with an infected stump.", "met"),
        ("In 2019 he was admitted to the vascular ward with an infected stump.", "not_assessed"),
        ("He was admitted to the ICU with sepsis in 2021.", "not_assessed"),
        ("Admitted 1/4 with pneumonia.", "not_assessed"),
    ],
)
def test_an_admission_of_long_before_is_of_another_stay(told: str, status: str) -> None:
    texts = {
        "operative_note": "PROCEDURE: Revision of right AKA stump. The femur was cut.",
        "history_and_physical": told,
    }
    report = check(
        {
            "encounter_id": "E",
            "documents": [
                {"doc_id": kind, "type": kind, "date": "2026-03-02", "text": text}
                for kind, text in texts.items()
            ],
        },
        code="27596",
    )
    assert next(r.status for r in report.requirements if r.id == "inpatient") == status


def test_a_stay_begun_on_the_day_of_its_summary_is_none() -> None:
    day = dt.date(2026, 3, 2)
    text = "Date of admission: 3/2/2026\nDate of discharge: 3/2/2026"
    document = Document(doc_id="S", type="discharge_summary", date=day, text=text)
    assert setting(Chart([pipeline().analyse(document)])) == (None, SettingSigns())
