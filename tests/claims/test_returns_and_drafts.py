"""What a note says of itself and of the operation before, and how much of it stops a bill."""

from __future__ import annotations

from typing import Any

import pytest

from claims.charts import EARLIER, encounter, line
from claims.test_elsewhere_and_staged import SIGNED, report
from claims.test_papers import NOTE, having, paper
from notecheck import check

REVISED = (
    "The femur was divided with a saw at mid-shaft, 18 cm below the greater trochanter. The "
    "adductors were sewn to drill holes in the femur and the fascia was closed. "
)
RE_AMPUTATION = "Re-amputation of the left thigh"
EXPOSED = "The femur is exposed and cannot be covered by soft tissue."


def _note(signed: str) -> set[tuple[str, str]]:
    found = report(
        "27596", REVISED, title=RE_AMPUTATION, signed=signed, billed=("M86.652",),
        history=f"Left AKA 2024, osteomyelitis of the femur. {EXPOSED}",
    )  # fmt: skip
    verdict = found.release.verdict
    return {(f.id, verdict) for f in found.findings if f.id.startswith("operative-note")}


DRAFT = {("operative-note-draft", "stop")}
UNSIGNED = {("operative-note-unsigned", "review")}
BLANK = {("operative-note-not-attested", "review")}
BOTH = {("operative-note-draft-signed", "review")}

SIGNATURES: list[tuple[str, set[tuple[str, str]]]] = [
    ("*** DRAFT - TRANSCRIBED, NOT AUTHENTICATED ***", DRAFT),
    ("Awaiting physician signature", DRAFT),
    ("Status: Draft", DRAFT),
    ("Needs attending signature.", DRAFT),
    ("This dictation has not been signed by the surgeon.", DRAFT),
    ("PRELIMINARY TRANSCRIPTION", DRAFT),
    ("Electronically signed by: pending", DRAFT),
    ("Document status - unauthenticated", DRAFT),
    ("The report is still a draft and not final.", DRAFT),
    ("Signature: ____________", BLANK),
    ("Transcribed, not yet reviewed.", BLANK),
    ("Dictated but not read.", BLANK),
    ("*** DRAFT ***\n" + SIGNED, BOTH),
    ("[Draft] -> signed 03/07/2026 08:10", BOTH),
    (SIGNED, set()),
    ("Drains out on day 2. Signed I. Falk MD", set()),
    ("A draft of air was felt.\n" + SIGNED, set()),
    ("The consent was not signed by him but by his wife.\n" + SIGNED, set()),
    ("Preliminary report of the frozen section: no tumor.\n" + SIGNED, set()),
    ("Cultures are not finalized.\n" + SIGNED, set()),
    ("Attestation: signed Irene Falk, MD, March 6, 2026, 18:05", set()),
    ("Irene Falk, M.D. (signed 03/06/2026 18:05)", set()),
    ("Note status: Signed", set()),
    ("Consent: signed, in the chart.", UNSIGNED),
    ("Status: UNSIGNED - not authenticated by I. Falk, MD.", DRAFT),
    ("This report has not been electronically signed by I. Falk, MD.", UNSIGNED),
    ("She had signed the consent, and we went on.", UNSIGNED),
]


@pytest.mark.parametrize(("signed", "found"), SIGNATURES)
def test_only_a_note_that_calls_itself_a_draft_stops(
    signed: str, found: set[tuple[str, str]]
) -> None:
    assert _note(signed) == found


def test_a_draft_beside_the_signed_note_is_looked_at_and_not_stopped() -> None:
    draft = paper("operative_note", "2026-04-07", "*** DRAFT ***\n" + NOTE) | {"doc_id": "draft"}
    given = having(draft, text=NOTE + "Signed: I. Falk, MD\n")
    assert {f.id for f in check(given).findings} & {
        "operative-note-draft", "operative-note-draft-signed",
    } == {"operative-note-draft-signed"}  # fmt: skip


def _return(told: str, modifier: str, reason: str) -> set[str]:
    """What is found of a re-amputation 30 days after the amputation of the same thigh."""
    found = report(
        "27596", REVISED, title=RE_AMPUTATION, modifiers=("LT", modifier), billed=("T87.81",),
        history=f"I did a left above-knee amputation on 02/04/2026. {reason} {told} {EXPOSED}",
        before=f"Left AKA 02/04/2026. {reason}",
    )  # fmt: skip
    return {f.id for f in found.findings if f.id.startswith("global-modifier")}


BROKE_DOWN = "The stump wound has broken down."
RETURNS = [
    ("This is a complication of that operation.", "79", {"global-modifier-related"}),
    ("It was not due and is a complication of that operation.", "79", {"global-modifier-related"}),
    ("The breakdown is a consequence of the first amputation.", "79", {"global-modifier-related"}),
    ("It is a postoperative wound dehiscence.", "79", {"global-modifier-related"}),
    ("The wound of that operation is infected.", "79", {"global-modifier-related"}),
    ("The flap of the first amputation has died.", "79", {"global-modifier-related"}),
    ("The same wound has come open again.", "79", {"global-modifier-related"}),
    ("It has not healed since the last operation.", "79", {"global-modifier-related"}),
    ("Complete breakdown of the wound of 02/04/2026.", "79", {"global-modifier-related"}),
    ("Diagnosis: stump dehiscence (surgery of 02/04/2026).", "79", {"global-modifier-related"}),
    ("Separation of the incision made on 02/04/2026.", "79", {"global-modifier-related"}),
    ("POD 30, wound dehiscence.", "79", {"global-modifier-related"}),
    ("Wound breakdown on postoperative day 30.", "79", {"global-modifier-related"}),
    ("Infection of the wound from the recent amputation.", "79", {"global-modifier-related"}),
    ("Two weeks later the incision came apart.", "79", {"global-modifier-related"}),
    ("Failure of the amputation wound from 02/04/2026.", "79", {"global-modifier-related"}),
    ("Complete breakdown of the wound of 02/04/2026.", "78", set()),
    ("Dehisced left above-knee amputation, POD 30.", "79", {"global-modifier-related"}),
    ("The incision of four weeks ago has come apart.", "79", {"global-modifier-related"}),
    ("Dehiscence after left AKA of 02/04/2026.", "79", {"global-modifier-related"}),
    ("The wound of 02/04/2026 had healed.", "79", {"global-modifier-unrelated"}),
    ("Two weeks later the wound was dry.", "79", {"global-modifier-unrelated"}),
    ("No breakdown of the wound of 02/04/2026.", "79", {"global-modifier-unrelated"}),
    ("She was on postoperative day 5 then.", "79", {"global-modifier-unrelated"}),
    ("The wound of that operation has healed.", "79", {"global-modifier-unrelated"}),
    ("It has nothing to do with that operation.", "79", {"global-modifier-unrelated"}),
    ("This second stage was planned from the start.", "79", {"global-modifier-related"}),
    ("", "79", {"global-modifier-unrelated"}),
    ("This is not a complication of the first operation.", "79", {"global-modifier-unrelated"}),
    ("The trouble is unrelated to the earlier operation.", "79", {"global-modifier-unrelated"}),
    ("This is a complication of that operation.", "78", set()),
    ("The second stage was planned from the start.", "58", set()),
]


@pytest.mark.parametrize(("told", "modifier", "found"), RETURNS)
def test_79_is_wrong_for_sure_where_the_record_ties_the_return_to_the_first(
    told: str, modifier: str, found: set[str]
) -> None:
    assert _return(told, modifier, BROKE_DOWN) == found


# By which wound a painful neuroma was taken.
BY = [
    ("Through the same wound, extended 6 cm up the thigh, the nerve was followed.", "review"),
    ("The neuroma was dissected free and excised through the stump incision.", "review"),
    ("Via the amputation wound the neuroma was traced and cut out.", "review"),
    ("The nerve was found within the fish-mouth incision and the neuroma excised.", "review"),
    ("The neuroma was reached in the same field and excised.", "review"),
    ("The incision of the amputation was lengthened and the neuroma excised.", "review"),
    ("Without a further incision the nerve was followed and the neuroma excised.", "review"),
    ("The neuroma was excised through a separate posterior incision.", "release"),
    ("A second incision was made over the neuroma, which was excised.", "release"),
    ("The neuroma was excised by a longitudinal incision of its own.", "release"),
    ("Not through the same wound but by a counter-incision the neuroma was excised.", "release"),
    ("The neuroma was excised.", "release"),
    ("The neuroma was excised. The same wound was then washed out.", "release"),
]
NERVES = [
    ("The sciatic nerve was pulled down, tied and cut.", ("59",), "stop"),
    ("Traction neurectomy of the sciatic nerve was done.", ("XS",), "stop"),
    ("The sciatic nerve was ligated and allowed to retract.", ("59",), "stop"),
    ("The nerves were divided sharply under tension.", ("59",), "stop"),
    ("The sciatic nerve was pulled down, tied and cut.", (), "review"),
    ("A painful neuroma of the sciatic nerve was cut out.", ("59",), "release"),
    (
        "A tender neuroma sat at the end of the sciatic nerve, which was divided.",
        ("XS",),
        "release",
    ),
    ("Painful neuroma: the sciatic nerve was divided above its bulb.", ("59",), "release"),
    *((f"She had a painful sciatic neuroma. {told}", ("59",), verdict) for told, verdict in BY),
]


@pytest.mark.parametrize(("told", "modifiers", "verdict"), NERVES)
def test_a_nerve_cut_on_the_way_is_no_site_of_its_own(
    told: str, modifiers: tuple[str, ...], verdict: str
) -> None:
    found = report(
        "27596", REVISED + told, title=RE_AMPUTATION, billed=("T87.54",),
        history=f"Left AKA 2024, necrosis of the left stump. {EXPOSED}",
        before="Left AKA 2024, necrosis of the left stump.",
        beside=(("64786", modifiers),),
    )  # fmt: skip
    assert found.release.verdict == verdict


PAINFUL = " She also has a painful sciatic neuroma."
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nerve-by-the-same-wound": (
        encounter(
            line("27596", "LT"), line("64786", "59"), why=PAINFUL,
            done=" The neuroma was excised through the same wound.",
        ),
        encounter(
            line("27596", "LT"), line("64786"), why=PAINFUL,
            done=" The neuroma was excised through the same wound.",
        ),
    ),
    "operative-note-draft": (
        having(text=NOTE + "Signature pending.\n"),
        having(text=NOTE + "Signed: I. Falk, MD\n"),
    ),
    "operative-note-draft-signed": (
        having(text="DRAFT\n" + NOTE + "Signed: I. Falk, MD\n"),
        having(text="DRAFT\n" + NOTE),
    ),
    "operative-note-not-attested": (
        having(text=NOTE + "Signature: ________\n"),
        having(text=NOTE + "Signature: I. Falk, MD\n"),
    ),
    "global-modifier-related": (
        encounter(
            line("27596", "LT", "79"), others=EARLIER,
            why=" The infection is a complication of that operation.",
        ),
        encounter(line("27596", "LT", "79"), others=EARLIER),
    ),
}  # fmt: skip


@pytest.mark.parametrize("identity", CASES)
def test_a_finding_is_raised_where_it_should_be_and_nowhere_else(identity: str) -> None:
    raising, silent = CASES[identity]
    assert identity in {f.id for f in check(raising).findings}
    assert identity not in {f.id for f in check(silent).findings}
