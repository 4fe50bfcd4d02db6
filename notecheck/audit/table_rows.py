"""The rows of one encounter, as a table gives them -> the encounter in its usual shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from notecheck.audit.dates import iso_date
from notecheck.audit.table_options import DateOrder
from notecheck.errors import InputError
from notecheck.models import DocumentType, Encounter
from notecheck.read.coded import document_type
from notecheck.read.shape import encounter_from_object

Row = Mapping[str, str | None]

_SEVERAL = re.compile(r"[\s,;|]+")
_KNOWN_TYPES = frozenset(get_args(DocumentType))
_FORMS = (
    (("prof", "cms", "hcfa", "837p", "pb"), "professional"),
    (("inst", "ub", "837i", "hb", "facility"), "institutional"),
)
_CLAIM = ("claim_id", "payer", "form", "place_of_service", "type_of_bill", "admission_date")


def encounter_from_rows(
    rows: Sequence[Row], order: DateOrder = "mdy", types: Mapping[str, str] | None = None
) -> Encounter:
    """One encounter of rows that share their encounter id, each telling a document, a line or both.

    A document or a line that is told again, as a join of two tables does, counts once. What tells
    the claim, the surgeon or the facility is taken from the first row that has it. `order` is that
    of ambiguous dates, `types` what a site's names of document types (folded) stand for.
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
            "documents": _documents(rows, order, types or {}),
            "claim": _claim(rows, order),
            "meta": {name: _first(rows, name) for name in ("surgeon", "facility", "payer")},
        }
    )


def _documents(
    rows: Sequence[Row], order: DateOrder, types: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The documents that the rows tell. Where none of them has a date of its own, the date of
    service of its row is a document's: an export with one date for everything calls it that."""
    dated = any(_value(row, "date") for row in rows)
    found: list[dict[str, Any]] = []
    seen: list[dict[str, Any]] = []
    for row in _lines_joined(rows):
        text = row.get("text")
        if not text:
            continue
        document: dict[str, Any] = {"type": _type(row, types), "text": text}
        told_id = _value(row, "doc_id")
        if told_id is not None:
            document["doc_id"] = told_id
        if dated:
            document["date"] = _date(row, "date", order)
        if document not in seen:  # joined with lines of several days it is still one document
            seen.append(document)
            found.append({"date": _date(row, "service_date", order), **document})
    return _named(found)


def _lines_joined(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of one document that each hold a line of its text (`text_line`) in one."""
    lines: dict[str, list[tuple[int, Row]]] = {}
    for row in rows:
        doc_id, number = _value(row, "doc_id"), _value(row, "text_line") or ""
        if doc_id and row.get("text") and number.removesuffix(".0").isdecimal():
            lines.setdefault(doc_id, []).append((int(number.removesuffix(".0")), row))
    joined: dict[str, str] = {}
    for doc_id, numbered in lines.items():
        texts = {number: row["text"] or "" for number, row in numbered}
        if len(set(texts.values())) > 1:  # else they number something else, such as a claim's lines
            joined[doc_id] = "\n".join(text for _, text in sorted(texts.items()))
    return [
        {**row, "text": joined[doc_id]} if (doc_id := _value(row, "doc_id")) in joined else row
        for row in rows
    ]


def _named(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for number, document in enumerate(found, start=1):
        document.setdefault("doc_id", f"doc{number}")
    return found


def _claim(rows: Sequence[Row], order: DateOrder) -> dict[str, Any] | None:
    lines: list[dict[str, Any]] = []
    for row in rows:
        line = {
            "code": _value(row, "code"),
            "modifiers": _values(row, "modifiers"),
            "units": _units(row),
            "service_date": _date(row, "service_date", order),
            "diagnoses": _values(row, "diagnoses"),
        }
        if line["code"] is not None and line not in lines:
            lines.append(line)
    claim: dict[str, Any] = {name: _first(rows, name) for name in _CLAIM}
    procedures = list(dict.fromkeys(code for row in rows for code in _values(row, "procedures")))
    if not lines and not procedures and not any(claim[name] for name in _CLAIM if name != "payer"):
        # A payer alone says who would pay, not that something was billed.
        return None
    admitted = claim["admission_date"]
    claim["admission_date"] = iso_date(admitted, order) if admitted else None
    claim["form"] = _form(claim["form"])
    return claim | {"lines": lines, "procedures": [{"code": code} for code in procedures]}


def _type(row: Row, types: Mapping[str, str]) -> str:
    """Our word for the document's type: the site's own mapping, our own word, else by its title."""
    told = _value(row, "type")
    if told is None:
        return "operative_note"
    plain = re.sub(r"[\s\-]+", "_", told.lower())
    return types.get(told.casefold()) or (
        plain if plain in _KNOWN_TYPES else document_type((), (told.replace("_", " "),))
    )


def _date(row: Row, name: str, order: DateOrder) -> str | None:
    value = _value(row, name)
    return None if value is None else iso_date(value, order)


def _form(told: str | None) -> str | None:
    """What exports call the two forms, by the first letters of the words or the form's own name."""
    plain = (told or "").casefold()
    return next((form for names, form in _FORMS if plain.startswith(names)), told)


def _units(row: Row) -> str | None:
    value = _value(row, "units")
    return value.removesuffix(".0") if value else None


def _value(row: Row, name: str) -> str | None:
    return (row.get(name) or "").strip() or None


def _values(row: Row, name: str) -> list[str]:
    return [value for value in _SEVERAL.split(row.get(name) or "") if value]


def _first(rows: Sequence[Row], name: str) -> str | None:
    return next((value for row in rows if (value := _value(row, name)) is not None), None)
