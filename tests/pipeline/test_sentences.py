"""Sentences: where they end, and that they never leave their section."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.pipeline.normalize import normalize
from notecheck.pipeline.sentences import sentence_spans

FRAGMENTS = [
    "The femur was cut", "no drain", "Dr", "Dr.", "2.", "2.5 cm", ".", ". ", "!", "?", ";", "\n",
    "\r\n", "\r", "\n\n", " ", "  ", "\t", "\u00a0", "- item", "1. First", "a) b", "...", ".The",
    "approx. 3", '"Quoted."', "(a)", "\u2022 dot", "the skin was then closed and", "",
]  # fmt: skip


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, normalize(text), 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No drain. The skin was closed.", ["No drain.", "The skin was closed."]),
        ("No drain.The skin was closed.", ["No drain.", "The skin was closed."]),
        ("No drain.  the skin was closed.", ["No drain.", "the skin was closed."]),
        ("Dr. Smith cut 2.5 cm of bone.", ["Dr. Smith cut 2.5 cm of bone."]),
        ("About approx. 3 cm of femur.", ["About approx. 3 cm of femur."]),
        ("It was 2 in. off the end.", ["It was 2 in. off the end."]),
        ("S.p. AKA vs. BKA.", ["S.p. AKA vs. BKA."]),
        ("No osteomyelitis\nMyodesis performed", ["No osteomyelitis", "Myodesis performed"]),
        ("No osteomyelitis\r\nMyodesis performed", ["No osteomyelitis", "Myodesis performed"]),
        ("No osteomyelitis\rMyodesis performed", ["No osteomyelitis", "Myodesis performed"]),
        ("No pus\n\nmyodesis done", ["No pus", "myodesis done"]),
        (
            "Room 4, east wing, Sister on duty: L.\nRe-amputation, right thigh stump\n",
            ["Room 4, east wing, Sister on duty: L.", "Re-amputation, right thigh stump"],
        ),
        ("- no pus\n- myodesis", ["- no pus", "- myodesis"]),
        ("\u2022 No pus\n\u2022 myodesis", ["\u2022 No pus", "\u2022 myodesis"]),
        ("1. No pus\n2. Myodesis", ["1. No pus", "2. Myodesis"]),
        ("1. Revision of stump. 2. Debridement of heel.",
         ["1. Revision of stump.", "2. Debridement of heel."]),
        ("Was it cut? Yes! It was.", ["Was it cut?", "Yes!", "It was."]),
        ("He said \"no pus.\" The skin was closed.", ['He said "no pus."', "The skin was closed."]),
        ("  \n ", []),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    text = (
        "The femur was exposed over its distal part and was then divided by an oscillating saw of\n"
        "Stryker make, at a place twelve centimetres above the old end of the bone in the stump,\n"
        "without any trouble."
    )
    assert sentences(text) == [text]


def test_speech_without_stops_is_broken_where_a_subject_meets_its_verb() -> None:
    text = (
        "the patient was brought to the operating room and placed supine on the table and prepped "
        "and draped in the usual way for a revision of a stump and then the old scar was excised "
        "and carried down to the fascia and then the femur was cut with a saw well above the old "
        "end and some of the muscle was trimmed and then the fascia was closed over the bone"
    )
    parts = sentences(text)
    assert " ".join(parts) == text
    assert [part.split(" was ")[0] for part in parts[:2]] == [
        "the patient",
        "and then the old scar",
    ]


def test_speech_without_stops_is_not_broken_behind_a_preposition() -> None:
    text = (
        "the patient was brought to the operating room and placed supine on the table and prepped "
        "and draped and at about the middle fifteen inches from the old mark the femur was cut "
        "with a saw and some of the muscle was trimmed and then the fascia was closed over bone "
        "and the skin of the front of the thigh was brought over it and stapled and dressed"
    )
    parts = sentences(text)
    assert not any(part.endswith((" from", " of", " over")) for part in parts)
    assert any(part.startswith("the femur was cut") for part in parts)


def test_no_sentence_is_longer_than_matching_can_bear() -> None:
    for text in ("a:" * 20_000, "(" * 20_000, "stump " * 5_000):
        assert max(map(len, sentences(text))) <= 3000
        assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")


def assert_in_order(text: str, start: int, end: int) -> None:
    done = start
    for left, right in sentence_spans(text, normalize(text), start, end):
        assert done <= left < right <= end
        assert text[left:right].strip() == text[left:right] or not text[left:right].isspace()
        assert normalize(text)[done:left].isspace() or done == left
        done = right
    assert not normalize(text)[done:end].strip()


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_sentences_cover_all_words_of_any_stretch_in_order(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert_in_order(text, start, end)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20), st.sampled_from(["", " ", "\n"]))
def test_sentences_cover_all_words_of_any_mixture(parts: list[str], joint: str) -> None:
    text = joint.join(parts)
    assert_in_order(text, 0, len(text))


def test_a_paragraph_of_dictation_without_stops_ends_with_its_line() -> None:
    story = "so she has gone on crutches for years and the bone has come down to the skin " * 3
    text = f"{story}it needs to go\nthe right thigh was prepped and the femur taken off higher up\n"
    assert any(s.startswith("the right thigh was prepped") for s in sentences(text))


def test_a_run_on_sentence_and_its_mirror_image_are_cut_at_the_same_words() -> None:
    words = "he came with a wound on the left leg and was sent home with it "
    for more in range(20):
        text = (
            words * 3 + "x " * more + "then the patient was taken to the room and the bone was cut"
        )
        mirrored = sentences(text.replace("left", "right"))
        assert [s.replace("right", "left") for s in mirrored] == sentences(text)
