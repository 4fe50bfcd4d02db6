"""Findings that need the documents: each with an encounter that raises it and one that does not."""

from __future__ import annotations

from typing import Any

import pytest

from claims.charts import EARLIER, NEUROMA, NOTE, billed, encounter, line, raised, stay
from notecheck import check
from notecheck.report.wording import decision_reasons

CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "date-mismatch": (encounter(line("27596", "LT", day="2026-04-09")), encounter()),
    "setting-not-payable": (
        encounter(line("27596", "LT", day="2025-04-07"), place_of_service="24"),
        encounter(place_of_service="24"),
    ),
    "procedure-malformed": (stay("0Y6D0ZZ"), stay("0Y6D0Z2")),
    "modifier-22-unsupported": (
        encounter(line("27596", "22", "LT")),
        encounter(
            line("27596", "22", "LT"),
            done=" The dissection was significantly more difficult than usual, because of scar.",
        ),
    ),
    "cosurgeon-not-documented": (
        encounter(line("27596", "62", "LT")),
        encounter(line("27596", "62", "LT"), more="CO-SURGEON: B. Hoyt, MD\n"),
    ),
    "team-not-documented": (
        encounter(line("27596", "66", "LT")),
        encounter(line("27596", "66", "LT"), more="CO-SURGEONS: B. Hoyt, MD; C. Imre, MD\n"),
    ),
    "assistant-not-documented": (
        encounter(line("27596", "80", "LT"), more="ASSISTANT: None\n"),
        encounter(line("27596", "80", "LT"), more="ASSISTANT: B. Hoyt, MD\n"),
    ),
    "assistant-82-no-resident-statement": (
        encounter(line("27596", "82", "LT"), more="ASSISTANT: B. Hoyt, MD\n"),
        encounter(
            line("27596", "82", "LT"),
            more="ASSISTANT: B. Hoyt, MD. No qualified resident was available.\n",
        ),
    ),
    "58-but-unplanned": (
        encounter(line("27596", "58", "LT"), why=" This is an unplanned return.", others=EARLIER),
        encounter(line("27596", "58", "LT"), why=" This is the second stage.", others=EARLIER),
    ),
    "78-but-planned": (
        encounter(line("27596", "78", "LT"), why=" This is a staged procedure.", others=EARLIER),
        encounter(line("27596", "78", "LT"), why=" This is an unplanned return.", others=EARLIER),
    ),
    "nerve-sciatic-is-64786": (
        encounter(line("27596", "LT"), line("64784", "59"), why=NEUROMA),
        encounter(line("27596", "LT"), line("64786", "59"), why=NEUROMA),
    ),
    "closure-included": (encounter(line("27596", "LT"), line("13160", "59")), encounter()),
    "unlisted-needs-comparator": (encounter(line("27596", "LT"), line("64999")), encounter()),
}


@pytest.mark.parametrize("identity", CASES)
def test_a_finding_is_raised_where_it_should_be_and_nowhere_else(identity: str) -> None:
    raising, silent = CASES[identity]
    assert identity in raised(raising)
    assert identity not in raised(silent)


def test_a_plain_claim_is_released() -> None:
    report = check(encounter())
    assert [f.id for f in report.findings if f.severity != "note"] == []
    assert report.release.verdict == "release"


def test_a_finding_of_an_error_stops_what_the_note_documents() -> None:
    report = check(encounter(line("27596", "LT", diagnoses=["T87.42"])))
    assert report.decision == "pass"
    assert report.release.verdict == "stop"
    assert [reason.id for reason in report.release.reasons] == ["diagnosis-upper-limb"]


LAST_MONTH = "2026-03-10"
UNRELATED = line("27596", "LT", "79")
LONG_AGO = (billed(line("27596", "LT", day="2025-03-01")),)


@pytest.mark.parametrize(
    ("why", "others", "outside"),
    [
        ("", (), True),
        (" Her gallbladder was removed on 3/10/2026.", (), False),
        (" I plated her broken wrist three weeks ago.", (), False),
        (" Her gallbladder was removed on 3/10/2024.", (), True),
        (" On 3/10/2026 I removed her right leg above the knee.", (), False),
        (" Her right leg was amputated above the knee in 2019.", (), True),
        ("", (billed(line("47562", day=LAST_MONTH)),), False),
        ("", (billed(line("27590", "RT", day=LAST_MONTH)),), False),
        ("", (billed(line("47562", day="2025-03-10")),), True),
        ("", (billed(line("99213", day=LAST_MONTH)),), True),
        ("", LONG_AGO, True),
    ],
)
def test_79_refers_to_any_other_operation_of_the_last_90_days(
    why: str, others: tuple[dict[str, Any], ...], outside: bool
) -> None:
    found = raised(encounter(UNRELATED, why=why, others=others))
    assert ("global-modifier-outside" in found) is outside


@pytest.mark.parametrize(
    ("bill_type", "day", "modifier", "refused"),
    [
        ("0131", "2023-04-07", None, True),
        ("837", "2023-04-07", None, True),
        ("0131", "2023-04-07", "CA", False),
        ("0111", "2023-04-07", None, False),
        ("0851", "2023-04-07", None, False),  # a critical access hospital
        ("0131", "2026-04-07", None, False),
    ],
)
def test_a_facilitys_bill_type_is_a_setting_too(
    bill_type: str, day: str, modifier: str | None, refused: bool
) -> None:
    marks = ("LT", modifier) if modifier else ("LT",)
    given = encounter(
        line("27596", *marks, day=day),
        form="institutional", place_of_service=None, type_of_bill=bill_type,
    )  # fmt: skip
    assert ("setting-not-payable" in raised(given)) is refused


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [("T6", "T7", False), ("TA", "T4", False), ("T6", "T6", True), ("RT", "T6", True)],
)
def test_two_toes_of_one_foot_are_two_lines(first: str, second: str, twice: bool) -> None:
    done = " The right second and third toes were removed at the metatarsophalangeal joint."
    toes = (line("28820", first), line("28820", second))
    found = raised(encounter(line("27596", "LT"), *toes, done=done))
    assert ("line-twice" in found) is twice


@pytest.mark.parametrize(
    ("told", "borne_out"),
    [
        (" Scar made it hard: 210 minutes, where such a case takes me 80.", True),
        (" The dissection took three hours, against ninety minutes for the usual case.", True),
        (" The operation took 80 minutes.", False),
    ],
)
def test_22_is_borne_out_by_the_time_against_the_usual_one(told: str, borne_out: bool) -> None:
    found = raised(encounter(line("27596", "22", "LT"), done=told))
    assert ("modifier-22-unsupported" not in found) is borne_out


@pytest.mark.parametrize(
    ("modifier", "more", "finding"),
    [
        ("66", "Team of surgeons: Drs. Hoyt, Imre and Lund.\n", None),
        ("66", "The surgical team paused for the time-out.\n", "team-not-documented"),
        ("81", "Minimum assistant: Dr. Hoyt, who held the limb.\n", None),
        ("81", "Minimum assistant: none.\n", "assistant-not-documented"),
    ],
)
def test_who_helped_is_told_in_several_ways(modifier: str, more: str, finding: str | None) -> None:
    found = raised(encounter(line("27596", modifier, "LT"), more=more))
    asked = {"team-not-documented", "assistant-not-documented"}
    assert asked & set(found) == ({finding} if finding else set())


HEEL = "\nRIGHT HEEL: {words}"
SEPARATE = " The ulcer of the right heel is a separate problem and was debrided for itself."


@pytest.mark.parametrize(
    ("words", "code", "addon_units", "finding"),
    [
        ("skin and fat were excised with a blade over 5 x 5 cm.", "11042", 2, "debridement-area"),
        ("skin and fat were excised with a blade over 5 x 5 cm.", "11042", 1, None),
        ("Debrided with scalpel, skin, fat and fascia, 5 x 5 cm.", "11044", 1,
         "debridement-too-deep"),
        ("Debrided with scalpel, skin, fat and fascia, 5 x 5 cm.", "11043", 1, None),
        ("none.\nISCHIUM: skin, fat and muscle were debrided, 5 x 5 cm.", "11043", 1, None),
        ("no wound here.\nRIGHT CALF: skin and fat were debrided, 22 sq cm.", "11042", 3,
         "debridement-area"),
    ],
)  # fmt: skip
def test_a_wound_apart_is_read_under_its_own_label(
    words: str, code: str, addon_units: int, finding: str | None
) -> None:
    addon = {"11042": "11045", "11043": "11046", "11044": "11047"}[code]
    given = encounter(
        line("27596", "LT"), line(code, "59", "RT"), line(addon, "59", "RT", units=addon_units),
        why=SEPARATE, done=HEEL.format(words=words),
    )  # fmt: skip
    text = given["documents"][0]["text"]
    title = "femur.\nSURGEON"
    assert title in text
    given["documents"][0]["text"] = text.replace(
        title, "femur; excisional debridement of the right heel.\nSURGEON"
    )
    found = {i for i in raised(given) if i.startswith("debridement")}
    assert found == ({finding} if finding else set())


OTHER_LIMB = " He also has a healed right above-knee amputation."


@pytest.mark.parametrize(
    ("diagnosis", "why", "found"),
    [
        ("Z89.611", OTHER_LIMB, []),
        ("Z89.611", "", ["diagnosis-side"]),
        ("M86.662", "", ["diagnosis-part-gone"]),
        ("T84.620A", "", ["diagnosis-side"]),
        ("T84.621A", "", []),
    ],
)
def test_a_diagnosis_of_the_other_limb_is_right_where_the_documents_tell_it(
    diagnosis: str, why: str, found: list[str]
) -> None:
    given = encounter(line("27596", "LT", diagnoses=["T87.44", diagnosis]), why=why)
    side = [i for i in raised(given) if i in ("diagnosis-side", "diagnosis-part-gone")]
    assert side == found


@pytest.mark.parametrize(
    ("own", "other", "found"),
    [
        # The other limb's operation starts no period for this one.
        (("27596", "LT"), ("27590", "RT", "2026-03-10"), []),
        (("27596", "LT", "79"), ("27590", "RT", "2026-03-10"), []),
        (("27596", "LT"), ("27590", "LT", "2026-03-10"), ["global-modifier-missing"]),
        # A return on the same day is a return.
        (("27596", "LT"), ("27590", "LT", "2026-04-07"), ["global-modifier-missing"]),
        # Postoperative care is no operation.
        (("27596", "54", "LT"), ("27596", "55", "LT", "2026-04-07"), []),
    ],
)
def test_periods_are_those_of_the_limb(
    own: tuple[str, ...], other: tuple[str, ...], found: list[str]
) -> None:
    code, *modifiers = own
    other_code, *rest = other
    claim = billed(line(other_code, *rest[:-1], day=rest[-1]))
    told = raised(encounter(line(code, *modifiers), others=(claim,)))
    assert [i for i in told if i.startswith("global-") or i == "claim-twice"] == found or (
        found and found[0] in told
    )


def test_a_replacement_is_no_duplicate() -> None:
    other = billed(line("27596", "LT"), form="institutional", type_of_bill="0131")
    for kind, twice in (("0131", True), ("0137", False), ("0138", False)):
        given = encounter(form="institutional", type_of_bill=kind, others=(other,))
        assert ("claim-twice" in raised(given)) is twice


@pytest.mark.parametrize(
    ("visit", "found"),
    [(("99253",), True), (("99291", "FT"), False), (("99291",), True), (("99213", "24"), False)],
)
def test_visits_in_the_period(visit: tuple[str, ...], found: bool) -> None:
    code, *modifiers = visit
    given = encounter(line("27596", "LT"), line(code, *modifiers, day="2026-04-17"))
    assert ("visit-in-global" in raised(given)) is found


TWO = NOTE.format(
    more="",
    why="",
    done=" The right second toe was then disarticulated at the metatarsophalangeal joint.",
).replace("through the femur.\n", "through the femur. 2. Amputation of the right second toe.\n")


def test_each_line_is_held_against_the_operation_that_it_bills() -> None:
    given = encounter(line("27596", "LT"), line("28820", "T6", diagnoses=["I70.261"]))
    given["documents"][0]["text"] = TWO
    report = check(given)
    assert report.supported_code.value == "27596"
    assert [also.supported_code.value for also in report.also] == ["28820"]
    assert not [f.id for f in report.findings if f.severity == "error"]


def test_a_facility_bills_by_its_procedures() -> None:
    given = stay("0Y6D0Z2")
    given["documents"][0]["text"] = "PROCEDURE: Appendectomy. The appendix was removed. No stump."
    report = check(given)
    assert (report.code, report.release.verdict) == ("27596", "stop")
    given["claim"]["procedures"] = []
    assert check(given).decision == "not_concerned"


@pytest.mark.parametrize(
    "told",
    [
        " Above-knee amputation of the left leg was carried out by Dr. Moss on 02/20/2026.",
        " The above-knee amputation of the left limb was performed here on February 20, 2026.",
        " She had a left above-knee amputation on 02/20/2026.",
    ],
)
def test_the_day_of_the_earlier_operation_is_read_however_long_the_way_to_it(told: str) -> None:
    assert "global-modifier-missing" in raised(encounter(why=told))


@pytest.mark.parametrize(
    ("modifier", "told", "found"),
    [
        ("58", "She was taken back to the operating room urgently.", "58-but-unplanned"),
        ("58", "We had not planned to come back.", "58-but-unplanned"),
        ("78", "The second stage was planned from the start.", "78-but-planned"),
        ("78", "Staged revision as planned.", "78-but-planned"),
        ("78", "On 03/01/2026 it was left open, with a return planned.", "78-but-planned"),
        (
            "78",
            "At the first operation we planned to return for the definitive one.",
            "78-but-planned",
        ),
        ("22", "The dissection needed 80 minutes more than usual because of scar.", None),
        ("22", "It took four hours instead of the usual two because of scar.", None),
        ("22", "Scar of three earlier operations doubled the time of this one.", None),
        ("AS", "J. Ode, PA, assisted throughout.", None),
        ("80", "Dr. Ode scrubbed as first assistant.", None),
        ("80", "There was nobody to assist.", "assistant-not-documented"),
    ],
)
def test_how_a_note_bears_a_modifier_out_or_speaks_against_it(
    modifier: str, told: str, found: str | None
) -> None:
    raised_ids = raised(encounter(line("27596", modifier, "LT"), why=f" {told}", others=EARLIER))
    told_of_it = {
        i for i in raised_ids if i.startswith(("58-", "78-", "modifier-22", "assistant-"))
    }
    assert told_of_it == ({found} if found else set())


OWN = " Dead muscle of the stump was sharply debrided over 6 x 4 cm."
NEEDED = " The debridement was medically necessary because the tissue was septic."
SACRAL = " A sacral ulcer was sharply debrided to muscle over 6 x 4 cm."


@pytest.mark.parametrize(
    ("done", "bundled"),
    [(OWN, True), (OWN + NEEDED, True), (SACRAL, False), (SACRAL + NEEDED, False)],
)
def test_at_the_amputations_own_site_no_necessity_parts_a_debridement(
    done: str, bundled: bool
) -> None:
    found = raised(encounter(line("27596", "LT"), line("11043", "59"), done=done))
    assert ("debridement-bundled" in found) is bundled


def test_a_report_that_a_finding_stops_says_so() -> None:
    report = check(encounter(line("27596", "LT", diagnoses=["T87.42"])))
    assert decision_reasons(report) == ["error on the claim: diagnosis-upper-limb"]


@pytest.mark.parametrize("modifier", ["58", "78", "79"])
def test_a_year_long_past_starts_no_period_that_a_modifier_could_be_of(modifier: str) -> None:
    assert "global-modifier-outside" in raised(encounter(line("27596", modifier, "LT")))


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (" A wound vac was applied to the sacral wound.", set()),
        (" A wound vac was applied to the stump.", {"vac-bundled"}),
        ("", {"vac-not-told"}),
    ],
)
def test_a_wound_vac_is_told_of_the_stump_of_another_wound_or_of_none(
    done: str, found: set[str]
) -> None:
    told = raised(encounter(line("27596", "LT"), line("97605", "59"), done=done))
    assert {i for i in told if i.startswith("vac-")} == found


def test_work_that_no_document_tells_is_found_once() -> None:
    found = raised(encounter(line("27596", "LT"), line("11012")))
    assert "open-fracture-not-told" in found
    assert "pair-not-held" not in found


@pytest.mark.parametrize(
    "told",
    ["She became hypotensive and the operation was stopped.", "The case had to be stopped."],
)
def test_an_operation_that_was_stopped_asks_for_its_modifier(told: str) -> None:
    assert "not-finished-not-billed" in raised(encounter(done=f" {told}"))


def test_the_side_of_a_sore_elsewhere_is_not_the_operations() -> None:
    sore = " At a site remote from the stump, a right ischial ulcer was debrided over 6 x 4 cm."
    report = check(encounter(line("27596", "LT"), line("11043", "59"), done=sore))
    assert report.facts.laterality and report.facts.laterality.value == "left"
    assert "side-unsettled" not in [finding.id for finding in report.findings]


STUMP_TO_BONE = " At the stump the dead bone and muscle were debrided, 6 x 5 cm."
ULCER_TO_MUSCLE = (
    " Apart from this, the right ischial pressure ulcer was debrided through necrotic muscle,"
    " 4 x 4 cm."
)


@pytest.mark.parametrize(
    ("code", "finding"),
    [("11042", "debridement-too-shallow"), ("11043", None), ("11044", "debridement-too-deep")],
)
@pytest.mark.parametrize("done", [ULCER_TO_MUSCLE, STUMP_TO_BONE + ULCER_TO_MUSCLE])
def test_a_line_for_another_site_is_as_deep_as_that_site(
    code: str, finding: str | None, done: str
) -> None:
    found = raised(encounter(line("27596", "LT"), line(code, "XS"), done=done))
    assert {f for f in found if f.startswith("debridement")} == ({finding} if finding else set())


@pytest.mark.parametrize(
    ("taken", "code", "finding"),
    [
        ("muscle and ischial bone were excised", "11044", None),
        ("fat and a part of the ischium were removed", "11044", None),
        ("muscle and ischial bone were excised", "11043", "debridement-too-shallow"),
        ("fat and muscle were excised", "11044", "debridement-too-deep"),
        ("fat and muscle were excised", "11043", None),
    ],
)
def test_the_bone_under_a_sore_is_its_depth(taken: str, code: str, finding: str | None) -> None:
    sore = f" Apart from this, at the right ischial pressure ulcer, dead skin, {taken}, 5 x 4 cm."
    title = "2. DEBRIDEMENT OF RIGHT ISCHIAL PRESSURE ULCER\n"
    found = raised(encounter(line("27596", "LT"), line(code, "XS"), more=title, done=sore))
    assert {f for f in found if f.startswith("debridement")} == ({finding} if finding else set())


@pytest.mark.parametrize(
    "signed",
    ["Electronically signed: A. Other, MD", "Authenticated by: A. Other, MD", "Cosigned: A. Other"],
)
def test_a_signer_is_found_whatever_the_signature_line_says(signed: str) -> None:
    told = encounter(line("27596", "LT"), done=f"\n{signed}\n")
    assert "operative-note-other-signer" in raised(told)
    own = encounter(line("27596", "LT"), done=f"\n{signed}\n".replace("A. Other", "I. Falk"))
    assert "operative-note-other-signer" not in raised(own)


def test_an_inpatient_bill_without_any_indicator_is_told_once() -> None:
    diagnoses = [{"code": "T87.44", "kind": "principal"}, {"code": "E11.51", "kind": "secondary"}]
    found = check(stay("0Y6D0Z2", diagnoses=diagnoses)).findings
    (missing,) = [f for f in found if f.id == "poa-missing"]
    assert "T87.44" in missing.message and "E11.51" in missing.message
    one = [diagnoses[0] | {"poa": "Y"}, diagnoses[1]]
    (missing,) = [
        f for f in check(stay("0Y6D0Z2", diagnoses=one)).findings if f.id == "poa-missing"
    ]
    assert "T87.44" not in missing.message and "E11.51" in missing.message
    outpatient = encounter(form="institutional", type_of_bill="0131", diagnoses=diagnoses)
    assert "poa-missing" not in raised(outpatient)


def test_an_assistant_named_behind_the_surgeon_on_one_line_is_named() -> None:
    told = encounter(line("27596", "80", "LT"), more="Drains: none. Assistant: Ole Berg, MD.\n")
    assert "assistant-not-documented" not in raised(told)
    none = encounter(line("27596", "80", "LT"), more="Drains: none. Assistant: none.\n")
    assert "assistant-not-documented" in raised(none)
