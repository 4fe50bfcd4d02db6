"""Whether the latest earlier operation of the limb was within 90 days, as notes tell it."""

from __future__ import annotations

import json

import pytest

from notecheck import check

DAY = "2026-03-02"
OVER, WITHIN, UNKNOWN = "not_applicable", "missing", "not_assessed"


def global_period(history: str) -> str:
    note = (
        f"INDICATIONS: {history}\nPROCEDURE: Re-amputation of right thigh through the femur.\n"
        "DESCRIPTION: The femur was cut 4 cm proximal to its previous end."
    )
    line = {"code": "27596", "modifiers": ["RT"], "service_date": DAY}
    encounter = {
        "encounter_id": "E",
        "documents": [{"doc_id": "op", "type": "operative_note", "date": DAY, "text": note}],
        "claim": {"form": "professional", "lines": [line]},
    }
    report = json.loads(check(encounter, code="27596").model_dump_json())
    return next(r["status"] for r in report["requirements"] if r["id"] == "global-period")


@pytest.mark.parametrize(
    ("history", "status"),
    [
        # How old the patient was, and what is so for years.
        ("64-year-old man who lost the right leg above the knee at age 23.", OVER),
        ("A 59-year-old man with a right AKA done at the age of fifty-eight.", UNKNOWN),
        ("62M diabetic since age 30 with a right AKA, date not available.", UNKNOWN),
        ("Right above-knee amputee for more than twenty years.", OVER),
        ("She has a right AKA and has been on dialysis for 6 years.", UNKNOWN),
        ("History of a remote traumatic right above-knee amputation.", OVER),
        ("He has longstanding diabetes and a right AKA.", UNKNOWN),
        ("Served in Vietnam. Right AKA, he does not recall the year.", UNKNOWN),
        ("Right AKA in Iraq after an IED blast.", OVER),
        # A span that lies on both sides of day 90, or on one.
        ("Right AKA sometime between Thanksgiving and New Year's.", UNKNOWN),
        ("R AKA 3 to 5 weeks ago per family.", WITHIN),
        ("Right AKA about 100 days ago.", OVER),
        ("R AKA late Dec '25.", WITHIN),
        ("Postop week 5 from right AKA.", WITHIN),
        # Days told by another.
        ("Right femoral embolectomy on January 20, 2026 and right AKA three days later.", WITHIN),
        ("Right AKA 10/3/2025, stump revised 9 weeks later.", WITHIN),
        ("Bilateral amputee since 2012 (train): R AKA, L BKA.", OVER),
        ("The right leg came off below the knee in 2019 and above the knee on 2/1/26.", WITHIN),
        # The latest is of no told day.
        ("Right BKA in 2016, subsequently revised to an above-knee amputation.", UNKNOWN),
        ("Right BKA 12/20/2025 that was later taken up to an above-knee level.", WITHIN),
        ("R AKA 2014, multiple stump revisions since.", UNKNOWN),
        ("Right AKA in 2017 with two revisions, the last in 2019.", OVER),
        ("Right AKA 2013. The stump has never been revised.", OVER),
        ("Right AKA 2022. He is here to have the stump revised.", OVER),
        # What was done at a return.
        (
            "Right AKA in June 2025. On 2/10/2026 she returned to the OR, where the stump was "
            "debrided and closed.",
            WITHIN,
        ),
        ("Right AKA 4/2025. On 1/30/2026 the stump was washed out and left open.", OVER),
        # Days of something else.
        ("Right AKA, last seen in clinic 2 weeks ago.", UNKNOWN),
        ("Right AKA stump with an ulcer for 3 months.", UNKNOWN),
        ("Draining sinus of the right AKA stump since January.", UNKNOWN),
        ("Right AKA. Left BKA four weeks ago.", UNKNOWN),
        ("PSH: R AKA, CABG 2009, appendectomy 1985.", UNKNOWN),
        ("S/p ABF 2012, R AKA 1/19/26.", WITHIN),
    ],
)
def test_when_the_latest_operation_was(history: str, status: str) -> None:
    assert global_period(history) == status
