import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notecheck.errors import InputError
from notecheck.read.limits import MAX_NOTE
from notecheck.read.text import decode, require_not_blank, require_readable

NOTE = "Femur cut 12 cm above the joint – “mid-shaft”.\r\n\tLeft stump, ½ closed.\r\n\n"


@pytest.mark.parametrize(
    "data",
    [
        NOTE.encode(),
        codecs.BOM_UTF8 + NOTE.encode(),
        codecs.BOM_UTF16_LE + NOTE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + NOTE.encode("utf-16-be"),
        NOTE.encode("cp1252"),
        NOTE.encode("utf-16-le"),
        NOTE.encode("utf-16-be"),
        NOTE.encode("utf-32"),
    ],
    ids=[
        "utf-8",
        "utf-8 marked",
        "utf-16 little",
        "utf-16 big",
        "windows-1252",
        "unmarked little",
        "unmarked big",
        "utf-32",
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data) == NOTE


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_newlines_are_kept_as_they_are(newline: str) -> None:
    text = f"  Findings:{newline}{newline}stump{newline} "
    assert decode(text.encode()) == text


def test_only_the_mark_itself_is_dropped() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + b" x ") == "\ufeff x "


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF file"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an Office file such as .docx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"{\\rtf1\\ansi Stump}", "a rich text (RTF) file"),
        (b"stump\x00\x01\x02 revision", "binary content"),
    ],
)
def test_binary_content_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(InputError) as refused:
        decode(data)
    assert refused.value.message == f"this is {kind}, not plain text: save the note as UTF-8 text"


@pytest.mark.parametrize(
    ("data", "position", "encoding"),
    [
        (b"stump \x9d here", 6, "UTF-8 or Windows-1252"),
        (codecs.BOM_UTF8 + b"stump \xff", 9, "UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\x00b", 4, "UTF-16"),
    ],
)
def test_bytes_of_no_encoding_are_placed(data: bytes, position: int, encoding: str) -> None:
    with pytest.raises(InputError) as refused:
        decode(data)
    assert refused.value.message.startswith(
        f"the byte at position {position} is not {encoding} text"
    )


def test_a_note_may_be_as_large_as_the_limit_and_no_larger() -> None:
    require_readable("x" * MAX_NOTE)
    with pytest.raises(InputError, match="larger than 5 MB"):
        require_readable("x" * (MAX_NOTE + 1))


def test_a_few_control_characters_are_a_note_and_many_are_not() -> None:
    require_readable("\x1b[1mStump\x1b[0m\x07\x0c")
    require_readable("stump revision " * 100 + "\x02" * 20)
    with pytest.raises(InputError, match="has 9 control characters"):
        require_readable("stump" + "\x02" * 9)


@pytest.mark.parametrize("text", ["", " \r\n\t\x0c\u00a0"])
def test_a_blank_note_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="the note is empty"):
        require_not_blank(text)


@given(st.binary())
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf")
def test_decoding_raises_nothing_but_input_errors(data: bytes) -> None:
    try:
        text = decode(data)
    except InputError:
        return
    text.encode("utf-8")  # whole characters only


@given(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])).filter(
        lambda text: not text.startswith(("\ufeff", "{\\rtf", "%PDF-", "PAR1"))
    )
)
def test_utf8_text_comes_back_character_for_character(text: str) -> None:
    assert decode(text.encode("utf-8")) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: t[0] != "\0"))
def test_utf16_text_comes_back_character_for_character(text: str) -> None:
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text


@given(st.text(st.characters(codec="cp1252", exclude_characters="\x00"), min_size=1))
def test_each_windows_1252_byte_is_one_character(text: str) -> None:
    data = b"\xe9 " + text.encode("cp1252")  # an accent before a space is never UTF-8
    assert decode(data) == "é " + text
