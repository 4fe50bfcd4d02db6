"""Charts as three EHRs would export them: each writes the same charts in its own way."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

from openpyxl import Workbook

_OP = (
    "OPERATION: Revision of {side} above-knee amputation.\r\n"
    "INDICATIONS: Infected {side} thigh stump, osteomyelitis of the femur\u2019s end.\r\n"
    "The {side} femur was divided with a saw 12 cm below the greater trochanter; myodesis, "
    "then closure of fascia and skin."
)
_HP = "{side} above-knee amputation stump with osteomyelitis. Plan: admit as an inpatient."
_EXCEL_DAY = dt.date(1899, 12, 30)


def _days(number: int) -> tuple[dt.date, dt.date]:
    operation = dt.date(2026, 1, 5) + dt.timedelta(days=number % 90)
    return operation, operation - dt.timedelta(days=1)


def _side(number: int) -> tuple[str, str]:
    return ("left", "LT") if number % 2 else ("right", "RT")


def comma_file(path: Path, charts: int) -> None:
    """Windows-1252, American dates with times, modifiers and diagnoses spread over columns."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    spread = [f"MODIFIER_{n}" for n in range(1, 5)] + [f"DX_{n}" for n in range(1, 13)]
    writer.writerow(
        ["PAT_ENC_CSN_ID", "NOTE_ID", "IP_NOTE_TYPE", "CONTACT_DATE", "NOTE_TEXT", "CPT_CODE"]
        + ["SERVICE_DATE", *spread, "PAYOR_NAME"]
    )
    for number in range(charts):
        (operation, before), (side, modifier) = _days(number), _side(number)
        us = "%m/%d/%Y 07:15 AM"
        line = ["27596", operation.strftime("%m/%d/%Y"), modifier, "78", "", ""]
        line += ["T87.44", "E11.52", *[""] * 10, "Medicare"]
        csn = f"9{number:05}"
        writer.writerow(
            [csn, f"{csn}1", "Op Note", operation.strftime(us), _OP.format(side=side), *line]
        )
        writer.writerow(
            [csn, f"{csn}2", "H&P", before.strftime(us), _HP.format(side=side), *[""] * 19]
        )
    path.write_bytes(text.getvalue().encode("cp1252"))


def pipe_file(path: Path, charts: int) -> None:
    """A title above the header, cells parted by bars, lines ended by CR alone, European dates."""
    lines = ["Surgical documents, first quarter", ""]
    lines.append("Encntr_Id|Event_Title_Text|Event_End_Dt_Tm|Blob_Contents|CPT|Mod 1|Mod 2|DOS")
    for number in range(charts):
        (operation, before), (side, modifier) = _days(number), _side(number)
        body = _OP.format(side=side).replace("\r\n", " ")
        eu = "%d/%m/%Y %H:%M"
        lines.append(
            f"C{number:04}|Operative Report|{operation.strftime(eu)}|{body}|27596|{modifier}||"
            f"{operation.strftime('%d/%m/%Y')}"
        )
        lines.append(
            f"C{number:04}|History and Physical|{before.strftime(eu)}|{_HP.format(side=side)}||||"
        )
    path.write_bytes("\r".join(lines).encode("utf-8"))


def workbook(path: Path, charts: int) -> None:
    """Dates as serial numbers, the header in the fourth row, whole numbers as ids."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Report of the surgical service"], [], ["Run by", "HIM"]):
        sheet.append(row)
    sheet.append(
        ["Account Number", "Report Type", "Report Date", "Report Text", "HCPCS", "Modifier", "Dx 1"]
    )
    for number in range(charts):
        (operation, before), (side, modifier) = _days(number), _side(number)
        serials = [(day - _EXCEL_DAY).days for day in (operation, before)]
        body = _OP.format(side=side)
        sheet.append([7_000 + number, "Brief Op Note", serials[0], body, 27596, modifier, "T87.44"])
        sheet.append([7_000 + number, "PreOp H&P", serials[1], _HP.format(side=side)])
    book.save(path)
