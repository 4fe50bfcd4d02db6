"""Where bone or joint was divided today: level, segment, measured length, bone."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.models import NewLevelFact, Report

STUMP = "INDICATIONS: Infected left above-knee amputation stump.\nDESCRIPTION: "


def new_level(note: str) -> NewLevelFact | None:
    return check(note).facts.new_level


def status(report: Report) -> str:
    return next(r.status for r in report.requirements if r.id == "new-level")


@pytest.mark.parametrize(
    ("note", "level"),
    [
        ("PROCEDURE: Left great toe amputation at the MTP joint.", "toe"),
        ("PROCEDURE: Right fifth ray amputation. The metatarsal was cut with a saw.", "ray"),
        ("PROCEDURE: Left transmetatarsal amputation. The metatarsals were divided with a saw.",
         "transmetatarsal"),
        ("PROCEDURE: Right Chopart amputation.", "midfoot"),
        ("PROCEDURE: Left Lisfranc amputation.", "midfoot"),
        ("PROCEDURE: Right Syme amputation. The malleoli were cut flush.", "ankle"),
        ("PROCEDURE: Left below-knee amputation. Tibia and fibula were transected.",
         "transtibial"),
        ("PROCEDURE: L BKA. Tibia cut 15 cm below joint line.", "transtibial"),
        ("PROCEDURE: Right through-knee amputation. The knee joint was disarticulated.",
         "knee_disarticulation"),
        ("PROCEDURE: Left above-knee amputation. The femur was divided with a Gigli saw.",
         "transfemoral"),
        ("PROCEDURE: R AKA. Femur cut mid thigh.", "transfemoral"),
        ("PROCEDURE: Conversion of left BKA to AKA. The femur was transected.", "transfemoral"),
        ("PROCEDURE: Left hip disarticulation.", "hip_disarticulation"),
        ("PROCEDURE: Right hindquarter amputation.", "hemipelvectomy"),
        ("PROCEDURE: Left external hemipelvectomy.", "hemipelvectomy"),
    ],
)  # fmt: skip
def test_every_level(note: str, level: str) -> None:
    fact = new_level(note)
    assert fact is not None
    assert fact.value == level


@pytest.mark.parametrize(
    "words",
    [
        "The femur was transected with an oscillating saw.",
        "I divided the femur with a Gigli saw.",
        "Femur cut.",
        "Four centimeters of femur were resected.",
        "The distal 4 cm of the femur was removed.",
        "The bone was cut back to healthy bone.",
        "An osteotomy of the femur was made with a power saw.",
        "The femur was shortened by 3 cm.",
        "We took another 3 cm of bone with the saw.",
        "femur taken back 2 in. w/ saw",
        "the femur was sawn through",
        "We re-cut the femur at mid-thigh.",
        "The femoral shaft was amputated at a higher level.",
        "A fresh cut was made across the femur with the saw.",
    ],
)
def test_bone_is_cut_in_many_words(words: str) -> None:
    report = check(STUMP + words)
    assert report.facts.bone_resected is not None
    assert report.facts.bone_resected.value is True
    assert report.facts.new_level is not None
    assert report.facts.new_level.value == "transfemoral"


@pytest.mark.parametrize(
    "words",
    [
        "No bone was resected.",
        "The femur was not exposed.",
        "The bone end was rasped smooth.",
        "The bone was smoothed with a rasp; no bone was removed.",
        "The bone was left alone.",
        "The femur was curetted.",
        "The bone was debrided with a rongeur to bleeding bone.",
        "Bone wax was put on the old bone end.",
        "If infection recurs the femur will be cut at a higher level.",
        "We considered shortening the femur but did not.",
        "The sharp edges were filed.",
        "A bone spur was excised; the femur was not shortened.",
        "The patient consented to division of the femur at a higher level.",
        "The shaft of the sciatic nerve was cut high.",
    ],
)
def test_bone_is_not_cut(words: str) -> None:
    facts = check(STUMP + "The scar was excised. " + words).facts
    assert facts.bone_resected is not None
    assert facts.bone_resected.value is False
    assert facts.new_level is None


def test_without_an_operative_note_nothing_is_known_of_bone() -> None:
    report = check(
        {
            "encounter_id": "E1",
            "documents": [
                {"doc_id": "hp", "type": "history_and_physical", "text": "Left AKA stump ulcer."}
            ],
        }
    )
    assert report.facts.bone_resected is None


@pytest.mark.parametrize(
    ("words", "segment"),
    [
        ("The femur was transected in its supracondylar region.", "supracondylar"),
        ("The femur was cut just above the condyles.", "supracondylar"),
        ("The femur was cut just above the adductor tubercle.", "supracondylar"),
        ("The femur was divided in the distal third.", "distal_third"),
        ("The femur was divided in its lower third.", "distal_third"),
        ("The distal third of the femur was divided.", "distal_third"),
        ("The femur was transected at mid-shaft.", "mid_shaft"),
        ("The femur was transected at the mid-thigh level.", "mid_shaft"),
        ("Femur cut mid-femur.", "mid_shaft"),
        ("The femur was divided in the middle third.", "mid_shaft"),
        ("The femur was cut at the junction of the middle and distal thirds.", "mid_shaft"),
        ("The femur was cut at the junction of the distal and middle thirds.", "mid_shaft"),
        ("The femur was cut at the junction of the proximal and middle thirds.",
         "proximal_third"),
        ("The femur was cut at the junction of the middle and upper thirds.", "proximal_third"),
        ("The femur was divided in the proximal third.", "proximal_third"),
        ("The femur was divided in the upper third of the thigh.", "proximal_third"),
        ("The femur was divided at the subtrochanteric level.", "subtrochanteric"),
        ("The femur was cut just below the lesser trochanter.", "subtrochanteric"),
        ("The femur was transected with a saw.", None),
        ("The femur was cut. Pulses were felt down to the middle third of the thigh.", None),
        ("The femur was cut. Next time it would have to be subtrochanteric.", None),
        ("The femur was cut at mid-length.", "mid_shaft"),
    ],
)  # fmt: skip
def test_every_segment(words: str, segment: str | None) -> None:
    fact = new_level(STUMP + words)
    assert fact is not None
    assert (fact.value, fact.segment) == ("transfemoral", segment)


def test_a_segment_belongs_to_the_femur_only() -> None:
    fact = new_level("PROCEDURE: Left BKA. The tibia was cut in its proximal third.")
    assert fact is not None
    assert (fact.value, fact.segment) == ("transtibial", None)


@pytest.mark.parametrize(
    ("words", "centimetres"),
    [
        ("The femur was cut 12 cm above the knee joint line.", 12.0),
        ("The femur was cut 12.5 cm above the joint line.", 12.5),
        ("The femur was divided 18 cm below the greater trochanter.", 18.0),
        ("The femur was cut 18 centimetres distal to the greater trochanter.", 18.0),
        ("The femur was cut twelve centimeters below the trochanter.", 12.0),
        ("The femur was cut 10-12 cm above the joint line.", 12.0),
        ("The femur was cut 10 to 12 cm above the joint line.", 12.0),
        ("The femur was cut 5 cm proximal to the stump tip.", 5.0),
        ("The femur was cut 5 cms proximal to the previous cut.", 5.0),
        ("The femur was cut, leaving a residual femur of 20 cm.", 20.0),
        ("The femur was cut. The residual femur measured 20 cm.", 20.0),
        ("The femur was shortened by 25 mm.", 2.5),
        ("The distal 2 inches of femur were resected.", 5.08),
        ("One inch of femur was removed with the saw.", 2.54),
        ('1" of femur was resected with the saw.', 2.54),
        ("The femur was shortened by two and a half centimeters.", 2.5),
        ("We resected 4 cm of femur.", 4.0),
        ("2 cm of femur were removed, the cut now 18 cm from the greater trochanter.", 18.0),
        ("The distal 3 cm of the femur was resected, leaving a 22 cm femur.", 22.0),
        ("The femur was cut two fingerbreadths above the old end.", None),
        ("A skin flap of 15 cm was marked. The femur was cut.", None),
        ("The femur was transected.", None),
    ],
)
def test_measurement(words: str, centimetres: float | None) -> None:
    fact = new_level(STUMP + words)
    assert fact is not None
    assert fact.measurement_cm == centimetres


def test_a_length_counts_for_any_bone() -> None:
    fact = new_level("PROCEDURE: Left BKA. The tibia was cut 15 cm below the tibial plateau.")
    assert fact is not None
    assert fact.measurement_cm == 15.0


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (STUMP + "The femur was cut at mid-shaft.", "met"),
        (STUMP + "The femur was shortened by 3 cm.", "met"),
        (STUMP + "The femur was cut two fingerbreadths above the old end.", "met"),
        (STUMP + "The femur was transected.", "partial"),
        (STUMP + "The scar was excised. No bone was cut.", "missing"),
        ("PROCEDURE: Left BKA. The tibia and fibula were cut.", "missing"),
        ("PROCEDURE: Left hip disarticulation.", "missing"),
        ("PROCEDURE: Re-amputation, left femur, distal third.\n" + STUMP
         + "The femur was cut in the proximal third.", "conflict"),
    ],
)  # fmt: skip
def test_how_the_place_is_told(note: str, expected: str) -> None:
    assert status(check(note, code="27596")) == expected


def test_in_a_conflict_the_description_is_the_fact() -> None:
    fact = new_level(
        "PROCEDURE: Re-amputation, left femur, distal third.\n"
        + STUMP
        + "The femur was cut in the proximal third."
    )
    assert fact is not None
    assert fact.segment == "proximal_third"


@pytest.mark.parametrize(
    "words",
    [
        "PRIOR OPERATIVE NOTE: The femur was transected 12 cm above the knee.\n",
        'The old report reads "The femur was transected at 12 cm above the knee". ',
        "> The femur was transected 12 cm above the knee.\n",
    ],
)
def test_a_quoted_report_is_not_todays_cut(words: str) -> None:
    note = (
        "INDICATIONS: Infected left AKA stump.\n"
        + words
        + "\nPROCEDURE: Left stump scar revision.\nDESCRIPTION: The scar was excised and closed."
    )
    report = check(note)
    assert report.facts.new_level is None
    assert "quoted_report" in {e.reason for e in report.excluded if e.fact == "new_level"}


@pytest.mark.parametrize(
    ("description", "level"),
    [
        ("The collaterals and cruciates were cut and the stump passed off. No saw was used.",
         "knee_disarticulation"),
        ("The collaterals and cruciates were cut. The femur was cut above the condyles.",
         "transfemoral"),
        ("The collaterals were tested and found lax.", None),
    ],
)  # fmt: skip
def test_a_knee_divided_without_its_name(description: str, level: str | None) -> None:
    note = (
        "PROCEDURE: Revision amputation, left, to a higher level.\n"
        "INDICATIONS: Dead left below-knee stump. A stump that could not be closed.\n"
        f"DESCRIPTION: The flaps were raised and the vessels ligated. {description} "
        "The fascia was closed over it with interrupted absorbable sutures and the skin with clips."
    )
    fact = new_level(note)
    assert (fact.value if fact else None) == level


def test_a_bone_named_by_the_label_of_its_line() -> None:
    fact = new_level(
        "OPERATION: Higher amputation, right, through the thigh.\n"
        "DESCRIPTION: Flaps were cut in warm skin.\nFemur: Gigli saw, 20 cm from the trochanter."
    )
    assert fact and (fact.value, fact.measurement_cm) == ("transfemoral", 20)


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_no_bone_cut_said_under_a_title_is_heard_whatever_the_title_calls_it(gap: str) -> None:
    note = f"OPERATION: Revision of left above-knee amputation stump.{gap}No bone was resected."
    assert status(check(note, "27596")) == "missing"


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("", "partial"),
        ("The end of the femur lay deep under muscle.", "missing"),
        ("A rough edge was rasped.", "missing"),
    ],
)
def test_a_revision_by_its_title_is_partial_only_where_the_text_is_silent_on_bone(
    description: str, expected: str
) -> None:
    told = (
        "The old scar was cut out as an ellipse, the wound was washed with three liters of saline, "
        "small vessels were tied, and the deep fascia was closed with interrupted sutures. The "
        "skin was closed with nylon and a bulky dressing and an elastic wrap were put on the stump."
    )
    note = f"PROCEDURE: Revision of right above-knee amputation.\nDESCRIPTION: {told} {description}"
    assert status(check(note, "27596")) == expected


def test_length_at_the_end_with_no_cut_told_is_kept_and_divides_nothing() -> None:
    report = check(
        "OPERATION: Revision of left above-knee amputation.\n"
        + STUMP
        + "The scar was excised and the skin closed. At the end of the case the residual femur "
        "measured 20 cm from the trochanter. A dry dressing was put on the stump, and the patient "
        "was taken to the recovery room in good condition after the count was correct twice."
    )
    fact, bone = report.facts.new_level, report.facts.bone_resected
    assert fact is not None
    assert (fact.value, fact.measurement_cm) == (None, 20.0)
    assert bone is not None
    assert not bone.value
    assert status(report) != "met"
