"""Archives: the one document in them, or what to do."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from notecheck.audit.reading import items_of_file
from notecheck.audit.sources import Source
from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.documents.extract import document_text
from notecheck.read.encounters import read_path
from notecheck.read.several_files import read_paths

from ..hl7.messages import dft, ft1, mdm
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


def read(path: Path, data: bytes) -> dict[str, Encounter | InputError]:
    path.write_bytes(data)
    results = list(read_path(str(path)))
    return {result.where.removeprefix(f"{path.parent}/"): result.outcome for result in results}


def ids(found: dict[str, Encounter | InputError]) -> list[str]:
    return [e.encounter_id for e in found.values() if isinstance(e, Encounter)]


@pytest.mark.parametrize("pack", [archive, tar, lambda **f: gzip.compress(tar(**f))])
def test_each_document_of_an_archive_is_an_encounter(
    pack: Callable[..., bytes], tmp_path: Path
) -> None:
    files = {"a/op.txt": LINES[1].encode(), "b/op.docx": word(*LINES), "c.png": b"\x89PNG\r\n"}
    found = read(tmp_path / "day.zip", pack(**files))
    assert list(found) == ["day.zip/a/op.txt", "day.zip/b/op.docx"]
    assert ids(found) == ["day/a/op", "day/b/op"]


def test_two_archives_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "day.zip" for folder in "xy"]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(archive(**{"a.txt": LINES[0].encode(), "b.txt": LINES[1].encode()}))
    outcomes = [result.outcome for result in read_paths(map(str, paths))]
    told = [outcome.encounter_id for outcome in outcomes if isinstance(outcome, Encounter)]
    assert told == ["day/a", "day/b", f"{paths[1]}/a.txt", f"{paths[1]}/b.txt"]
    sources = [Source(str(path), f"{path.parent.name}/day.zip", 0, 0) for path in paths]
    items = [item for s in sources for item in items_of_file(s, read_path(s.path))]
    told = [item.outcome.encounter_id for item in items if isinstance(item.outcome, Encounter)]
    assert told == ["x/day/a", "x/day/b", "y/day/a", "y/day/b"]


@pytest.mark.parametrize("pack", [archive, tar])
def test_messages_of_one_visit_in_an_archive_are_one_encounter(
    pack: Callable[..., bytes], tmp_path: Path
) -> None:
    files = {"1.hl7": mdm("T02", LINES[1]).encode(), "2.hl7": dft(ft1("27596", "LT")).encode()}
    (found,) = read(tmp_path / "day.tar", pack(**files)).values()
    assert isinstance(found, Encounter) and found.claim
    (found,) = read(tmp_path / "one.tar", pack(**{"1.hl7": files["1.hl7"]})).values()
    assert isinstance(found, Encounter) and found.encounter_id == "V100"


def test_each_mail_of_a_mailbox_is_an_encounter(tmp_path: Path) -> None:
    mail = "From a@b Wed Mar  4 10:00:00 2026\nMIME-Version: 1.0\nSubject: x\n\n>From me.\n%s\n\n"
    found = read(tmp_path / "in.mbox", (mail % LINES[0] + mail % LINES[1]).encode())
    assert list(found) == ["in.mbox/1.eml", "in.mbox/2.eml"]
    assert ids(found) == ["in/1", "in/2"]
    assert isinstance(second := found["in.mbox/2.eml"], Encounter)
    assert second.documents[0].text.split("\n")[:2] == ["From me.", LINES[1]]


def test_one_bad_file_of_an_archive_keeps_no_other_back(tmp_path: Path) -> None:
    files = {"a.txt": LINES[1].encode(), "b.zip": archive(x=b"One note."), "c.pdf": b"%PDF-1.4 x"}
    found = read(tmp_path / "day.zip", archive(**files))
    assert ids(found) == ["day/a"]
    assert "archive within another one" in str(found["day.zip/b.zip"])
    assert "damaged" in str(found["day.zip/c.pdf"])


def test_an_archive_whose_directory_lost_bytes_is_damaged() -> None:
    data = archive(a=b"One note.", b=b"Another.")
    with pytest.raises(InputError, match="ZIP archive is damaged"):
        document_text(data[:10] + data[12:])  # zipfile seeks to before the file


@pytest.mark.parametrize("packer", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_file_within_an_archive_is_told(packer: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packer) as made:
        made.writestr("a.txt", "One note. " * 99)
    data = buffer.getvalue()
    with pytest.raises(InputError, match="ZIP archive is damaged"):
        document_text(data[:40] + b"\xff" * 12 + data[52:])


def test_a_sparse_file_of_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.txt")
    entry.pax_headers = {
        "GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.map": "0,9",
        "GNU.sparse.size": "9000000000",
    }  # fmt: skip
    entry.size = 9
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as made:
        made.addfile(entry, io.BytesIO(b"One note."))
    (found,) = read(tmp_path / "day.tar", buffer.getvalue()).values()
    assert "more than 20 MB" in str(found)


@pytest.mark.parametrize("pack", [archive, tar])
def test_the_documents_of_an_archive_in_a_mail_are_read(pack: Callable[..., bytes]) -> None:
    made = EmailMessage()
    made["MIME-Version"] = "1.0"
    made.set_content("Two documents.")
    packed = pack(a=LINES[0].encode(), b=word(LINES[1]), c=b"%PDF-1.4 x")
    made.add_attachment(packed, maintype="application", subtype="zip", filename="a.zip")
    found = document_text(made.as_bytes())
    assert found.text.split("\n") == ["Two documents.", *LINES]
    assert [told.part for told in found.remarks] == ["document 3 of an archive"]


def test_a_packed_word_file_is_read() -> None:
    assert document_text(archive(note=word(*LINES))).text == "\n".join(LINES)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            archive(**{f"{n}.txt": b"One note." for n in range(21)}),
            "this is an archive of 21 documents: unpack it",
        ),
        (archive(a=b"MRN: 123\nOne.", b=b"MRN: 456\nTwo."), "this archive holds the documents of"),
        (tar(a=b"%PDF-1.4 x", b=b"%PDF-1.4 y"), "nothing in the archive can be read: the PDF is"),
        (
            archive(**{"xl/workbook.xml": b"<x/>"}),
            "this is an Excel workbook: `notecheck audit",
        ),
        (archive(a=archive(b=b"One note.")), "this is an archive within another one"),
        (
            archive(**{"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}),
            "this is an Office file that is no Word document",
        ),
        (archive(a=b"One note. " * 9)[:60], "the Word document or ZIP archive is damaged"),
        (archive(a=b"x" * 21_000_000), "the ZIP archive would unpack to more than 20 MB"),
        (tar(a=tar(b=b"One note.")), "this is an archive within another one"),
        (tar(a=b"One note.")[:600], "the tar archive is damaged"),
        (gzip.compress(gzip.compress(b"One note.")), "this is a gzip file within another one"),
        (gzip.compress(b"One note.")[:-12], "the gzip file is cut off"),
        (gzip.compress(b"One note.")[:11] + b"xxxx" * 9, "the gzip file is damaged"),
        (gzip.compress(b"x" * 21_000_000), "the gzip file would unpack to more than 20 MB"),
    ],
    ids="many patients unreadable workbook nested slides cut bomb tar-nested tar-cut gzip-nested "
    "gzip-cut gzip-damaged gzip-bomb".split(),
)
def test_what_is_no_single_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        document_text(data)
    assert error.value.message.startswith(message)
