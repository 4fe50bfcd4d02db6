"""Signs that no page shows change nothing, and evidence is quoted with them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck import check
from notecheck.models import Document
from notecheck.pipeline.repair import Repaired
from notecheck.pipeline.unseen import without_unseen
from notecheck.screen.screen import concerns

KNOWN = frozenset("above knee amputation femur mid shaft trochanter".split())
NOTE = (
    "PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.\n"
    "PROCEDURE: Revision of the left above-knee stump.\n"
    "The femur was divided at the mid-shaft. A myodesis was done through drill holes.\n"
)


def read(text: str) -> str:
    return without_unseen(Repaired(text), KNOWN).text


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("amputa\u00adtion", "amputation"),
        ("AMPU\u00adTA\u00adTION", "AMPUTATION"),
        ("tro\u00adchan\u00ad\n  ter", "trochanter"),
        ("endo\u00adtracheal", "endotracheal"),
        ("above\u00adknee", "above\u00adknee"),
        ("mid\u00ad\nshaft", "mid\u00ad\nshaft"),
        ("16\u00adcm", "16\u00adcm"),
        ("\ufefffe\u200bmur\u2060 \u200e(left\u200f)", "femur (left)"),
        ("am\u200bputa\u00ad\u200btion", "amputation"),
        ("plain", "plain"),
        ("~~Myodesis was done.~~ Closed.", " Closed."),
        ("a ~~one\ntwo~~ b ~~three~~", "a  b "),
        ("~~one\n\ntwo~~", "~~one\n\ntwo~~"),
        ("~~~~~~ text ~~~~~~", "~~~~~~ text ~~~~~~"),
        ("about ~~ 5 cm ~~ long", "about ~~ 5 cm ~~ long"),
    ],
)
def test_words_are_whole(given: str, right: str) -> None:
    assert read(given) == right


def between(sign: str, *words: str) -> str:
    text = NOTE
    for word in words:
        text = text.replace(word, word[:3] + sign + word[3:])
    return text


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\ufeff", "\u2060", "\u200e"])
def test_a_note_reads_the_same(sign: str) -> None:
    text = between(sign, "above", "amputation", "femur", "shaft", "myodesis", "knee", "stump")
    assert concerns([Document(doc_id="op", type="operative_note", text=text)])
    report = check(text)
    assert [(one.id, one.status) for one in report.requirements] == [
        (one.id, one.status) for one in check(NOTE).requirements
    ]
    assert report.facts.prior_level
    for evidence in report.facts.prior_level.evidence:
        assert text[evidence.start : evidence.end] == evidence.text


def test_a_soft_hyphen_in_the_place_of_a_hyphen() -> None:
    text = NOTE.replace("-", "\u00ad")
    assert check(text).supported_code.value == check(NOTE).supported_code.value == "27596"


@given(st.lists(st.sampled_from(["am", "putation", "\u00ad", "\u200b", "\r\n", " ", "é"])))
def test_offsets_lead_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    seen = without_unseen(Repaired(text), KNOWN)
    assert seen.given(0, len(seen.text))[1] <= len(text)
    if not seen.changed:
        assert seen.text == text


def test_a_long_run_takes_no_long_time() -> None:
    started = time.monotonic()
    read("a" * 300_000 + "\u00ad" + " \u00ad" * 100_000)
    assert time.monotonic() - started < 2
