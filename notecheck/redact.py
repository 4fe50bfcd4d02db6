"""A report without words of the notes, for places that may not hold them: offsets stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from notecheck.models import Evidence, Report

_OF_EVIDENCE = frozenset(Evidence.model_fields)


def redacted(report: Report) -> Report:
    """`report` with the `text` of every evidence item empty; document, offsets and rule stay.

    Messages, values and questions are notecheck's own words; ids are the sender's, and stay.
    """
    return Report.model_validate(_without_words(report.model_dump(by_alias=True)))


def _without_words(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == _OF_EVIDENCE:
            return {**value, "text": ""}
        return {name: _without_words(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_words(inner) for inner in value]
    return value
