"""Word documents in one XML file: of Word 2003, and the parts of a .docx in one."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import pytest

from notecheck.errors import InputError
from notecheck.read.documents.extract import document_text

from .files import LINES, word

_OLD = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>'
    "{body}</wx:sect></w:body></w:wordDocument>"
)
_RUN = "<w:r>{mark}<w:t>{text}</w:t></w:r>"


def old_word(*paragraphs: str) -> bytes:
    return _OLD.format(body="".join(f"<w:p>{one}</w:p>" for one in paragraphs)).encode()


def run(text: str, mark: str = "") -> str:
    return _RUN.format(text=text, mark=mark)


def flat(document: bytes) -> bytes:
    """The parts of a .docx in one file, as Word saves "Word XML document"."""
    archive = zipfile.ZipFile(io.BytesIO(document))
    types = archive.read("[Content_Types].xml").decode()
    made = '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    for name in archive.namelist():
        if name == "[Content_Types].xml":
            continue
        told = re.search(rf'PartName="/{re.escape(name)}" ContentType="([^"]+)"', types)
        kind = told[1] if told else "application/xml"
        part = archive.read(name)
        held = (
            f"<pkg:xmlData>{re.sub(r'<[?]xml.*?[?]>', '', part.decode())}</pkg:xmlData>"
            if name.endswith((".xml", ".rels"))
            else f"<pkg:binaryData>{base64.b64encode(part).decode()}</pkg:binaryData>"
        )
        made += f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{held}</pkg:part>'
    return f'<?xml version="1.0" standalone="yes"?>{made}</pkg:package>'.encode()


def test_word_2003_is_read_without_what_was_struck_or_deleted() -> None:
    deleted = '<aml:annotation aml:id="1" w:type="Word.Deletion"><aml:content>{}</aml:content>'
    added = deleted.replace("Deletion", "Insertion")
    found = document_text(
        old_word(
            *map(run, LINES),
            run("Right leg.", "<w:rPr><w:strike/></w:rPr>"),
            run("Right foot.", "<w:rPr><w:vanish/></w:rPr>"),
            deleted.format(run("Right thigh.")) + "</aml:annotation>",
            added.format(run("Closed.")) + "</aml:annotation>",
        )
    )
    assert found.text.split("\n")[:2] == list(LINES)
    assert "Right" not in found.text
    assert "Closed." in found.text


def test_the_parts_of_a_word_document_in_one_file_are_read() -> None:
    document = word(*LINES, header="Page header")
    assert document_text(flat(document)).text == document_text(document).text


@pytest.mark.parametrize("broken", [b"</w:wordDocument>", b"<w:body>"])
def test_a_damaged_one_is_refused(broken: bytes) -> None:
    with pytest.raises(InputError):
        document_text(old_word(run("The femur was cut.")).replace(broken, b""))
