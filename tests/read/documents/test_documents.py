"""Every format gives its text, told by content; offsets and pages hold for what comes out."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.errors import InputError
from notecheck.read.documents.extract import document_text
from notecheck.read.documents.kinds import document_kind

from .files import (
    LINES,
    RTF,
    ccda,
    made_when_opened,
    nameless,
    pdf,
    pdf_bomb,
    renamed_body,
    section,
    with_body,
    word,
    wrapped,
)


def text(data: bytes) -> str:
    return document_text(data).text


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        document_text(data)
    return error.value.message


def test_a_pdf_gives_its_text_and_where_its_pages_begin() -> None:
    found = document_text(pdf(*LINES))
    assert found.text == f"{LINES[0]}\n{LINES[1]}\n"
    assert found.page_starts == (0, len(LINES[0]) + 1)


def test_a_hyphen_at_a_lines_end_of_a_pdf_stays() -> None:
    assert text(pdf("Left above-\nknee stump, osteo-\nmyelitis.")) == (
        "Left above-\nknee stump, osteo-\nmyelitis.\n"
    )


def test_a_few_signs_without_a_name_are_told() -> None:
    told = nameless("bone", before=LINES[0])
    assert LINES[0] in text(told)
    assert [one.kind for one in document_text(told).remarks] == ["unreadable"]
    assert document_text(nameless("", before=LINES[0])).remarks == ()


def test_an_empty_page_of_a_pdf_is_a_page() -> None:
    found = document_text(pdf(LINES[0], "", LINES[1]))
    assert found.text[found.page_starts[2] :] == f"{LINES[1]}\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf(None), "the PDF is a scan without text: run text recognition (OCR) over it first"),
        (pdf(None, ""), "the PDF is a scan without text: run text recognition (OCR) over it first"),
        (pdf(LINES[0], None), "page 2 of the PDF is an image without text: run text recognition"),
        (pdf(""), "the PDF has no text: its pages are empty"),
        (pdf(*LINES, password="x"), "the PDF needs a password: save it without one"),
        (pdf(*LINES)[:700], "the PDF is damaged or cut off: export it again"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 5_000, "the PDF is damaged or cut off: export it again"),
        (
            nameless(LINES[0]),
            "page 1 of the PDF does not say what letters its",
        ),
        (
            made_when_opened(pdf(LINES[0])),
            "the PDF is a form whose pages are made when it is opened",
        ),
        (pdf_bomb(), "the PDF takes too much memory or time to read: export it again"),
        (pdf(*[""] * 501), "the PDF has more than 500 pages: give one note a file"),
    ],
    ids="scan blank mixed empty locked cut junk nameless form bomb pages".split(),
)
def test_a_pdf_that_cannot_be_read_in_full_is_refused(data: bytes, message: str) -> None:
    assert refused(data).startswith(message)


def test_a_word_document_reads_line_by_line_and_table_by_row() -> None:
    data = word(*LINES, table=[("Side", "Left"), ("Blood loss", "100 mL")], header="Hospital")
    assert text(data) == f"Hospital\n{LINES[0]}\n{LINES[1]}\nSide\tLeft\nBlood loss\t100 mL"


def test_tracked_changes_of_a_word_document_count_as_accepted() -> None:
    run = b"<w:r><w:t>Left or right stump.</w:t></w:r>"
    new = (
        b'<w:del w:id="1"><w:r><w:delText>Right</w:delText></w:r></w:del>'
        b'<w:ins w:id="2"><w:r><w:t>Left</w:t></w:r></w:ins>'
        b'<w:sdt><w:sdtContent><w:r><w:t xml:space="preserve"> thigh stump.</w:t></w:r>'
        b"</w:sdtContent></w:sdt>"
    )
    assert text(with_body(word("Left or right stump."), run, new)) == "Left thigh stump."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (word(*LINES)[:9_000], "the Word document or ZIP archive is damaged or protected"),
        (b"PK\x03\x04" + b"junk" * 50, "the Word document or ZIP archive is damaged or protected"),
        (word(), "the Word document has no text, perhaps only a scanned image"),
        (
            with_body(word("x"), b"<w:t>x</w:t>", b"<w:t>" + b"x" * 41_000_000 + b"</w:t>"),
            "the Word document has more than 40 MB of XML",
        ),
        (
            with_body(word("x"), b"<w:t>x</w:t>", b"<w:t>" + b"x" * 6_000_000 + b"</w:t>"),
            "the Word document has more than 5 MB of text",
        ),
        (
            with_body(word("x"), b"<w:t>x</w:t>", b"<w:p>" * 3_000 + b"</w:p>" * 3_000),
            "the Word document is damaged or protected",
        ),
    ],
    ids="cut junk empty bomb long deep".split(),
)
def test_a_word_document_that_cannot_be_read_is_refused(data: bytes, message: str) -> None:
    assert refused(data).startswith(message)


def test_a_word_document_with_entities_is_refused() -> None:
    old = b"<w:document "
    attack = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + old
    data = with_body(with_body(word("Left stump."), old, attack), b"Left", b"&e;Left")
    assert refused(data).startswith("the Word document declares XML entities")


def test_an_rtf_document() -> None:
    assert text(RTF) == (
        "Page header\n"
        "OPERATION: Re-amputation of the left thigh.\n"
        "The femur\u2019s end, 5\u00b0 flexed \u2013 cut.\nClosed.\n"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (RTF[:-10], "the RTF document is cut off: its last bracket is missing"),
        (rb"{\rtf1 }", "the RTF document has no text"),
        (b"{\\rtf1 " + b"x y" * 2_000_000 + b"}", "the RTF document has more than 5 MB of text"),
    ],
    ids="cut empty long".split(),
)
def test_an_rtf_document_that_cannot_be_read_is_refused(data: bytes, message: str) -> None:
    assert refused(data).startswith(message)


def test_pictures_in_an_rtf_document_take_no_room() -> None:
    picture = rb"{\pict\pngblip " + b"89504e47" * 1_500_000 + rb"}"
    assert text(RTF[:-1] + picture + b"}") == text(RTF)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<html><body><p>Left <b>th</b>igh\n  stump.</p><p>Cut.", "Left thigh stump.\n\nCut."),
        ("<div>one<br>two<br/><br/>three</div><div>four</div>", "one\ntwo\n\nthree\nfour"),
        ("<table><tr><th>Side<td><p>Left</p></td><tr><td>EBL<td>100</table>end",
         "Side\tLeft\nEBL\t100\n\nend"),
        ("<div>a<ul><li>one<li><p>two</p></ul>b</div>", "a\n\none\n\ntwo\n\nb"),
        ("<pre>a\r\n  b</pre>", "a\n  b"),
        ("<html><head><title>T</title><style>p{}</style></head><script>x</script><p>Left", "Left"),
        ("<p>a<!-- no --> b<span style='DISPLAY : none'>no</span><i hidden>no</i> c", "a b c"),
        ("<p>Stump <del>right</del><s>right</s> left &amp; caf&eacute;", "Stump left & caf\u00e9"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><html><p>x</p></html>", "x"),
        ("<!-- made by a tool -->\n<!DOCTYPE HTML><p>x", "x"),
    ],
)  # fmt: skip
def test_html_reads_as_a_browser_shows_it(markup: str, shown: str) -> None:
    assert text(markup.encode()) == shown


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html><body><img src='scan.png'></body></html>", "the HTML document shows no text"),
        (b"<html>" + b"<div>" * 100_000 + b"x", "the HTML document is nested too deeply"),
        (
            b"<html><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x",
            "a tag of the HTML document has more than 1000 attributes",
        ),
        (b"<html>" + b"<p>" + b"x" * 6_000_000, "the text is larger than 5 MB"),
    ],
    ids="image deep attributes long".split(),
)
def test_html_that_cannot_be_read_is_refused(data: bytes, message: str) -> None:
    assert refused(data).startswith(message)


def test_a_ccda_reads_as_its_sections_with_kind_and_date() -> None:
    body = "<structuredBody>{}{}</structuredBody>".format(
        section("Procedure Description:", "<paragraph>Left stump.</paragraph>Femur<br/>cut."),
        section(
            "Findings:",
            "<list><item>Pus</item><item>Dead <content>bone</content></item></list>"
            "<table><tbody><tr><td>EBL</td><td>100</td></tr></tbody></table>"
            '<content revised="delete">right</content>',
        ),
    )
    found = document_text(ccda(body))
    assert found.text == (
        "Procedure Description:\nLeft stump.\n\nFemur\ncut.\nFindings:\nPus\nDead bone\n\nEBL\t100"
    )
    assert (found.type, found.date) == ("operative_note", dt.date(2026, 3, 2))


def test_a_ccda_may_wrap_another_document() -> None:
    found = document_text(wrapped(pdf(*LINES)))
    assert (found.page_starts, found.type) == ((0, len(LINES[0]) + 1), "operative_note")
    assert text(ccda("<nonXMLBody><text>Left stump.</text></nonXMLBody>")) == "Left stump."


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
FILE = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ccda(section("A", "&c;"), LAUGHS), "the XML declares a document type or entities"),
        (ccda(section("A", "&c;"), FILE), "the XML declares a document type or entities"),
        (ccda("<structuredBody/>"), "the C-CDA document has no narrative text in its sections"),
        (ccda(section("A", "x"))[:500], "the XML is damaged or cut off at line"),
        (b"<?xml version='1.0'?><Patient/>", "this XML is no C-CDA document"),
        (b"<?xml version='1.0'?>" + b"<a>" * 300_000, "the XML is damaged or cut off at line 1"),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", "this XML is no C-CDA document"),
        (wrapped(ccda("")), "the C-CDA document wraps another XML document"),
        (wrapped(pdf(None)), "the PDF is a scan without text"),
        (
            ccda('<nonXMLBody><text representation="B64">%%%</text></nonXMLBody>'),
            "the document inside the C-CDA document is not base64",
        ),
        (
            ccda('<nonXMLBody><text><reference value="a.pdf"/></text></nonXMLBody>'),
            "the C-CDA document only links to its text: links are not followed",
        ),
    ],
    ids="laughs file empty cut other deep encoding nested scan base64 link".split(),
)
def test_a_ccda_that_cannot_be_read_is_refused(data: bytes, message: str) -> None:
    assert refused(data).startswith(message)


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<br>" * 1_000_001,
        ccda(section("A", "<br/>" * 1_000_001)),
        with_body(word("x"), b"<w:t>x</w:t>", b"<w:t>x</w:t>" + b"<w:br/>" * 1_000_001),
    ],
    ids="html ccda word".split(),
)
def test_more_tags_than_fit_into_memory_are_refused(data: bytes) -> None:
    assert refused(data) == "the document has more than 1,000,000 tags: give one note a file"


def test_a_deep_ccda_is_walked_to_its_end() -> None:
    deep = "<content>" * 50_000 + "Left stump." + "</content>" * 50_000
    assert text(ccda(section("A:", deep))) == "A:\nLeft stump."


def test_what_is_no_known_format_is_plain_text() -> None:
    for note in ("BP <120/80. Left stump.", "<left> stump", "PDF attached: %PDF-"):
        assert text(note.encode()) == note
    assert refused(b"\x89PNG\r\n\x1a\n\x00").startswith("this is a PNG image, not plain text")
    assert refused(b"x" * 21_000_000) == "the document is larger than 20 MB"


@pytest.mark.parametrize("piece", [b" ", b"\n", b"<!-- -->", b"<!--", b"<!", b"%PD", b"<p"])
def test_the_format_is_told_at_once_whatever_comes_first(piece: bytes) -> None:
    document_kind(piece * 4_000)
    document_kind(b"<?xml version='1.0'?>" + piece * 4_000 + b"<")


BEGINNINGS = [b"", b"%PDF-1.4", b"PK\x03\x04", b"{\\rtf1 ", b"<html>", b"<?xml version='1.0'?>"]


@settings(max_examples=150)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=80))
def test_no_document_does_worse_than_an_input_error(beginning: bytes, rest: bytes) -> None:
    try:
        found = document_text(beginning + rest)
    except InputError:
        return
    assert found.text.strip()


WHOLE = [word(*LINES, header="x"), RTF, ccda(section("A", "x")), b"<html><p>x<table><td>y"]


@given(st.sampled_from(WHOLE), st.floats(0, 1), st.integers(0, 20), st.binary(max_size=4))
def test_no_damage_does_worse_than_an_input_error(
    whole: bytes, place: float, cut: int, put: bytes
) -> None:
    at = int(place * len(whole))
    try:
        document_text(whole[:at] + put + whole[at + cut :])
    except InputError:
        return


WORDS = st.lists(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), min_size=1, max_size=9
)


@settings(max_examples=40)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=4))
def test_word_and_html_keep_the_words_of_every_line(lines: list[str]) -> None:
    assert text(word(*lines)).split("\n") == lines
    assert text(("<html>" + "".join(f"<div>{line}</div>" for line in lines)).encode()).split(
        "\n"
    ) == lines  # fmt: skip


def test_markup_counts_under_any_name() -> None:
    """A part that the relationships call the body is read as XML, whatever its name."""
    renamed = renamed_body(word("Left stump."), b"<w:p/>" * 2_000_000)
    assert refused(renamed).startswith("the document has more than 1,000,000 tags")


def test_attributes_count() -> None:
    many = with_body(word("x"), b"<w:t>x</w:t>", b'<w:t a="" b=""/>' * 600_000)
    assert refused(many).startswith("the document has more than 1,000,000 attributes")


MAIL = "From: a@b.example\nMIME-Version: 1.0\n{}\n\n{}\n"


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain; " + "(" * 3_000,
        "Content-Type: text/plain\nContent-Transfer-Encoding: " + "(" * 3_000,
        "Content-Type: text/plain; name*0*",
    ],
    ids="comments encoding parameter".split(),
)
def test_a_mail_is_read_whatever_its_headers_hold(header: str) -> None:
    assert text(MAIL.format(header, LINES[0]).encode()).strip() == LINES[0]


@pytest.mark.parametrize(
    "parts",
    [
        "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000)),
        "Content-Type: message/rfc822\n\n" * 2_000,
    ],
    ids="parts mails".split(),
)
def test_a_mail_without_end_is_refused(parts: str) -> None:
    assert refused(f"From: a@b.example\n{parts}".encode()).startswith("the e-mail is nested too")
