"""What was done with the stump's end, read from whole operative notes."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.facts.reconstruction import reconstruction
from notecheck.models import Document, DocumentType
from notecheck.pipeline.analyse import pipeline
from notecheck.timeline.chart import Chart


def chart(text: str, kind: DocumentType = "operative_note") -> Chart:
    return Chart([pipeline().analyse(Document(doc_id="d", type=kind, text=text))])


def values(text: str) -> set[str]:
    return {fact.value for fact in reconstruction(chart(f"Revision of above-knee stump. {text}"))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The adductor tendon was tied down through two drill holes.", {"myodesis"}),
        ("Adductors were reattached to the femur using two suture anchors.", {"myodesis"}),
        ("The hamstrings were sewn to the periosteum of the femur.", {"myodesis"}),
        ("Extensors were sewn over the cut femur to the flexors.", {"myoplasty"}),
        ("Muscle was closed across the bone with 0 Vicryl, quads to hams.", {"myoplasty"}),
        ("my oplasty of the quadriceps and hamstrings was done", {"myoplasty"}),
        ("The patellar tendon was sewn to the cruciates.", {"tenodesis"}),
        ("Fascia 0 Vicryl; staples.", {"fascial_closure"}),
        ("A long posterior flap was cut. Skin with nylon.", {"flap"}),
        ("A split-thickness skin graft was stapled over the muscle.", {"skin_graft"}),
        ("The wound was left wide open.", {"left_open"}),
        ("A wound back was applied to the incision.", {"negative_pressure"}),
        ("The wound was closed in layers.", {"layered_closure"}),
        ("Skin was closed with staples.", {"layered_closure"}),
    ],
)
def test_each_value_by_name_or_by_description(text: str, expected: set[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The burn of the left forearm was covered with a split-thickness skin graft.",
        "The wound vac on the sacral sore was changed.",
        "The abdominal wall was closed by sewing the rectus muscles to each other.",
        "The sacral sore was closed by suturing opposing gluteal muscles in the midline.",
    ],
)
def test_a_wound_of_another_part_is_not_the_stumps(text: str) -> None:
    assert values(f"The femur was cut with a saw. {text}") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A split-thickness skin graft from the abdomen was laid on.", {"skin_graft"}),
        ("A rectus flap from the abdominal wall was laid over the stump.", {"flap"}),
        ("The fascia of the glute was sewn to the abdominal wall.", set()),
        ("Hemipelvectomy was done. The fascia of the glute was sewn to the abdominal wall.",
         {"fascial_closure"}),
    ],
)  # fmt: skip
def test_what_is_closed_with_another_part_is_the_stumps(text: str, expected: set[str]) -> None:
    assert values(text) == expected


def test_layers_are_told_only_where_nothing_else_is() -> None:
    assert values("The fascia was closed. Closed in layers, staples to skin.") == {
        "fascial_closure"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Two drill holes were made in the femur. The adductor magnus was secured with Ethibond.",
        "The adductor tendon was whipstitched and tied. The sutures ran through the bone holes.",
    ],
)
def test_holes_and_the_muscle_tied_to_them_may_stand_in_neighbouring_sentences(text: str) -> None:
    assert values(text) == {"myodesis"}


def test_muscle_sewn_to_muscle_beside_drill_holes_is_no_myodesis() -> None:
    text = "Drill holes were not needed. The quadriceps was sewn to the hamstrings."
    assert values(text) == {"myoplasty"}


def test_the_operation_typed_on_below_a_diagnosis_counts() -> None:
    history = "He came with a wound that opens and shuts and opens again every other week. " * 4
    note = f"POSTOPERATIVE DIAGNOSIS: Same.\n{history}The fascia was closed with 0 Vicryl."
    assert values(note) == {"fascial_closure"}


@pytest.mark.parametrize(
    "text",
    [
        "The hamstrings were dissected off the linea aspera.",
        "Pus tracked between the fascia and muscle to the periosteum.",
        "The anterior muscle was necrotic and attached to the bone only by scar.",
        "The muscle covered with slough over the bone was cut.",
        "Wound vac in place on arrival.",
        "The wound was dressed after the muscle was packed off with a moist lap.",
        "No myodesis was performed.",
        "The previous myodesis sutures were seen and were intact.",
        "No flap was fashioned.",
        "The posterior flap was necrotic.",
        "The fascia was incised and the vessels were ligated.",
        "The wound VAC was removed.",
        "The sciatic nerve was buried in muscle.",
        "PLAN: Wound VAC and skin graft next week.",
        "CONSENT: Myodesis, skin graft, flap.",
    ],
)
def test_what_was_not_done_today_does_not_count(text: str) -> None:
    assert values(text) == set()


def test_a_title_counts_unless_the_description_denies_it() -> None:
    title = "PROCEDURE: Revision of left AKA with myodesis.\n\nDESCRIPTION: "
    assert values(f"{title}The femur was cut.") == {"myodesis"}
    denied = "A myodesis was not performed. The fascia was closed with Vicryl."
    assert values(title + denied) == {"fascial_closure"}


def test_another_sites_wound_is_not_the_stumps() -> None:
    text = "Fascia was closed. The sacral ulcer was debrided. It was packed with moist gauze."
    assert values(text) == {"fascial_closure"}


def test_a_graft_from_the_other_limb_is_laid_on_the_stump() -> None:
    told = "OPERATION: Revision of right above-knee amputation.\nDESCRIPTION: The femur was cut. {}"
    for graft in (
        "Skin was taken from the left thigh, meshed, and stapled over the defect.",
        "A split-thickness graft, donor left thigh, was laid on the defect.",
    ):
        found = check(told.format(graft), code="27596").facts.reconstruction
        assert "skin_graft" in {fact.value for fact in found}


def test_without_a_stump_only_how_the_wound_was_left_is_told() -> None:
    text = "Knee arthrotomy. The fascia was closed and a wound vac was placed."
    assert [fact.value for fact in reconstruction(chart(text))] == ["negative_pressure"]


def test_a_limb_lost_through_the_thigh_is_a_stump() -> None:
    text = "Loss of the right leg through the lower thigh in 2007. The fascia was closed with PDS."
    assert [fact.value for fact in reconstruction(chart(text))] == ["fascial_closure"]


def test_only_the_operative_note_tells() -> None:
    text = "The stump was closed with a myodesis."
    assert reconstruction(chart(text, "progress_note")) == ()


def test_evidence_is_the_words_of_the_document() -> None:
    note = "Revision of stump. Muscle was closed over the bone. Fascia, 0 PDS."
    for fact in reconstruction(chart(note)):
        for item in fact.evidence:
            assert note[item.start : item.end] == item.text


_TITLE = "OPERATION: Revision of left above-knee amputation; debridement of right elbow\n"
_ELBOW = (
    "DESCRIPTION: The right elbow wound was debrided first. It was clean. A wound vac was placed."
)


@pytest.mark.parametrize(
    ("goes_on", "values"),
    [
        (" The left femur was cut at mid-shaft and the fascia closed.", {"fascial_closure"}),
        (
            " The left thigh stump was opened, the femur cut at mid-shaft, the fascia closed."
            " A wound vac was placed.",
            {"fascial_closure", "negative_pressure"},
        ),
    ],
)
def test_how_a_wound_is_covered_is_said_of_the_site_last_named(
    goes_on: str, values: set[str]
) -> None:
    facts = check(_TITLE + _ELBOW + goes_on, code="27596").facts
    assert {closure.value for closure in facts.reconstruction} == values


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("The wound was packed open for two days.", "left_open"),
        ("An incisional vac for 7 days was applied.", "negative_pressure"),
        ("The adductor, anchored to the femur in 2016, was cut away.", None),
    ],
)
def test_an_act_dated_at_once_is_earlier_and_one_for_so_long_is_not(
    told: str, value: str | None
) -> None:
    text = (
        "OPERATION: Revision of left above-knee amputation.\n"
        f"DESCRIPTION: The femur was cut with a saw. {told}\n"
    )
    note = {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": text}
    report = check({"encounter_id": "e", "documents": [note]})
    assert [fact.value for fact in report.facts.reconstruction] == ([value] if value else [])
