"""HL7 v2 messages for tests."""

from __future__ import annotations

NOTE = "OPERATION: Re-amputation, left thigh.\nThe femur was cut at mid-shaft."


def segments(*lines: str) -> str:
    return "\r".join(lines) + "\r"


def header(kind: str, control_id: str = "M1") -> str:
    return f"MSH|^~\\&|HIS|HOSP|NC|HOSP|20260302120000||{kind}|{control_id}|P|2.5.1"


def visit(number: str = "V100", patient_class: str = "U") -> str:
    fields = ["PV1", "1", patient_class, *[""] * 16, f"{number}^^^HOSP", *[""] * 24, "202603011000"]
    return "|".join(fields)


def escaped(text: str) -> str:
    """Text as a sender writes it into a field."""
    for char, code in (("\\", "E"), ("|", "F"), ("^", "S"), ("&", "T"), ("~", "R")):
        text = text.replace(char, f"\\{code}\\") if char != "\\" else text.replace("\\", "\\E\\")
    return text.replace("\n", "\\.br\\")


def obx(value: str, number: int = 1, kind: str = "TX", name: str = "op^Operative note") -> str:
    return f"OBX|{number}|{kind}|{name}||{value}||||||F"


def mdm(
    event: str,
    *values: str,
    doc_id: str = "D1",
    parent: str = "",
    control_id: str = "",
    kind: str = "OP",
    number: str = "V100",
    availability: str = "AV",
) -> str:
    txa = ["TXA", "1", kind, "TX", "20260302090000", *[""] * 7, doc_id, parent,
           *[""] * 3, "AU", "", availability]  # fmt: skip
    return segments(
        header(f"MDM^{event}^MDM_{event}", control_id or f"{event}{doc_id}"),
        "EVN||20260302",
        "PID|1||123^^^HOSP||DOE^J",
        visit(number),
        "|".join(txa),
        *(obx(value, place) for place, value in enumerate(values, 1)),
    )


def ft1(
    code: str,
    modifiers: str = "",
    kind: str = "CG",
    transaction: str = "T1",
    diagnoses: str = "",
    units: str = "1",
) -> str:
    fields = ["FT1", "1", transaction, "", "20260302", "", kind, "", "", "", units,
              *[""] * 8, diagnoses, *[""] * 5, f"{code}^^C4", modifiers]  # fmt: skip
    return "|".join(fields)


def dft(*more: str, control_id: str = "C1", number: str = "V100") -> str:
    return segments(
        header("DFT^P03^DFT_P03", control_id), "EVN||20260303", "PID|1||123", visit(number), *more
    )
