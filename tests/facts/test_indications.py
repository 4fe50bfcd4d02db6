"""Why the operation was done, told from why an earlier one was, and who said so beforehand."""

from __future__ import annotations

import datetime as dt

import pytest

from notecheck import check
from notecheck.facts.indications import indications, preop_documents
from notecheck.models import Document, DocumentType
from notecheck.pipeline.analyse import pipeline
from notecheck.timeline.chart import Chart


def chart(*documents: Document) -> Chart:
    return Chart([pipeline().analyse(document) for document in documents])


def note(text: str, date: dt.date | None = None) -> Document:
    return Document(doc_id="op", text=text, date=date)


def values(text: str) -> set[str]:
    facts, _ = indications(chart(note(text)))
    return {fact.value for fact in facts}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PREOPERATIVE DIAGNOSIS: Infected left above-knee stump.", {"infection"}),
        ("About 60 cc of pus was evacuated from the stump.", {"infection"}),
        ("Chronic osteomyelitis of the residual femur.", {"osteomyelitis"}),
        ("Infected stump with osteomyelitis of the femur.", {"infection", "osteomyelitis"}),
        ("Wet gangrene of the right thigh stump.", {"infection", "nonviable"}),
        ("The posterior flap was dusky.", {"nonviable"}),
        ("Ischaemic stump.", {"nonviable"}),
        ("The muscle was grey and did not contract.", {"nonviable"}),
        ("The scar has been coming apart since January.", {"dehiscence"}),
        ("PREOPERATIVE DIAGNOSIS: Open right thigh guillotine site.", {"dehiscence"}),
        ("The ulcer at the tip of the stump simply refuses to heal.", {"dehiscence"}),
        ("He cannot tolerate the socket.", {"prosthetic"}),
        ("PREOPERATIVE DIAGNOSIS: Redundant soft tissue, left AKA stump.", {"prosthetic"}),
        ("The limb is too long for the knee unit.", {"prosthetic"}),
        ("The femur stands 4 cm proud of the muscle.", {"bone_overgrowth"}),
        ("Heterotopic ossification of the stump.", {"bone_overgrowth"}),
        ("Painful sciatic neuroma, left thigh stump.", {"pain_neuroma"}),
        ("Ischemic rest pain of the left foot.", {"ischemia"}),
        ("INDICATIONS: His bypass has gone down and there is no inflow left.", {"ischemia"}),
        ("Recurrent osteosarcoma of the left thigh stump.", {"neoplasm"}),
        ("PREOPERATIVE DIAGNOSIS: Open fracture of the residual femur.", {"trauma"}),
        ("PREOPERATIVE DIAGNOSIS: Left AKA, fixed hip flexion contracture.", {"other"}),
        ("HISTORY: The old staple line let go on day nine.", {"dehiscence"}),
        ("HISTORY: At the bottom of the wound lies bone in plain view.", {"bone_overgrowth"}),
        ("HISTORY: The femoral remnant is so short that no socket will hold on.", {"prosthetic"}),
        ("HISTORY: Stump cellulitis cleared; now a spike of bone.", {"bone_overgrowth"}),
        ("HISTORY: Pain at rest and an occluded profunda femoris.", {"ischemia"}),
        ("HISTORY: S/p AKA 8/14 w/ wound breakdown, here for revision.", {"dehiscence"}),
    ],
)
def test_each_kind_of_reason(text: str, expected: set[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "No infection, no necrosis and no dehiscence.",
        "Risks include infection, bleeding and wound dehiscence.",
        "If the flap is nonviable he will need a higher level.",
        "Phantom pain is well controlled.",
        "PMH: diabetes, PAD, osteomyelitis of the foot.",
        "The infection is now under control.",
        "His mother had a sarcoma.",
        "The femur was then exposed and cut.",
        "All bony prominences were padded.",
        "Ischemia time was 40 minutes.",
        "The nerve was buried to prevent a neuroma.",
        "The superficial femoral artery was occluded and was ligated.",
        "Redundant skin was excised.",
        "The wound was left open and packed.",
    ],
)
def test_no_reason(text: str) -> None:
    assert values(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Left AKA in 2019 for osteomyelitis.", set()),
        ("He underwent an above-knee amputation in 2019 for a septic knee.", set()),
        ("A motorcycle crash in 2016 ended in a left below-knee amputation.", set()),
        ("Right AKA 2011 (synovial sarcoma).", set()),
        ("She lost her leg to gangrene in 2014.", set()),
        ("Left AKA 2012 (IED), socket intolerance.", {"prosthetic"}),
        ("S/p left AKA 2019 with infected stump.", {"infection"}),
        ("R AKA 2018 for gangrene, now with exposed femur.", {"bone_overgrowth"}),
    ],
)
def test_the_reason_of_an_earlier_amputation(text: str, expected: set[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The sacral ulcer was infected.",
        "He was turned prone and the ischium prepped as a new field. Necrotic skin was debrided.",
        "Two ulcers over the left greater trochanter were debrided.",
    ],
)
def test_another_part_of_the_body(text: str) -> None:
    told = chart(note(f"OPERATION IN DETAIL: {text}"))
    assert indications(told)[0] == ()
    assert told.excluded
    assert {reason for _, reason in told.excluded} == {"other_meaning"}


def test_the_story_that_returns_to_the_stump_counts_again() -> None:
    text = "Attention was turned to the sacral ulcer. The stump was opened. Pus was found."
    assert values(f"OPERATION IN DETAIL: {text}") == {"infection"}


def test_contract_order_and_evidence() -> None:
    text = "Dehiscence with exposed femur and osteomyelitis of the stump."
    facts, _ = indications(chart(note(text)))
    assert [fact.value for fact in facts] == ["osteomyelitis", "dehiscence", "bone_overgrowth"]
    for fact in facts:
        for words in fact.evidence:
            assert text[words.start : words.end] == words.text


def test_an_admission_order_is_read_only_when_nothing_else_tells() -> None:
    order = Document(doc_id="ord", type="admission_order", text="Dx: gas gangrene of the foot.")
    told, _ = indications(chart(note("Open stump wound."), order))
    assert [fact.value for fact in told] == ["dehiscence"]
    told, _ = indications(chart(note("Femur divided."), order))
    assert [fact.value for fact in told] == ["infection", "nonviable"]


@pytest.mark.parametrize(
    "text",
    [
        "PREOPERATIVE DIAGNOSIS: Failed left above-knee stump.",
        "Stump not doing well, needs revision.",
        "INDICATIONS: He comes for revision.",
        "Stump troubles.",
    ],
)
def test_vague_words(text: str) -> None:
    facts, vague = indications(chart(note(text)))
    assert facts == ()
    assert vague


@pytest.mark.parametrize(
    "text", ["PROCEDURE: Revision of left AKA.", "He is here for surgery.", "No stump problems."]
)
def test_not_even_vague(text: str) -> None:
    assert indications(chart(note(text))) == ((), ())


OPERATION = dt.date(2026, 3, 2)


def preop(text: str, kind: DocumentType = "history_and_physical", day: int | None = 1) -> Document:
    date = dt.date(2026, 3, day) if day else None
    return Document(doc_id="pre", type=kind, date=date, text=text)


@pytest.mark.parametrize("day", [None, 1, 2])
def test_a_document_on_or_before_the_day_or_undated_is_preoperative(day: int | None) -> None:
    told = chart(note("Femur divided.", OPERATION), preop("Infected stump.", day=day))
    (document,) = preop_documents(told)
    assert (document.doc_id, document.type) == ("pre", "history_and_physical")
    assert [words.text for words in document.specific] == ["Infected"]
    assert document.vague == ()


def test_a_later_document_is_not_preoperative() -> None:
    assert (
        preop_documents(chart(note("Femur divided.", OPERATION), preop("Infected.", day=3))) == ()
    )


def test_every_preoperative_document_counts_when_the_day_is_not_known() -> None:
    assert preop_documents(chart(note("Femur divided."), preop("Infected stump.", day=3)))


@pytest.mark.parametrize("kind", ["admission_order", "discharge_summary", "other"])
def test_other_kinds_of_document_are_not_preoperative(kind: DocumentType) -> None:
    assert preop_documents(chart(note("Femur divided."), preop("Infected stump.", kind))) == ()


def test_a_vague_and_a_silent_preoperative_document() -> None:
    (vague,) = preop_documents(chart(preop("Failed left stump.")))
    assert vague.vague and not vague.specific
    (silent,) = preop_documents(chart(preop("Cleared for surgery. Prior AKA in 2019 for a clot.")))
    assert not silent.vague and not silent.specific


def test_two_cues_of_history_do_not_stop_each_other() -> None:
    """ "First operation" speaks of closures, and "healed with" reaches past it."""
    note = (
        "INDICATIONS: Right above-knee amputation in 2021. "
        "Flap necrosis after the first operation healed with local care.\n"
        "DESCRIPTION: The femur was cut with a saw."
    )
    report = check(note, code="27596")
    assert not report.facts.indications
    assert ("nonviable", "history") in {(item.value, item.reason) for item in report.excluded}


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("fem-pop 2021, graft infection and excision 2022, R AKA 3/2024", set()),
        ("stump fracture plated 2023, R AKA 2018", set()),
        ("infection since 2022, R AKA 2018", {"infection"}),
        ("non-healing AKA 2022", {"dehiscence"}),
        ("R AKA 2018, infected from 2022 to today", {"infection"}),
    ],
)
def test_a_year_at_the_end_of_an_item_is_that_of_the_item(story: str, expected: set[str]) -> None:
    facts, _ = indications(chart(note(f"HISTORY: 59F, {story}.", OPERATION)))
    assert {fact.value for fact in facts} == expected
