"""Word 97-2003: its text, and not what was struck out of it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.errors import InputError
from notecheck.read.documents.extract import document_text

from .files import LINES
from .word97_files import (
    BOLD,
    DELETED,
    DOUBLE,
    STRIKE,
    VANISH,
    Piece,
    compound,
    on,
    saved_fast,
    short,
    word97,
)  # fmt: skip

NOTE = "\r".join(LINES) + "\r"


@pytest.mark.parametrize("wide", [False, True])
def test_paragraphs_are_lines_in_either_width(wide: bool) -> None:
    extra = "5\u00b0 flexed" if not wide else "≥ 5\u00b0 \U0001d538"
    assert document_text(word97(NOTE, extra, wide=wide)).text == "\n".join([*LINES, extra])


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("kind", [STRIKE, DOUBLE, DELETED, VANISH])
def test_what_is_struck_deleted_or_hidden_is_not_read(kind: int, wide: bool) -> None:
    data = word97(
        "The ", ("right ", [BOLD, kind]), ("left", [BOLD]), " femur was cut.\r", wide=wide
    )
    assert document_text(data).text == "The left femur was cut."


def test_a_property_of_a_whole_piece_holds_for_it() -> None:
    assert document_text(word97(NOTE, modifiers=on(BOLD))).text == "\n".join(LINES)
    with pytest.raises(InputError, match="has no text"):
        document_text(word97(NOTE, modifiers=on(STRIKE)))


def test_a_file_saved_fast_is_read_in_the_order_of_its_pieces() -> None:
    notes, head = "\x02 Measured twice.\r", "\r\r\r\r\r\rHEAD\rFOOT\r"
    pieces = (
        Piece([("OPERATION: Re-amputation of the ", ()), ("right ", [BOLD, DELETED])]),
        Piece([("left thigh “stump”.\r", ())], wide=True),
        Piece(
            [("The femur was ", ()), ("not ", [STRIKE]), ("cut\x02 at ≥ 12 cm.\r", [BOLD])],
            wide=True,
        ),
        Piece([(notes, ())]),
        Piece([(head, ())], wide=True),
    )
    stories = [*range(7), 11, 11, 16]
    data = saved_fast(*pieces, parts=[len(notes), len(head)], stories=stories)
    assert document_text(data).text == (
        "HEAD\nOPERATION: Re-amputation of the left thigh “stump”.\n"
        "The femur was cut at ≥ 12 cm.\n Measured twice.\nFOOT"
    )


@pytest.mark.parametrize("kind", [STRIKE, DOUBLE, DELETED, VANISH])
@pytest.mark.parametrize("in_short", [False, True])
def test_what_a_piece_tells_holds_over_its_runs(kind: int, in_short: bool) -> None:
    def modified(run: tuple[str, list[int]], *, is_on: bool) -> bytes:
        modifier = short(kind, is_on=is_on) if in_short else 1
        pieces = (Piece([("The ", ())]), Piece([run], modifier=modifier), Piece([("femur.", ())]))
        return saved_fast(*pieces, shared=b"" if in_short else on(BOLD, kind, value=is_on))

    assert document_text(modified(("left ", []), is_on=True)).text == "The femur."
    assert document_text(modified(("left ", [kind]), is_on=False)).text == "The left femur."
    other = VANISH if kind == STRIKE else STRIKE
    assert document_text(modified(("left ", [kind, other]), is_on=False)).text == "The femur."


def test_tables_fields_and_signs_read_as_they_show() -> None:
    data = word97(
        "Side:\x07left\x07\x07Level:\x07above\x1eknee\x07\x07",
        "The \x13REF \x13x\x14y\x15\x14femur\x15",
        "\x13PAGE\x15 was\x0bcut, osteo\x1fmyelitis.\r",
    )  # fmt: skip
    assert document_text(data).text == (
        "Side:\tleft\nLevel:\tabove-knee\nThe femur was\ncut, osteomyelitis."
    )


def test_notes_letterhead_and_boxes_are_text_and_comments_and_pictures_are_told() -> None:
    behind = [
        "\x02 A footnote.\r",
        "\r\r\r\r\r\rHEAD\rFOOT\r",
        "",
        "Why?\r",
        "An endnote.\r",
        "A box.\r",
    ]
    stories = [0, 1, 2, 3, 4, 5, 6, 6, 11, 11, 16]
    data = word97(
        "Body.\x01\x02\x05\r" + "".join(behind), parts=[*map(len, behind)], stories=stories
    )
    found = document_text(data)
    assert found.text.split("\n") == [
        "HEAD", "Body.", " A footnote.", "An endnote.", "A box.", "FOOT",
    ]  # fmt: skip
    assert [told.kind for told in found.remarks] == ["picture", "comment"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (compound(Workbook=b"x"), "an old Office file that is no Word document"),
        (word97(NOTE, version=0x65), "older than Word 97"),
        (word97(NOTE, flags=0x0300), "needs a password"),
        (word97("\x01\r"), "has no text"),
        (word97(NOTE, parts=[0, 0])[:3000], "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is damaged"),
    ],
    ids="excel word95 locked picture cut empty".split(),
)
def test_what_is_not_read_is_refused_as_what_it_is(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        document_text(data)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0x200, 0x2A00), put=st.binary(min_size=1, max_size=8))
def test_no_damage_does_worse_than_an_input_error(at: int, put: bytes) -> None:
    data = word97(NOTE, ("x", [STRIKE]))
    broken = data[:at] + put + data[at + len(put) :]
    with suppress(InputError):
        document_text(broken)
