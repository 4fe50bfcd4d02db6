"""What stands between the parts of a verb does not part them."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = "OPERATION: Revision of left above-knee amputation.\nDESCRIPTION: {}\n"


@pytest.mark.parametrize(
    "statement",
    [
        "The femur was, with the limb held up, divided at mid-thigh.",
        "We turned to the femur, which, after the periosteum had been lifted, was divided.",
        "The femur, which, after it had been cleared, was, under vision, divided, bled.",
        "The femur had, once all was ready, been divided with care.",
    ],
)
def test_the_verb_goes_on_behind_it(statement: str) -> None:
    bone = check(NOTE.format(statement), code="27596").facts.bone_resected
    assert bone is not None
    assert bone.value


@pytest.mark.parametrize(
    "statement",
    [
        "The femur was, with the muscle divided at mid-thigh, looked at and left alone.",
        "We turned to the femur, which, after the nerve had been divided, was rasped.",
        "The femur was, after all, not divided.",
    ],
)
def test_what_it_says_itself_is_said_of_its_own_subject(statement: str) -> None:
    bone = check(NOTE.format(statement), code="27596").facts.bone_resected
    assert bone is not None
    assert not bone.value


def test_the_words_of_both_are_quoted() -> None:
    statement = "The adductor was, with the limb held in, secured to the femur through drill holes."
    told = check(NOTE.format(statement), code="27596").facts.reconstruction
    quoted = {fact.value: fact.evidence[0].text for fact in told}
    assert quoted["myodesis"].startswith("adductor was, with the limb held in, secured")
