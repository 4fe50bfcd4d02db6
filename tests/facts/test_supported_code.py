"""The one code that the operative note's own text supports: every code of the contract's list."""

from __future__ import annotations

import pytest

from notecheck import check

CLOSED = "The fascia was closed over the bone and the skin was stapled."
OPEN = "The wound was left open and packed with gauze."


def supported(note: str) -> str:
    return check(note).supported_code.value


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("27590", "PROCEDURE: Left above-knee amputation. The femur was divided with a saw. "
                  + CLOSED),
        ("27590", "Proc: R AKA for wet gangrene foot. Femur sawn, flaps closed in layers."),
        ("27590", "PROCEDURE: Conversion of left BKA stump to AKA. The femur was cut. " + CLOSED),
        ("27590", "PROCEDURE: Conversion of right through-knee amputation to above-knee "
                  "amputation. The femur was cut. " + CLOSED),
        ("27590", "PROCEDURE: Right AKA.\nINDICATIONS: Infected total knee arthroplasty. History "
                  "of left AKA.\nDESCRIPTION: The right femur was cut. " + CLOSED),
        ("27591", "PROCEDURE: Left above-knee amputation with immediate prosthetic fitting. The "
                  "femur was cut. " + CLOSED + " A cast with a pylon was applied in theatre."),
        ("27592", "PROCEDURE: Guillotine amputation, left thigh. The femur was cut. " + OPEN),
        ("27592", "PROCEDURE: Open circular amputation through the right femur. The femur was "
                  "sawn. " + OPEN),
        ("27594", "PROCEDURE: Scar revision, left above-knee amputation stump. The scar was "
                  "excised. No bone was cut. " + CLOSED),
        ("27594", "PROCEDURE: Secondary closure of left AKA stump. The skin was closed. The femur "
                  "was not shortened."),
        ("27594", "PROCEDURE: Revision of right AKA stump. The femur was rasped smooth. " + CLOSED),
        ("27596", "PROCEDURE: Re-amputation of left thigh.\nINDICATIONS: Infected left AKA stump.\n"
                  "DESCRIPTION: The femur was cut 4 cm higher. " + CLOSED),
        ("27596", "PROCEDURE: Stump revision, left.\nINDICATIONS: s/p left AKA 2021, osteomyelitis."
                  "\nDESCRIPTION: The femur was transected with a saw. " + CLOSED),
        ("27596", "INDICATIONS: Left BKA in 2019, left AKA in 2021, now infected.\nPROCEDURE: "
                  "Revision of left AKA. The femur was cut again. " + CLOSED),
        ("27596", "INDICATIONS: Guillotine amputation of the left thigh five days ago.\nPROCEDURE: "
                  "Revision of left AKA. The femur was cut again at mid-shaft. " + CLOSED),
        ("27596", "INDICATIONS: Necrotic right AKA stump.\nPROCEDURE: Re-amputation, right femur. "
                  "The femur was cut. " + OPEN),
        ("27598", "PROCEDURE: Left knee disarticulation. The knee joint was divided. " + CLOSED),
        ("27290", "PROCEDURE: Right hindquarter amputation for sarcoma."),
        ("27290", "PROCEDURE: Left external hemipelvectomy."),
        ("27295", "PROCEDURE: Left hip disarticulation for sarcoma. " + CLOSED),
        ("27295", "PROCEDURE: Left hip disarticulation.\nINDICATIONS: Infected left AKA stump.\n"
                  "DESCRIPTION: The hip joint was disarticulated. " + CLOSED),
        ("27880", "PROCEDURE: Left below-knee amputation. Tibia and fibula were transected. "
                  + CLOSED),
        ("27881", "PROCEDURE: Right below-knee amputation with immediate postoperative prosthesis. "
                  "The tibia was cut. " + CLOSED + " A cast and pylon were fitted."),
        ("27882", "PROCEDURE: Guillotine amputation, left leg. Tibia and fibula were cut. " + OPEN),
        ("27884", "PROCEDURE: Secondary closure of left BKA stump. No bone was resected. "
                  "The skin was closed."),
        ("27884", "PROCEDURE: Scar revision of right below-knee stump. The scar was excised. "
                  + CLOSED),
        ("27886", "PROCEDURE: Re-amputation of left leg.\nINDICATIONS: Infected left BKA stump.\n"
                  "DESCRIPTION: The tibia and fibula were cut 3 cm higher. " + CLOSED),
        ("27886", "INDICATIONS: s/p open guillotine left BKA 5 days ago.\nPROCEDURE: Formalization "
                  "of left BKA. The tibia and fibula were cut again. " + CLOSED),
        ("27888", "PROCEDURE: Left Syme amputation. The malleoli were sawn flush. " + CLOSED),
        ("27888", "PROCEDURE: Right Pirogoff amputation."),
        ("27889", "PROCEDURE: Left ankle disarticulation. " + CLOSED),
        ("28800", "PROCEDURE: Left Chopart amputation. " + CLOSED),
        ("28800", "PROCEDURE: Right midfoot (Lisfranc) amputation. " + CLOSED),
        ("28805", "PROCEDURE: Left transmetatarsal amputation. The metatarsals were cut. "
                  + CLOSED),
        ("28810", "PROCEDURE: Right fifth ray amputation. The fifth metatarsal was cut. "
                  + CLOSED),
        ("28820", "PROCEDURE: Left second toe amputation at the metatarsophalangeal joint."),
        ("28825", "PROCEDURE: Left great toe amputation at the interphalangeal joint."),
        ("none", "PROCEDURE: Debridement of left AKA stump. Necrotic muscle was debrided. The "
                 "wound was packed."),
        ("none", "PROCEDURE: Incision and drainage of abscess, left AKA stump. The wound was "
                 "packed."),
        ("none", "PROCEDURE: Wound vac change, right AKA stump."),
        ("none", "PROCEDURE: Excision of sciatic neuroma, left AKA stump."),
        ("none", "PROCEDURE: Removal of femoral nail, left AKA stump. The nail was removed."),
        ("none", "PROCEDURE: Laparoscopic appendectomy. The appendiceal stump was stapled."),
        ("none", "PROCEDURE: Right carpal tunnel release."),
        ("none", "PROCEDURE: Attempted left above-knee amputation, aborted. The patient arrested "
                 "before the incision. No bone was cut."),
    ],
)  # fmt: skip
def test_every_code(code: str, note: str) -> None:
    assert supported(note) == code


def test_a_revision_that_is_silent_on_bone_is_a_soft_tissue_revision() -> None:
    note = f"PROCEDURE: Revision of left above-knee amputation stump.\nDESCRIPTION: {CLOSED}"
    assert supported(note) == "27594"


def test_with_no_word_on_an_earlier_amputation_it_is_the_first() -> None:
    note = f"PROCEDURE: Amputation through the left femur. The femur was cut. {CLOSED}"
    assert supported(note) == "27590"


def test_an_earlier_amputation_of_no_told_level_supports_the_first() -> None:
    note = (
        "INDICATIONS: Earlier amputation of the left leg elsewhere.\n"
        f"PROCEDURE: Left above-knee amputation. The femur was cut at mid-shaft. {CLOSED}"
    )
    assert supported(note) == "27590"


@pytest.mark.parametrize("code", ["27590", "27594", "27886"])
def test_another_code_than_the_one_billed_is_held(code: str) -> None:
    notes = {
        "27590": "PROCEDURE: Left AKA. The femur was cut at mid-shaft.",
        "27594": "PROCEDURE: Scar revision, left AKA stump. No bone was cut. Skin closed.",
        "27886": "PROCEDURE: Revision of left BKA stump. The tibia was cut again.",
    }
    report = check(notes[code])
    assert (report.supported_code.value, report.decision) == (code, "hold")


def test_the_code_has_evidence() -> None:
    report = check(
        "INDICATIONS: Infected left AKA stump.\nDESCRIPTION: The femur was cut at mid-shaft."
    )
    assert {e.text for e in report.supported_code.evidence} & {"femur was cut"}


@pytest.mark.parametrize(
    ("code", "title", "done"),
    [
        ("27590", "AMPUTATION, LEG, ABOVE KNEE", "The femur was cut 12 cm above the knee."),
        ("27590", "AMPUTATION, THIGH, THROUGH FEMUR", "The femur was cut 12 cm above the knee."),
        ("27880", "AMPUTATION, LEG, BELOW KNEE", "The tibia was cut 12 cm below the joint line."),
        ("27880", "AMPUTATION, LOWER EXTREMITY, BELOW KNEE", "The tibia and fibula were cut."),
        ("27598", "DISARTICULATION, KNEE", "The leg was removed through the knee joint."),
        ("27295", "DISARTICULATION, HIP", "The joint was opened and the femur removed."),
        ("28805", "AMPUTATION, FOOT, TRANSMETATARSAL", "The metatarsals were cut."),
    ],
)
def test_a_title_may_name_it_as_a_catalogue_does(code: str, title: str, done: str) -> None:
    head = f"Procedure(s) (LRB):\n  {title} (Right)\nPre-op Diagnosis: Gangrene, right leg\n"
    assert supported(f"{head}Details of Procedure: {done} {CLOSED}") == code
