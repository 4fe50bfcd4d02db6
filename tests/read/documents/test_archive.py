"""ZIP archives: the one document in them, or what to do."""

import io
import zipfile

import pytest

from notecheck.errors import InputError
from notecheck.read.documents.extract import document_text

from .files import LINES, ccda, section, word

DOCUMENT = ccda(section("Description", "<br/>".join(LINES)))


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def test_a_package_of_media_exchange_gives_its_document() -> None:
    package = {
        "INDEX.HTM": b"<html>What is on this medium</html>",
        "README.TXT": b"Made by a registry.",
        "IHE_XDM/SUBSET01/METADATA.XML": b"<SubmitObjectsRequest/>",
        "IHE_XDM/SUBSET01/CDA.XSL": b"<stylesheet/>",
        "IHE_XDM/SUBSET01/DOC0001.XML": DOCUMENT,
    }
    found = document_text(archive(**package))
    assert (found.text, found.type) == (document_text(DOCUMENT).text, "operative_note")


def test_a_packed_word_file_is_read() -> None:
    assert document_text(archive(note=word(*LINES))).text == "\n".join(LINES)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (archive(a=b"One note.", b=b"Another."), "this is a ZIP archive of 2 documents: unpack it"),
        (
            archive(**{"xl/workbook.xml": b"<x/>"}),
            "this is an Excel workbook: `notecheck audit",
        ),
        (archive(a=archive(b=b"One note.")), "this is a ZIP archive within another one"),
        (
            archive(**{"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}),
            "this is an Office file that is no Word document",
        ),
        (archive(a=b"One note. " * 9)[:60], "the Word document or ZIP archive is damaged"),
        (archive(a=b"x" * 21_000_000), "the ZIP archive would unpack to more than 20 MB"),
    ],
    ids="several workbook nested slides cut bomb".split(),
)
def test_what_is_no_single_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        document_text(data)
    assert error.value.message.startswith(message)
