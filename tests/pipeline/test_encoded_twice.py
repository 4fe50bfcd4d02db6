"""Text that was encoded twice reads as it was meant, and is quoted as it was given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck import check
from notecheck.pipeline.encoded_twice import decoded_once

SIGNS = "\u2013\u2014\u2011\u2018\u2019\u201c\u201d\u2026\u2265\u2264\u00bd\u00b0\u00e9\u00d7\u00a0"


def twice(text: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))
        for byte in text.encode()
    )


@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_is_known_again(sign: str) -> None:
    assert decoded_once(f"a{twice(sign)}b").text == f"a{sign}b"


@pytest.mark.parametrize(
    "text", ["30 \u00b0C", "\u00c2 b", "p\u00e2t\u00e9", "\u00c3ngel", "plain"]
)
def test_other_text_stays(text: str) -> None:
    assert decoded_once(text).text == text


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("above&#8209;knee", "above\u2011knee"),
        ("16&nbsp;cm &amp; more &lt;5&gt;", "16\u00a0cm & more <5>"),
        ("mid&amp;ndash;shaft, &amp;#x2013;", "mid\u2013shaft, \u2013"),
        ("A&E; R&D, &unknown; &#1;", "A&E; R&D, &unknown; &#1;"),
    ],
)
def test_signs_by_their_names_are_known(given: str, right: str) -> None:
    assert decoded_once(given).text == right


def test_a_note_with_names_of_signs_reads_the_same() -> None:
    note = (
        "PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.\n"
        "PROCEDURE: Revision of the left above-knee stump.\nThe femur was divided at the midshaft."
    )
    text = note.replace("above-knee", "above&#8209;knee").replace("stump", "stu&shy;mp")
    report = check(text)
    assert report.supported_code.value == check(note).supported_code.value == "27596"
    assert report.facts.prior_level
    assert report.facts.prior_level.evidence[0].text in text


def test_evidence_is_quoted_as_it_was_given() -> None:
    note = (
        "PREOPERATIVE DIAGNOSIS: Infected left above\u2013knee amputation stump.\n"
        f"{'-' * 90}\nPROCEDURE: Revision of the left above\u2013knee stump.\n"
        "The femur was divided at the midshaft."
    )
    text = twice(note)
    report = check(text)
    assert report.facts.prior_level and report.facts.prior_level.value == "transfemoral"
    assert report.supported_code.value == check(note).supported_code.value
    for evidence in report.facts.prior_level.evidence:
        assert text[evidence.start : evidence.end] == evidence.text


@given(st.lists(st.sampled_from([*SIGNS, *map(twice, SIGNS), "a", "\n", " "]), max_size=30))
def test_offsets_lead_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    once = decoded_once(text)
    assert once.given(0, len(once.text)) == (0, len(text))
