"""What is found is read by its own word lists, and denied by ConText as any named thing."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = """\
PREOPERATIVE DIAGNOSIS: Left above-knee amputation stump.
OPERATION: Revision of left above-knee amputation.
INDICATIONS: {reason}
DESCRIPTION: The old scar was excised. The femur was cut with a saw. {done}
"""


def _report(reason: str, done: str = "The fascia was closed.") -> tuple[set[str], set[str]]:
    facts = check(NOTE.format(reason=reason, done=done), code="27596").facts
    return {i.value for i in facts.indications}, {r.value for r in facts.reconstruction}


@pytest.mark.parametrize(
    "reason",
    [
        "A cavity of creamy fluid lies beside the femoral stump.",
        "The stump is swollen, angry and tender.",
        "A deep swab has grown Klebsiella.",
    ],
)
def test_an_infection_is_told_by_its_signs(reason: str) -> None:
    found, _ = _report(reason)
    assert found == {"infection"}


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("The distal femur was found to be infected.", {"osteomyelitis"}),
        ("An infected end of the bone was seen on the scan.", {"osteomyelitis"}),
        ("The muscle beside the femur is infected.", {"infection"}),
        ("Pus lies round a soft bone.", {"infection"}),
    ],
)
def test_bone_that_is_infected_has_osteomyelitis_alone(reason: str, told: set[str]) -> None:
    found, _ = _report(reason)
    assert found == told


def test_a_new_subject_takes_a_denial_with_it() -> None:
    note = NOTE.format(
        reason="The stump is too long for the knee joint, and it was cut rather than rasped.",
        done="",
    )
    report = check(note, code="27596")
    necessity = next(r for r in report.requirements if r.id == "revision-necessity")
    assert any(words.text == "too long" for words in necessity.evidence)


@pytest.mark.parametrize(
    "reason",
    [
        "There is neither pus nor cellulitis, and the scar does not weep.",
        "She will be watched for an abscess.",
        "Cefazolin was given to guard against infection.",
        "She was told that an infection may follow.",
        "The end of the femur could in time become infected.",
        "His skin might yet turn gangrenous.",
    ],
)
def test_a_finding_that_is_denied_or_feared_is_none(reason: str) -> None:
    found, _ = _report(reason)
    assert not found


def test_words_of_a_finding_do_not_change_how_a_closure_is_read() -> None:
    """ "Infected tissue" is a finding there and no wound; the closure beside it is read as ever."""
    found, closed = _report(
        "The stump is infected.", "The infected tissue was cut away and the fascia was closed."
    )
    assert found == {"infection"}
    assert closed == {"fascial_closure"}


@pytest.mark.parametrize(
    ("reason", "value"),
    [
        ("A tram ran over the stump and mangled it.", "trauma"),
        ("Stump pain has kept her awake since May, and nothing helps.", "pain_neuroma"),
        ("He has gone through four sockets and can stand in none of them.", "prosthetic"),
        ("Both femoral arteries are blocked and there is no runoff.", "ischemia"),
        ("Pathology of the lump in the stump is liposarcoma.", "neoplasm"),
    ],
)
def test_a_reason_is_told_in_other_words(reason: str, value: str) -> None:
    found, _ = _report(reason)
    assert value in found


@pytest.mark.parametrize(
    "reason",
    [
        "He broke his wrist years ago.",
        "She has no pain in the stump, and no neuroma is felt.",
        "He has never used a prosthesis and has no wish for one.",
        "The bypass is patent with good inflow.",
        "Tissue was sent to exclude a tumor.",
    ],
)
def test_what_is_well_or_of_another_part_is_no_reason(reason: str) -> None:
    found, _ = _report(reason)
    assert not found


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Infected implant, left femur.", {"infection"}),
        ("The plate was infected, femur sound.", {"infection"}),
        ("Infected left femur.", {"osteomyelitis"}),
        ("Soft, infected left femur.", {"osteomyelitis"}),
    ],
)
def test_a_comma_ends_the_noun_of_an_adjective_on_either_side(
    reason: str, told: set[str], side: str
) -> None:
    note = NOTE.format(reason=reason, done="").replace("Left", side.title()).replace("left", side)
    assert {i.value for i in check(note, code="27596").facts.indications} == told
