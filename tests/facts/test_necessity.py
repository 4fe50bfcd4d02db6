"""Why soft-tissue surgery alone would not have done."""

from __future__ import annotations

import pytest

from notecheck.facts.necessity import necessity
from notecheck.models import Document, Evidence
from notecheck.pipeline.analyse import pipeline
from notecheck.timeline.chart import Chart


def told(text: str) -> tuple[Evidence, ...]:
    return necessity(Chart([pipeline().analyse(Document(doc_id="op", text=text))]))


@pytest.mark.parametrize(
    "text",
    [
        "Osteomyelitis of the distal femur.",
        "The bone itself is diseased.",
        "The collection goes down to the bone.",
        "Pus had got up under the periosteum.",
        "The ulcer probes to bone.",
        "Antibiotics alone will not cure him.",
        "Washing and sewing the skin over it was out of the question.",
        "Excising the tract would leave dead cortex behind.",
        "The bone is poking through the stump.",
        "With that muscle gone the shaft lay bare in the wound.",
        "The skin will not meet over it unless the bone is shortened.",
        "There is not enough skin left to cover bone at the present length.",
        "No tension-free coverage could be achieved without sacrificing further bone.",
        "Padding could not be pulled over it without shortening.",
        "The posterior muscle is dead to a hand's width above the bone end.",
        "A trim at the edge would have been in dead muscle.",
        "Demarcation runs two-thirds up the thigh.",
        "A below-knee level cannot heal.",
        "The limb is too long for the knee unit.",
        "It has to be brought up to a conventional above-knee length.",
        "Can't be plated, nothing to hold a screw.",
        "Soft tissue excision alone cannot give a margin.",
        "The ulcer bottoms out on the femur.",
        "The marrow at the first cut was necrotic and we recut 2 cm higher.",
        "You could see the femur winking out of the wound.",
        "The femur extended 4 cm distal to the viable muscle.",
        "The flaps missed by three centimeters, so another 4 cm of femur was removed.",
        "To allow a tension-free closure an additional 3 cm of femur was resected.",
        "Plastic surgery had no flap to offer.",
        "Skin grafting over naked bone has nothing to live on.",
        "Nothing less than removal of the diseased segment would be curative.",
        "What remained could not be drawn over the bone.",
        "Necrosis extends 7 cm proximal to the end of the bone.",
        "The bulb was stuck to the tip of the bone and could not be parted from it.",
        "The residual limb length precludes use of the prescribed knee component.",
        "A tract was found that probes directly to the femur.",
        "CT shows a collection abutting the residual femur.",
        "Pus surrounded the tip and had entered the medullary canal.",
        "Pus lay on and in the end of the bone.",
        "The flap sloughed, with the femur now showing in the wound.",
        "Another skin closure would only sit on bone.",
        "The spike could not be buried. It was the end of the femur.",
        "There is no muscle or skin that could be brought over the femur.",
        "A neuroma 3 cm wide stuck to the bone could not be parted from it.",
        "I did not think that a shorter below-knee stump was realistic.",
        "The foot was dead as far back as the ankle.",
        "Nothing bled until near the groin, so trimming the end would accomplish nothing.",
        "There is not enough skin to close at the toe level.",
        "The femur is level with the muscle and must be shortened to get cover.",
        "He was told that the bone below the fracture cannot be rebuilt.",
    ],
)
def test_a_reason_in_any_wording(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The incision was carried down to the bone.",
        "The femur was exposed and divided at mid shaft.",
        "Drill holes were made in the bone and the adductor sutured to it.",
        "The muscle was closed over the bone without tension.",
        "The bone was well covered with muscle.",
        "Shortening was therefore not needed.",
        "No bone was exposed.",
        "Wound dehiscence, right AKA.",
        "Intractable stump pain.",
        "Flaps of equal length were made.",
        "Left AKA in 2019 for osteomyelitis.",
        "The patient will be taken back to the operating room.",
        "Myodesis was not possible.",
        "The specimen was discarded.",
        "Repeated debridements and vac have failed.",
        "The sinus does not probe to the femur.",
        "MRI showed edema in the fat and no uptake in the femur.",
        "The bone could be covered without difficulty.",
        "A dry ulcer on the heel had dead skin.",
        "Everything distal to the clamp was tied.",
        "He asked for more to be done and the bone was cut to make it smooth.",
        "The wound was explored down to the femur and the femur transected.",
        "All necrotic tissue was debrided. The femur was transected proximally.",
        "The femur was cut 10 cm above the knee so that the flaps could be closed without tension.",
        "A Penrose drain was laid against the bone.",
        "Infected osseointegration implant, left femur.",
        "Scar excision alone was planned and carried out.",
        "Failed left AKA stump, for revision.",
        "Osteomyelitis of the distal phalanx, right second toe.",
        "Bone lay bare in an ulcer of the left second toe.",
    ],
)
def test_no_reason(text: str) -> None:
    assert told(text) == ()


def test_another_document_may_tell_it() -> None:
    note = Document(doc_id="op", text="The femur was divided.")
    visit = Document(
        doc_id="visit",
        type="office_note",
        text="No skin is left to cover the bone at this length.",
    )
    (words,) = necessity(Chart([pipeline().analyse(note), pipeline().analyse(visit)]))
    assert words.doc_id == "visit"
    assert visit.text[words.start : words.end] == words.text
