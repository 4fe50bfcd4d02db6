"""The rows of one encounter, as a table gives them -> the encounter in its usual shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.shape import encounter_from_object

Row = Mapping[str, str | None]

_SEVERAL = re.compile(r"[\s,;|]+")
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_CLAIM = ("claim_id", "payer", "form", "place_of_service", "type_of_bill", "admission_date")
_TYPES = {"h&p": "history_and_physical", "operative_report": "operative_note"}


def encounter_from_rows(rows: Sequence[Row]) -> Encounter:
    """One encounter of rows that share their encounter id, each telling a document, a line or both.

    A document or a line that is told again, as a join of two tables does, counts once. What tells
    the claim, the surgeon or the facility is taken from the first row that has it.
    Raises InputError as `encounter_from_object`, and when no row has an encounter id or a text.
    """
    encounter_id = _first(rows, "encounter_id")
    if encounter_id is None:
        raise InputError("the encounter id is empty: give each row the id of its encounter")
    if not any(row.get("text") for row in rows):
        raise InputError("no row of this encounter has a text: give at least one document")
    return encounter_from_object(
        {
            "encounter_id": encounter_id,
            "documents": _documents(rows),
            "claim": _claim(rows),
            "meta": {name: _first(rows, name) for name in ("surgeon", "facility", "payer")},
        }
    )


def _documents(rows: Sequence[Row]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in rows:
        text = row.get("text")
        if not text:
            continue
        document = {"type": _type(row), "date": _date(row, "date"), "text": text}
        told_id = _value(row, "doc_id")
        if told_id is not None:
            document["doc_id"] = told_id
        if document not in found:
            found.append(document)
    for number, document in enumerate(found, start=1):
        document.setdefault("doc_id", f"doc{number}")
    return found


def _claim(rows: Sequence[Row]) -> dict[str, Any] | None:
    lines: list[dict[str, Any]] = []
    for row in rows:
        line = {
            "code": _value(row, "code"),
            "modifiers": _values(row, "modifiers"),
            "units": _value(row, "units"),
            "service_date": _date(row, "service_date"),
            "diagnoses": _values(row, "diagnoses"),
        }
        if line["code"] is not None and line not in lines:
            lines.append(line)
    claim: dict[str, Any] = {name: _first(rows, name) for name in _CLAIM}
    procedures = list(dict.fromkeys(code for row in rows for code in _values(row, "procedures")))
    if not lines and not procedures and not any(claim[name] for name in _CLAIM if name != "payer"):
        # A payer alone says who would pay, not that something was billed.
        return None
    claim["admission_date"] = _without_midnight(claim["admission_date"])
    return claim | {"lines": lines, "procedures": [{"code": code} for code in procedures]}


def _type(row: Row) -> str:
    told = _value(row, "type")
    if told is None:
        return "operative_note"
    plain = re.sub(r"[\s\-]+", "_", told.lower())
    return _TYPES.get(plain, plain)


def _date(row: Row, name: str) -> str | None:
    return _without_midnight(_value(row, name))


def _without_midnight(value: str | None) -> str | None:
    return None if value is None else _MIDNIGHT.sub("", value)


def _value(row: Row, name: str) -> str | None:
    return (row.get(name) or "").strip() or None


def _values(row: Row, name: str) -> list[str]:
    return [value for value in _SEVERAL.split(row.get(name) or "") if value]


def _first(rows: Sequence[Row], name: str) -> str | None:
    return next((value for row in rows if (value := _value(row, name)) is not None), None)
