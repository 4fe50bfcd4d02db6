"""Queries as text: what the surgeon is shown, without the sender's own fields."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.query.model import Indicator, Query, QueryFile
from notecheck.report.columns import wrap
from notecheck.report.safe import one_line

_WIDTH = 80
_NOBODY = "No open question.\n"


def queries_text(file: QueryFile) -> str:
    """All queries, one after another; no line is longer than 80 columns."""
    if not file.queries:
        return _NOBODY
    count = len(file.queries)
    return "\n\n".join(
        "\n".join(_lines(query, number, count)) for number, query in enumerate(file.queries, 1)
    ) + "\n"  # fmt: skip


def query_text(query: Query) -> str:
    """One query by itself."""
    return "\n".join(_lines(query, 1, 1)) + "\n"


def _lines(query: Query, number: int, count: int) -> Iterator[str]:
    headline = f"Query {number} of {count}: {query.subject}"
    yield from _wrapped(headline)
    yield "=" * min(len(headline), _WIDTH)
    day = query.service_date.isoformat() if query.service_date else "______"
    told = f"Encounter {one_line(query.encounter_id)}, operation of {day}"
    if query.patient_id:
        told = f"Patient {one_line(query.patient_id)}. {told}"
    yield from _wrapped(told)
    yield from _wrapped(f"To {one_line(query.to)}")
    yield "From ____________________ (name and role), sent on ____________"
    yield ""
    yield "From the record:"
    for indicator in query.indicators:
        yield from _wrapped(f'"{one_line(indicator.text)}"', " - ")
        yield from _wrapped(_place(indicator), "   ")
    yield ""
    yield from _wrapped(query.question)
    for option in query.options:
        yield from _wrapped(option, " [ ] ")
    yield ""
    yield "In your own words: ______________________________________________________"
    yield ""
    yield from _wrapped(query.instruction)
    yield "Signature ____________________ date and time ____________________"


def _place(indicator: Indicator) -> str:
    told = [indicator.type.replace("_", " ")]
    if indicator.date:
        told.append(indicator.date.isoformat())
    if indicator.section:
        told.append(indicator.section.replace("_", " "))
    return f"{one_line(indicator.doc_id)}, line {indicator.line}: {', '.join(told)}"


def _wrapped(text: str, first: str = "") -> list[str]:
    return wrap(text, _WIDTH, first=first, rest=" " * len(first))
