"""Archives: the one document in them, or what to do."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.documents.extract import document_text
from notecheck.read.encounters import read_path

from .files import LINES, ccda, section, word

DOCUMENT = ccda(section("Description", "<br/>".join(LINES)))


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def tar(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as made:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            made.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(word(*LINES)), tar(a=word(*LINES)), gzip.compress(tar(a=word(*LINES)))],
    ids="gzip tar both".split(),
)
def test_what_is_packed_is_read(packed: bytes) -> None:
    assert document_text(packed).text == "\n".join(LINES)


def test_a_packed_file_is_told_by_its_content_and_named_after_itself(tmp_path: Path) -> None:
    document = b'{"doc_id": "op", "type": "operative_note", "text": "x"}'
    line = b'{"encounter_id": "E1", "documents": [%b]}\n' % document
    packed = tmp_path / "day.jsonl.gz"
    packed.write_bytes(gzip.compress(line + line.replace(b"E1", b"E2")))
    found = list(read_path(str(packed)))
    assert [result.where for result in found] == [f"{packed}:1", f"{packed}:2"]
    packed = tmp_path / "note.txt.gz"
    packed.write_bytes(gzip.compress(LINES[1].encode()))
    (note,) = read_path(str(packed))
    assert isinstance(note.outcome, Encounter)
    assert (note.where, note.outcome.encounter_id) == (str(packed), "note")


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
        (tar(a=b"One note.", b=b"Another."), "this is a tar archive of 2 documents: unpack it"),
        (tar(a=tar(b=b"One note.")), "this is an archive within another one"),
        (tar(a=b"One note.")[:600], "the tar archive is damaged"),
        (gzip.compress(gzip.compress(b"One note.")), "this is a gzip file within another one"),
        (gzip.compress(b"One note.")[:-12], "the gzip file is cut off"),
        (gzip.compress(b"One note.")[:11] + b"xxxx" * 9, "the gzip file is damaged"),
        (gzip.compress(b"x" * 21_000_000), "the gzip file would unpack to more than 20 MB"),
    ],
    ids="several workbook nested slides cut bomb tars tar-nested tar-cut gzip-nested gzip-cut "
    "gzip-damaged gzip-bomb".split(),
)
def test_what_is_no_single_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        document_text(data)
    assert error.value.message.startswith(message)
