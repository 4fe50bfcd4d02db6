"""OpenDocument files: read as a reader of the page sees them."""

import io
import zipfile

import pytest

from notecheck.errors import InputError
from notecheck.read.documents.extract import document_text

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"),
    )
)  # fmt: skip


def odt(body: str, styles: str = "", page: str = "", kind: str = "text") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
        )
        made.writestr(
            "styles.xml",
            f"<office:document-styles {_SPACES}><office:master-styles>{page}"
            "</office:master-styles></office:document-styles>",
        )
    return buffer.getvalue()


def text(body: str, **more: str) -> str:
    return document_text(odt(body, **more)).text


def test_paragraphs_tables_blanks_and_headers() -> None:
    body = (
        '<text:h>OPERATION</text:h><text:p>Left<text:s text:c="3"/>thigh<text:tab/>cut<text:line-'
        "break/>high</text:p><table:table><table:table-row><table:table-cell><text:p>Side</text:p>"
        "</table:table-cell><table:table-cell><text:p>Left</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    page = "<style:header><text:p>Hospital</text:p></style:header>"
    assert text(body, page=page) == "Hospital\nOPERATION\nLeft   thigh\tcut\nhigh\nSide\tLeft"


def test_what_is_deleted_hidden_or_struck_out_is_not_read() -> None:
    styles = (
        '<style:style style:name="Gone"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="Struck"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="Under" style:parent-style-name="Struck"/>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Right</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="Gone">Hidden</text:p>'
        '<text:p>Left<text:span text:style-name="Under"> or right</text:span> thigh.'
        '<text:hidden-text text:is-hidden="true">No bone.</text:hidden-text></text:p>'
    )
    assert text(body, styles=styles) == "Left thigh."


def test_notes_stand_behind_their_paragraph_and_comments_are_told() -> None:
    body = (
        "<text:p>The femur was cut<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>At 18 cm.</text:p></text:note-body></text:note> with a saw."
        "<office:annotation><text:p>Really?</text:p></office:annotation></text:p><text:p>End.</text:p>"
        "<text:p><draw:frame><draw:image/></draw:frame></text:p>"
    )
    found = document_text(odt(body))
    assert found.text == "The femur was cut with a saw.\nAt 18 cm.\nEnd."
    assert [told.kind for told in found.remarks] == ["comment", "picture"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (odt(""), "the OpenDocument file has no text"),
        (odt("<text:p>x</text:p>", kind="spreadsheet"), "this OpenDocument file is no text"),
    ],
)
def test_what_holds_no_note_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        document_text(data)
    assert error.value.message.startswith(message)


def test_a_file_in_one_part_is_read_as_the_archive() -> None:
    styles = (
        '<style:style style:name="Struck"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
    )
    flat = (
        f'<?xml version="1.0"?><office:document {_SPACES}><office:automatic-styles>{styles}'
        "</office:automatic-styles><office:master-styles><style:header><text:p>Hospital</text:p>"
        "</style:header></office:master-styles><office:body><office:text><text:p>Left thigh"
        '<text:span text:style-name="Struck"> or right</text:span></text:p></office:text>'
        "</office:body></office:document>"
    )
    assert document_text(flat.encode()).text == "Hospital\nLeft thigh"
