"""Slips are put right for matching, and every offset leads back into the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck import check
from notecheck.pipeline.parts import Parts
from notecheck.pipeline.repair import Repaired
from notecheck.rules.load import rule_set

REPAIRER = Parts(rule_set()).repairer
FRAGMENTS = [
    "The left femur was cut", "fernur", "my adesis", "wound back", "osteomyelitus", "femo-\nral",
    "Giggly saw", "12 cm", "\u00a0", "\r\n", "\u201cstump\u201d", ".", " ", "AKA", "sturnp",
    "f0rce", "\u7532", "stump\u2019s", "", "rn", "BKA;", "MY ADESIS",
]  # fmt: skip


@pytest.mark.parametrize(
    ("given_text", "repaired"),
    [
        ("A my adesis was done.", "A myodesis was done."),
        ("My adesis was done.", "Myodesis was done."),
        ("MY ADESIS WAS DONE.", "MYODESIS WAS DONE."),
        ("a my-adesis", "a myodesis"),
        ("a my\nadesis", "a myodesis"),
        ("cut with a giggly saw", "cut with a gigli saw"),
        ("a wound back was placed", "a wound vac was placed"),
        ("the fernur was cut", "the femur was cut"),
        ("the left fem0ral sturnp", "the left femoral stump"),
        ("osteomyelitus of the stump", "osteomyelitis of the stump"),
        ("the femo-\nral shaft", "the femoral shaft"),
        ("dehisence", "dehiscence"),
        ("gang green", "gangrene"),
        ("cellu litis of the stump, isk emia", "cellulitis of the stump, ischemia"),
        ("peri osteum, sar torius", "periosteum, sartorius"),
        ("hemo\nstasis, add mitted", "hemostasis, admitted"),
        ("it was devided", "it was divided"),
        ("facia with interupted sutures", "fascia with interrupted sutures"),
        ("the skin was stiched", "the skin was stitched"),
        ("Above-knee amputation, 12 centimetres", "AKA, 12 cm"),
    ],
)
def test_a_slip_is_put_right(given_text: str, repaired: str) -> None:
    assert REPAIRER.repair(Repaired(given_text)).text == repaired


@pytest.mark.parametrize(
    "text",
    [
        "The femur was cut 12 cm above the knee and a myodesis was done.",
        "The wound was turned back, the corner burned.",
        "Myopathy, modern, internal, 10 cm, 1 of 2.",
        "She is a well-\nknown patient.",
        "He stepped inside, in good health; the tourniquet was inflated as stated.",
        "The line was suctioned and the wound picked clean.",
        "A rash in patients with the l necrotic toe.",
        "Sciatic ok, content is clear, patient say so, she ranks it.",
        "",
    ],
)
def test_what_is_no_slip_is_left_as_it_is(text: str) -> None:
    assert REPAIRER.repair(Repaired(text)) == Repaired(text)


def test_a_repaired_word_leads_back_to_the_whole_slip() -> None:
    text = "A my adesis of the fernur was done."
    repaired = REPAIRER.repair(Repaired(text))
    for word, slip in {"myodesis": "my adesis", "femur": "fernur", "done": "done"}.items():
        start = repaired.text.index(word)
        for span in [(start, start + len(word)), (start, start + 1), (start + 1, start + 2)]:
            back = slice(*repaired.given(*span))
            assert text[back] in (slip, word[span[0] - start : span[1] - start])
        whole = slice(*repaired.given(start, start + len(word)))
        assert text[whole] == slip


def test_a_span_round_a_slip_holds_it_whole() -> None:
    text = "A my adesis of the fernur was done."
    repaired = REPAIRER.repair(Repaired(text))
    start = repaired.text.index("myodesis of")
    assert text[slice(*repaired.given(start, start + 15))] == "my adesis of the"


@given(st.text())
def test_a_text_without_slips_maps_to_itself(text: str) -> None:
    repaired = Repaired(text)
    assert repaired.given(0, len(text)) == (0, len(text))


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12), st.sampled_from(["", " "]))
def test_offsets_lead_back_in_order(fragments: list[str], joint: str) -> None:
    text = joint.join(fragments)
    repaired = REPAIRER.repair(Repaired(text))
    length = len(repaired.text)
    starts = [repaired.given(offset, offset + 1)[0] for offset in range(length)]
    ends = [repaired.given(offset, offset + 1)[1] for offset in range(length)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    if length:
        assert repaired.given(0, length) == (0, len(text))


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12), st.sampled_from(["", " "]))
def test_what_was_not_repaired_is_quoted_as_it_stands(fragments: list[str], joint: str) -> None:
    text = joint.join(fragments)
    repaired = REPAIRER.repair(Repaired(text))
    for offset, character in enumerate(repaired.text):
        start, end = repaired.given(offset, offset + 1)
        if end - start == 1:
            assert text[start].lower() in (character.lower(), "0", "1")


@given(st.text(max_size=200))
def test_any_text_is_repaired_without_failing(text: str) -> None:
    repaired = REPAIRER.repair(Repaired(text))
    if repaired.text:
        assert repaired.given(0, len(repaired.text)) == (0, len(text))


def test_an_ending_that_sounds_like_the_right_one_is_a_slip_too() -> None:
    text = "DESCRIPTION: The femur was divided in its proximle third."
    new = check(f"PROCEDURE: Revision of left AKA\n{text}", code="27596").facts.new_level
    assert new is not None and new.segment == "proximal_third"
