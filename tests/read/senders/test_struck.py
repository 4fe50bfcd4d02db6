"""What was struck out, hidden or deleted is not read."""

from __future__ import annotations

import pytest
from fpdf import FPDF

from ..documents.files import ccda, section, with_body, word
from .sent import NOTE, text


def run(properties: str) -> bytes:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>STRUCK</w:t></w:r><w:r><w:t>{NOTE}</w:t></w:r>".encode()  # noqa: E501


STRUCK_WORD = {
    "strike": "<w:strike/>", "double": '<w:dstrike w:val="1"/>', "vanish": "<w:vanish/>",
    "on": '<w:strike w:val="true"/>',
}  # fmt: skip


@pytest.mark.parametrize("kind", STRUCK_WORD)
def test_word_drops_what_is_struck(kind: str) -> None:
    data = with_body(word("x"), b"<w:r><w:t>x</w:t></w:r>", run(STRUCK_WORD[kind]))
    assert text(data) == NOTE
    off = run(STRUCK_WORD[kind].split(" ")[0].rstrip("/>") + ' w:val="0"/>')
    assert "STRUCK" in text(with_body(word("x"), b"<w:r><w:t>x</w:t></w:r>", off))


@pytest.mark.parametrize(
    "struck",
    [
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>STRUCK</w:t></w:r>"
        "</w:p></w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>STRUCK</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>",
    ],
    ids=["prompt", "row"],
)
def test_word_drops_what_is_no_text_between_its_paragraphs(struck: str) -> None:
    assert text(with_body(word(NOTE), b"<w:sectPr", f"{struck}<w:sectPr".encode())) == NOTE


@pytest.mark.parametrize(
    "struck",
    [r"{\strike STRUCK}", r"\strike STRUCK\strike0 ", r"{\v STRUCK}", r"{\deleted STRUCK}",
     r"\striked1 STRUCK\striked0 ", r"{\strike\b STRUCK\b0 \i STRUCK}", r"{\*\unknown STRUCK}",
     r"{\strike \u83?TRUCK}", r"\v STRUCK\plain ", r"{\cs12 STRUCK}", r"\pard\s7 STRUCK\pard ",
     r"{\upr{STRUCK}{\*\ud}}", r"{\info{\upr{STRUCK}{\*\ud STRUCK}}}", r"{\cs13\b STRUCK}"],
)  # fmt: skip
def test_rtf_drops_what_is_struck(struck: str) -> None:
    styles = r"{\stylesheet{\s0 Normal;}{\s7\v Gone;}{\*\cs12\additive\strike A;}{\*\cs13\v B;}}"
    assert text(rf"{{\rtf1\ansi{styles}{struck}{NOTE}}}") == NOTE


@pytest.mark.parametrize("shown", [r"\cs12\strike0 ", r"\s7\v0 ", r"\s0 ", r"\cs12\plain "])
def test_rtf_shows_what_is_no_longer_struck(shown: str) -> None:
    styles = r"{\stylesheet{\s0 Normal;}{\s7\v Gone;}{\*\cs12\strike A;}}"
    assert text(rf"{{\rtf1\ansi{styles}{{{shown}{NOTE}}}}}") == NOTE


def test_rtf_gives_words_in_two_forms_once() -> None:
    words = NOTE.replace("mid-shaft", r"{\upr{mid?shaft}{\*\ud{mid\u8209 \'2dshaft}}}")
    assert text(rf"{{\rtf1\ansi\uc1 {words}}}") == NOTE.replace("-", "\u2011")


@pytest.mark.parametrize(
    "struck",
    ["<s>STRUCK</s>", "<del>STRUCK</del>", "<strike>STRUCK</strike>",
     '<span style="text-decoration: line-through">STRUCK</span>',
     '<span style="TEXT-DECORATION:underline line-through">STRUCK</span>',
     '<span style="display:none">STRUCK</span>', "<span hidden>STRUCK</span>",
     '<span style="mso-hide:all">STRUCK</span>', '<span class="gone">STRUCK</span>',
     '<span style="font-size:0">STRUCK</span>', '<i id="cut">STRUCK</i>',
     '<u class="was"><i><b>STRUCK</b></i></u>', '<u class="old"><i>STRUCK</i></u>'],
)  # fmt: skip
def test_html_drops_what_is_struck(struck: str) -> None:
    style = (
        "<style>/* x */ .gone, p.none { text-decoration: line-through } #cut{display:none}"
        ".was b {display:none} p>.old > i {text-decoration:line-through}</style>"
    )
    assert text(f"<html><head>{style}</head><body><p>{struck}{NOTE}</p></body></html>") == NOTE


@pytest.mark.parametrize(
    "style",
    [
        "@media print { .x {display:none} #y {color:red} }",
        "b .x {display:none}",
        ".x b {display:none}",
    ],
)
def test_html_shows_what_a_reader_sees(style: str) -> None:
    page = f"<html><head><style>{style}</style></head><body><p class=x>{NOTE}</p></body></html>"
    assert text(page) == NOTE


@pytest.mark.parametrize(
    "struck",
    ['<content revised="delete">STRUCK</content>', '<content styleCode="Strikethrough">STRUCK</content>',  # noqa: E501
     '<content styleCode="Bold xHidden">STRUCK</content>'],
)  # fmt: skip
def test_ccda_drops_what_is_struck(struck: str) -> None:
    assert "STRUCK" not in text(ccda(section("Procedure", f"{struck}{NOTE}")))


def test_pdf_drops_what_a_line_is_drawn_through_and_not_what_one_is_under() -> None:
    made = FPDF()
    made.add_page()
    parts = [
        ("", "The femur"),
        ("S", "STRUCK, gy"),
        ("U", "was cut, gy,"),
        ("BS", "STRUCK"),
        ("", "high."),
    ]
    for style, words in parts:
        made.set_font("helvetica", style=style, size=11)
        made.write(text=f"{words} ")
    made.line(10, 40, 200, 40)
    assert text(bytes(made.output())).split() == "The femur was cut, gy, high.".split()


def test_pdf_drops_what_a_mark_lies_on_and_not_the_rest_of_its_lines() -> None:
    across = 7.2  # of a letter of Courier, 12 points high
    quads = " ".join(
        f"{50 + first * across} {y + 10} {50 + last * across} {y + 10} "
        f"{50 + first * across} {y - 3} {50 + last * across} {y - 3}"
        for y, first, last in ((700, 18, 24), (680, 0, 6))
    )
    drawn = (
        b"BT /F 12 Tf 50 700 Td (The femur was cut STRUCK) Tj 0 -20 Td (STRUCK at mid-shaft.) Tj ET"
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Annots[6 0 R]"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
        f"<</Type/Annot/Subtype/StrikeOut/Rect[50 677 230 710]/QuadPoints[{quads}]>>".encode(),
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % one for one in enumerate(objects, start=1))
    data = b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"
    assert text(data).split() == "The femur was cut at mid-shaft.".split()
