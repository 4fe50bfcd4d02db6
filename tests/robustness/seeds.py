"""A good input of each format and protocol, and how it is changed."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from read.documents.files import RTF, ccda, pdf, section, word
from read.documents.word97_files import (
    BOLD,
    DELETED,
    STRIKE,
    Piece,
    on,
    saved_fast,
    short,
)  # fmt: skip
from read.x12.interchanges import HOSPITAL, INSTITUTIONAL, SURGEON, interchange

from notecheck.serve.fhir.xml import fhir_xml
from notecheck.serve.mllp.answers import visit_job

from .changes import (
    Change,
    of_archive,
    of_bytes,
    of_frames,
    of_json,
    of_markup,
    of_note,
    of_rtf,
    of_segments,
    of_streams,
    of_text,
    of_visit,
    packed,
)
from .targets import Target

ROOT = Path(__file__).parents[2]
MARKER = "Zzyzxqua"  # a name that stands in every seed's note: no refusal may tell it
_EXAMPLES = ROOT / "tests" / "serve" / "examples"


class Seed(NamedTuple):
    """A good input of `target`, one way to change it, and how often it is taken."""

    target: Target
    change: Change
    good: bytes
    weight: int = 4


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them."""
    note = (ROOT / "tests" / "examples" / "revision.txt").read_text() + f"\nSurgeon: {MARKER}\n"
    encounter = json.loads((_EXAMPLES / "encounter.json").read_text())
    encounter["documents"][0]["text"] = note
    body = json.dumps(encounter).encode()
    bundle = (_EXAMPLES / "bundle.json").read_bytes()
    call = (_EXAMPLES / "cds_hooks_call.json").read_bytes()
    mdm, dft = ((_EXAMPLES / name).read_bytes() for name in ("mdm.hl7", "dft.hl7"))
    lines = note.splitlines()
    items = "".join(f"<item><caption>{n}</caption>{line}</item>" for n, line in enumerate(lines))
    page = f"<html><head><title>x</title></head><body><pre>{note}</pre><table><tr><td>left</td>"
    chart = ccda(
        "<structuredBody>"
        + section("Procedure Description", "<br/>".join(lines))
        + section("Findings", f"<list>{items}</list>")
        + "</structuredBody>"
    )
    letter = (
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=xx\n\n"
        f"--xx\nContent-Type: text/plain\n\n{note}\n--xx\n"
        f"Content-Type: text/html\n\n{page}\n--xx--\n"
    ).encode()
    rtf = RTF.replace(b"Closed.", note.replace("\n", "\\par\n").encode())
    old_word = saved_fast(
        Piece([(note[:300].replace("\n", "\r"), ()), ("not ", [DELETED])], wide=True),
        Piece([(note[300:].replace("\n", "\r"), [STRIKE])], modifier=short(STRIKE, is_on=False)),
        Piece([("\x02 A footnote.\r", ())], modifier=1),
        parts=[14],
        shared=on(BOLD),
    )
    docx = word(*lines, table=[["side", "left"], ["level", "AKA"]], header="Page header")
    return (
        Seed("encounter", of_json, body),
        Seed("encounter", of_note, body, 12),
        Seed("encounter", of_bytes, body),
        Seed("fhir", of_json, bundle),
        Seed("fhir", of_bytes, bundle),
        Seed("fhir", of_markup, fhir_xml(json.loads(bundle))),
        Seed("cds-hooks", of_json, call),
        Seed("cds-hooks", of_bytes, call),
        Seed("hl7-message", of_text, mdm),
        Seed("hl7-message", of_segments, mdm),
        Seed("hl7-message", of_bytes, dft),
        Seed("hl7-visit", of_visit, visit_job([mdm, dft])),
        Seed("file", of_markup, chart),
        Seed("file", of_bytes, chart, 1),
        Seed("file", of_markup, page.encode()),
        Seed("file", of_rtf, rtf),
        Seed("file", of_archive, docx),
        Seed(
            "file",
            of_archive,
            packed(
                [
                    ("a/op.txt", note.encode()),
                    ("op.docx", docx),
                    ("1.hl7", mdm),
                    ("2.hl7", dft),
                    ("b.json", bundle),
                    ("c.ndjson", bundle),
                ]
            ),
        ),
        Seed("file", of_streams, old_word),
        Seed("file", of_text, letter),
        Seed("file", of_segments, mdm + dft),
        Seed("file", of_bytes, pdf(note), 1),  # each is read in a process of its own
        Seed("claims", of_segments, interchange(SURGEON).encode()),
        Seed("claims", of_segments, interchange(HOSPITAL, guide=INSTITUTIONAL).encode()),
        Seed("claims", of_bytes, interchange(SURGEON).encode(), 1),
        Seed("workbook", of_archive, _workbook(note)),
        Seed("table", of_text, f'encounter_id,text\nE1,"{note}"\nE2,Left AKA revised.\n'.encode()),
        Seed("frames", of_frames, mdm),
    )


def _workbook(note: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["encounter_id", "text", "date"], ["E1", note, 46000], ["E2", "Left AKA.", None]):
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
