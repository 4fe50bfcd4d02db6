"""Layouts of messages as different senders write them, from the bytes to the report.

Every one leaves out something that another has: the visit's number, the document's, its status, the
event's segment, the type of an observation. The note in all of them is one that passes as text.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from notecheck import check

from ..hl7.messages import escaped, segments
from .sent import one

LINES = (
    "OPERATIVE NOTE",
    "PREOPERATIVE DIAGNOSIS: Left above-knee amputation stump, osteomyelitis of the femoral end.",
    "PROCEDURE: Re-amputation of the left thigh through the femur.",
    "INDICATIONS: Left above-knee amputation in 2022. Bone is bare in the wound and infected, so "
    "closing the soft tissue over it would not heal.",
    "DESCRIPTION: Fish-mouth flaps were marked on the left thigh. The femur was cut with a saw at "
    "mid-shaft, 16 cm below the trochanter. The adductors were sewn through drill holes in the "
    "femur (myodesis). Fascia and skin were closed.",
)


def text_lines(name: str, ending: str = "||||||F") -> list[str]:
    return [f"OBX|{n}|TX|{name}||{escaped(line)}{ending}" for n, line in enumerate(LINES, 1)]


def one_line(
    between: str, kind: str = "TX", name: str = "11504-8^Surgical operation note^LN"
) -> str:
    return f"OBX|1|{kind}|{name}||{between.join(map(escaped, LINES))}||||||F"


def file(kind: str, data: bytes) -> str:
    return f"OBX|1|ED|OPREP^Operative Report||^{kind}^Base64^{base64.b64encode(data).decode()}"


def head(kind: str, sender: str = "TRANSCRIBE|MERCY", version: str = "2.3") -> str:
    return f"MSH|^~\\&|{sender}|ENGINE|MERCY|202604011200||{kind}|{sender[:4]}7|P|{version}"


PID = "PID|1||55012^^^MERCY^MR||POE^ANN||19480203|F"
RTF = ("{\\rtf1\\ansi " + "\\par ".join(LINES) + "}").encode()
HTML = ("<html><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>").encode()

LAYOUTS: dict[str, Callable[[], str]] = {
    "document numbered, visit not": lambda: segments(
        head("MDM^T02^MDM_T02"), "EVN|T02|20260401", PID, "PV1||I|5 SOUTH",
        "TXA|1|OP^Operative Note|TX|20260331||||||||OP88", one_line("\\.br\\")),
    "account for the visit": lambda: segments(
        head("MDM^T02"), PID + "|" * 10 + "HAR0099", "PV1|1|I",
        "TXA|1|OPNT||20260331||||||||881^TRANS", *text_lines("&GDT")),
    "neither visit nor document nor status": lambda: segments(
        head("MDM^T02"), PID, "PV1|1|I" + "|" * 42 + "20260330",
        "TXA|1|SURG^Surgical Operative Report|FT|20260331", one_line("~")),
    "results, an observation a line": lambda: segments(
        head("ORU^R01", "MTLAB|GEN"), PID, "PV1|1|IN",
        "OBR|1||R7|OPR^OPERATIVE REPORT|||202603311000", *text_lines("OPR^OPERATIVE REPORT", "")),
    "results, sections by name": lambda: segments(
        head("ORU^R01"), PID, "PV1|1|I", "OBR|1||R8|OPN^Operative Note",
        *(f"OBX|{n}|FT|S{n}^{title}||{escaped(words)}" for n, (title, words) in
          enumerate((line.split(": ", 1) for line in LINES[1:]), 1))),
    "results with the note in comments": lambda: segments(
        head("ORU^R01"), PID, "PV1|1|I", "OBR|1||R9|11504-8^Operation note^LN",
        *(f"NTE|{n}||{escaped(line)}" for n, line in enumerate(LINES, 1))),
    "no event segment, placeholders for names": lambda: segments(
        head("MDM^T02", "SIM|SIM", "2.5"), PID, "PV1|1|I|A1|||9^DOC",
        "TXA|1|OP||20260331090642+0215|9|||||||Z6YT||||||IP",
        *text_lines("obs-id^obs-text^coding-system", "||||||F")),
    "rich text in a file": lambda: segments(
        head("MDM^T02", version="2.7"), PID, "PV1|1|I",
        "TXA|1|OP^Operative Note|RTF|20260331||||||||RT1", file("TEXT^RTF", RTF)),
    "a page in a file, its type left out": lambda: segments(
        head("MDM^T02"), PID, "PV1|1|I", "TXA|1|OP|HTML|20260331||||||||HT1",
        file("TEXT^HTML", HTML).replace("|ED|", "||")),
    "rich text in lines": lambda: segments(
        head("MDM^T02"), PID, "PV1|1|I", "TXA|1|OP|TX|20260331||||||||RT2",
        *(f"OBX|{n}|TX|OP||{escaped(line)}" for n, line in
          enumerate(RTF.decode().replace("\\par ", "\\par\n").split("\n"), 1))),
    "saved as text on the way": lambda: segments(
        head("MDM^T02"), "EVN|T02|20260401", PID, "PV1|1|I", "TXA|1|OP|TX|20260331||||||||TX1",
        "OBX|1|TX|11504-8^^LN||" + "\n".join(LINES) + "||||||F").replace("\r", "\n"),
    "a preliminary text and its order": lambda: segments(
        head("MDM^T02", version="2.8"), PID, "PV1|1|I", "ORC|RE|P9", "OBR|1|P9||OPR^Op Rpt",
        "TXA|1|4711^Clinical note|TX|20260331||||||||PR1|||||PA", *text_lines("OPR^Op Rpt")),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_note_of_every_layout_gives_its_answer(layout: str) -> None:
    encounter = one(LAYOUTS[layout]())
    report = check(encounter, code="27596")
    told = {result.id: result.status for result in report.requirements}
    assert encounter.documents[0].type == "operative_note"
    assert report.supported_code.value == "27596"
    assert [told[name] for name in NEEDED] == ["met"] * len(NEEDED)


NEEDED = ("prior-level", "new-level", "indication", "revision-necessity", "reconstruction",
          "laterality-note", "inpatient")  # fmt: skip


def test_the_note_passes_as_text() -> None:
    told = {r.id: r.status for r in check("\n".join(LINES), code="27596").requirements}
    assert [told[name] for name in NEEDED[:-1]] == ["met"] * (len(NEEDED) - 1)
