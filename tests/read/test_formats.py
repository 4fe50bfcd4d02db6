"""The one reading room takes every format, told by content and not by name."""

import io
import json
from pathlib import Path

import pytest

from notecheck import check
from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.encounters import read_encounter, read_path, read_stream

from .documents.files import LINES, RTF, ccda, pdf, section, word
from .fhir.resources import bundle, document_reference
from .hl7.messages import dft, ft1, mdm
from .x12.interchanges import SURGEON, interchange

MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
DOCUMENTS = {
    "pdf": pdf(*LINES),
    "docx": word(*LINES),
    "rtf": RTF,
    "html": f"<!DOCTYPE html><html><body>{MARKUP}".encode(),
    "ccda": ccda(section("Procedure:", "".join(LINES))),
    "fhir": json.dumps(document_reference("op", "\n".join(LINES).encode())).encode(),
    "hl7": mdm("T02", *LINES, doc_id="op").encode(),
}


def outcomes(data: bytes, name: str) -> list[tuple[str, Encounter | InputError]]:
    return [(result.where, result.outcome) for result in read_stream(io.BytesIO(data), name)]


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("name", ["note.txt", "note.json", "note", "note.pdf", "stdin"])
def test_the_content_tells_the_format(kind: str, name: str) -> None:
    ((where, found),) = outcomes(DOCUMENTS[kind], name)
    assert where == name
    assert isinstance(found, Encounter)
    assert [(d.doc_id, d.type) for d in found.documents] == [("op", "operative_note")]
    assert "left thigh" in found.documents[0].text
    assert read_encounter(io.BytesIO(DOCUMENTS[kind])).documents == found.documents


def test_a_document_is_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "case 7.pdf"
    path.write_bytes(DOCUMENTS["pdf"])
    (result,) = read_path(str(path))
    assert isinstance(result.outcome, Encounter)
    assert result.outcome.encounter_id == "case 7"


def test_a_ccda_of_another_kind_is_that_kind() -> None:
    data = ccda(section("Plan:", "Admit.")).replace(b"11504-8", b"34117-2")
    ((_, found),) = outcomes(data, "x")
    assert isinstance(found, Encounter)
    assert found.documents[0].type == found.documents[0].doc_id == "history_and_physical"


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_evidence_is_quoted_from_the_extracted_text_with_its_page(kind: str) -> None:
    ((_, found),) = outcomes(DOCUMENTS[kind], "note")
    assert isinstance(found, Encounter)
    document = found.documents[0]
    report = check(found)
    items = [item for fact in (report.facts.laterality, report.facts.new_level) if fact
             for item in fact.evidence]  # fmt: skip
    assert items
    for item in items:
        assert document.text[item.start : item.end] == item.text
        assert item.page == document.page(item.start)
    if kind == "pdf":
        assert {item.page for item in items} == {1, 2}


def test_a_line_of_a_jsonl_file_may_be_fhir() -> None:
    lines = [json.dumps(bundle(document_reference(), id="b1")), json.dumps({"resourceType": "X"})]
    (_, first), (where, second) = outcomes("\n".join(lines).encode(), "e.jsonl")
    assert isinstance(first, Encounter)
    assert isinstance(second, InputError)
    assert where == "e.jsonl:2"


def test_the_messages_of_a_file_are_encounters_by_visit() -> None:
    data = "".join(
        [mdm("T02", "Left", number="V1"), mdm("T02", "Right", number="V2"), "MSH|^~\\&|X|\r",
         dft(ft1("27596", "LT"), number="V2")]
    )  # fmt: skip
    broken, first, second = outcomes(data.encode(), "m.hl7")
    assert (broken[0], first[0], second[0]) == (
        "m.hl7, message 3", "m.hl7, visit V1", "m.hl7, visit V2",
    )  # fmt: skip
    assert isinstance(broken[1], InputError)
    assert isinstance(second[1], Encounter) and second[1].claim
    with pytest.raises(InputError, match="message"):
        read_encounter(io.BytesIO(data.encode()))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (interchange(SURGEON).encode(), "this is a file of claims (X12), without notes"),
        (
            interchange(SURGEON).replace("ST*837*", "ST*275*").encode(),
            "this is an X12 275, which is not read",
        ),
        (pdf(None), "the PDF is a scan without text"),
        (b'{"resourceType": "Patient"}', "this type of FHIR resource is not read"),
        (b"MSH|^~\\&|X|\r", "this HL7 message is of a type that is not read"),
        (b'{"a":' * 100_000, "the JSON is nested too deeply to be an encounter"),
        (b"%PDF-1.4" + b"\x00" * 20_000_000, "this is larger than 20 MB"),
    ],
    ids="x12 x12-275 scan fhir hl7 deep large".split(),
)
def test_what_is_refused_is_told_in_one_sentence(data: bytes, message: str) -> None:
    ((where, outcome),) = outcomes(data, "file")
    assert isinstance(outcome, InputError)
    assert (where, outcome.message[: len(message)]) == ("file", message)
