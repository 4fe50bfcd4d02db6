"""Queries as FHIR R4: a Questionnaire with the question, and a Communication that carries it.

The sender's own fields (requirement, status) stay out, since both resources are shown to the one
who is asked. Statuses are draft and in preparation: nobody has sent anything yet.
"""

from __future__ import annotations

import uuid
from typing import Any

from notecheck.query.model import Indicator, Query, QueryFile
from notecheck.query.text import query_text
from notecheck.read.fhir.bundle import collection

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:notecheck:query")


def queries_bundle(file: QueryFile) -> dict[str, Any]:
    """A Bundle of type collection: for each query its Questionnaire, then its Communication."""
    entries = []
    for query in file.queries:
        questionnaire, communication = _urn(query, "Questionnaire"), _urn(query, "Communication")
        entries.append({"fullUrl": questionnaire, "resource": _questionnaire(query)})
        entries.append({"fullUrl": communication, "resource": _communication(query, questionnaire)})
    return collection(entries)


def _urn(query: Query, resource: str) -> str:
    return uuid.uuid5(_NAMES, f"{resource}/{query.id}").urn


def _questionnaire(query: Query) -> dict[str, Any]:
    *offered, _other, unable = query.options
    return {
        "resourceType": "Questionnaire",
        "identifier": [{"value": query.id}],
        "title": query.subject,
        "status": "draft",
        "item": [
            {
                "linkId": "record",
                "type": "group",
                "text": "From the record",
                "item": [
                    {"linkId": f"record.{number}", "type": "display", "text": _quoted(indicator)}
                    for number, indicator in enumerate(query.indicators, start=1)
                ],
            },
            {
                # an open choice takes any other answer as text
                "linkId": "answer",
                "type": "open-choice",
                "text": query.question,
                "answerOption": [{"valueString": option} for option in (*offered, unable)],
            },
            {"linkId": "words", "type": "text", "text": "In your own words"},
            {"linkId": "instruction", "type": "display", "text": query.instruction},
        ],
    }


def _communication(query: Query, questionnaire: str) -> dict[str, Any]:
    return {
        "resourceType": "Communication",
        "identifier": [{"value": query.id}],
        "status": "preparation",
        "topic": {"text": query.subject},
        "encounter": {"identifier": {"value": query.encounter_id}},
        "recipient": [{"display": query.to}],
        "about": [{"reference": questionnaire}],
        "payload": [{"contentString": query_text(query)}],
    }


def _quoted(indicator: Indicator) -> str:
    dated = f", {indicator.date.isoformat()}" if indicator.date else ""
    return f'"{indicator.text}" ({indicator.doc_id}{dated}, line {indicator.line})'
