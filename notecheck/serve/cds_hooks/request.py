"""The request of an EHR -> one FHIR Bundle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ValidationError

from notecheck.errors import InputError
from notecheck.read.fhir.bundle import collection
from notecheck.serve.cds_hooks.discovery import DOCUMENTS, HOOK
from notecheck.serve.problems import Refused
from notecheck.wrong_values import sentence


class _Context(BaseModel):
    userId: str
    patientId: str
    encounterId: str


class _Request(BaseModel):
    hook: str
    hookInstance: str
    context: _Context
    prefetch: dict[str, dict[str, Any] | None] = {}


@dataclass(frozen=True)
class HookCall:
    """`user` is who works in the EHR; `bundle` holds what was sent along."""

    user: str
    bundle: dict[str, Any]


def hook_call(value: object) -> HookCall:
    """The call that a request's JSON describes.

    Raises InputError naming the field that is wrong, Refused 412 when the documents were not
    sent along.
    """
    try:
        request = _Request.model_validate(value)
    except ValidationError as error:
        raise InputError(sentence(error)) from None
    if request.hook != HOOK:
        raise InputError(f"this service is for the hook {HOOK}")
    if request.prefetch.get(DOCUMENTS) is None:
        raise Refused(
            HTTPStatus.PRECONDITION_FAILED,
            f"the prefetch `{DOCUMENTS}` is missing: nothing is read from the EHR itself",
        )
    if _is_failure(request.prefetch[DOCUMENTS]):
        raise Refused(
            HTTPStatus.PRECONDITION_FAILED,
            f"the prefetch `{DOCUMENTS}` is an OperationOutcome: the EHR could not give the "
            "documents, and nothing is read from it itself",
        )
    entries = list(_entries(request.prefetch))
    if not any(_kind(entry) == "Encounter" for entry in entries):
        told = {"resourceType": "Encounter", "id": request.context.encounterId}
        entries.append({"resource": told})
    bundle = collection(entries)
    return HookCall(request.context.userId, bundle)


def _entries(prefetch: Mapping[str, dict[str, Any] | None]) -> Iterator[dict[str, Any]]:
    for resource in prefetch.values():
        if resource is None:
            continue
        if resource.get("resourceType") != "Bundle":
            yield {"resource": resource}
            continue
        for entry in _told_by(resource):
            if _kind(entry) != "OperationOutcome":
                yield dict(entry)


def _told_by(bundle: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    entries = bundle.get("entry") or []
    if not isinstance(entries, list):
        raise InputError("`prefetch`: the `entry` of a Bundle must be a list")
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _is_failure(documents: Mapping[str, Any] | None) -> bool:
    """Whether the EHR answered with errors alone in the place of documents."""
    told: list[Mapping[str, Any]] = [{"resource": documents}]
    if documents and documents.get("resourceType") == "Bundle":
        told = _told_by(documents)
    return bool(told) and all(_kind(entry) == "OperationOutcome" for entry in told)


def _kind(entry: Mapping[str, Any]) -> object:
    resource = entry.get("resource")
    return resource.get("resourceType") if isinstance(resource, Mapping) else None
