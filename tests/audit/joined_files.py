"""One visit whose operative note, history and charge come in files of their own."""

from __future__ import annotations

import json
from pathlib import Path

from read.fhir.resources import bundle, claim, condition, document_reference, procedure
from read.hl7.messages import dft, ft1, header, mdm, obx, segments, visit
from read.x12.interchanges import SURGEON, interchange

from .cases import THIGH

HISTORY = "Admitted as an inpatient. Osteomyelitis of the left above-knee amputation stump.\n"


def messages(folder: Path, number: str = "V100") -> None:
    """HL7 messages as an interface engine drops them: the charge, the history, the note."""
    folder.mkdir(parents=True, exist_ok=True)
    charge = dft(ft1("27596", "LT", transaction=f"T{number}"), number=number)
    history = segments(
        header("ORU^R01", f"R{number}"), "PID|1||123^^^HOSP", visit(number),
        f"OBR|1||R{number}|HP^History and physical", obx(HISTORY, name="hp^History and physical"),
    )  # fmt: skip
    note = mdm("T02", THIGH, doc_id=f"D{number}", number=number, control_id=f"M{number}")
    for name, content in (("charge", charge), ("history", history), ("note", note)):
        (folder / f"{number}_{name}.hl7").write_text(content)


def bundles(folder: Path) -> None:
    """FHIR Bundles of one Encounter, a document or the claim in each."""
    folder.mkdir(parents=True, exist_ok=True)
    stay = {"resourceType": "Encounter", "id": "V100", "status": "finished",
            "class": {"code": "IMP"}}  # fmt: skip
    billed = claim()
    billed["item"][0]["encounter"] = [{"reference": "Encounter/V100"}]
    made = {
        "charge": bundle(billed, condition(), procedure()),
        "history": bundle(document_reference("hp", HISTORY.encode(), loinc="34117-2"), stay),
        "note": bundle(document_reference("op", THIGH.encode()), stay),
    }
    for name, content in made.items():
        (folder / f"{name}.json").write_text(json.dumps(content))


def ccda(
    text: str, code: str, visit: str = "A100", patient: str = "P1", born: str = "19500102"
) -> str:
    return (
        '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
        f'<code code="{code}" codeSystem="2.16.840.1.113883.6.1"/><recordTarget><patientRole>'
        f'<id root="1.2.3" extension="{patient}"/><patient><birthTime value="{born}"/></patient>'
        "</patientRole></recordTarget><componentOf><encompassingEncounter>"
        f'<id root="1.2.4" extension="{visit}"/></encompassingEncounter></componentOf><component>'
        f"<structuredBody><component><section><text>{text}</text></section></component>"
        "</structuredBody></component></ClinicalDocument>"
    )


def documents_and_claims(folder: Path, born: str = "19500102") -> None:
    """C-CDA documents, and a day's claims of which one is of another visit."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "note.xml").write_text(ccda(THIGH, "11504-8"))
    (folder / "history.xml").write_text(ccda(HISTORY, "34117-2"))
    other = tuple(line.replace("A100", "Z9") for line in SURGEON)
    payer = "NM1*PR*2*MEDICARE"
    claims = interchange(SURGEON, other).replace(payer, f"DMG*D8*{born}*F~\n{payer}", 1)
    count = claims.rpartition("SE*")[2].partition("*")[0]
    counted = claims.replace(f"SE*{count}*", f"SE*{int(count) + 1}*")
    (folder / "day.837").write_text(counted)
