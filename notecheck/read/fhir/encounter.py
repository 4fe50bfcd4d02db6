"""A FHIR R4 resource -> Encounter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.fhir.claim import claim
from notecheck.read.fhir.documents import documents
from notecheck.read.fhir.node import Node
from notecheck.read.fhir.resources import Resources
from notecheck.read.shape import checked, shaped

_READ = frozenset({"Bundle", "DocumentReference", "Composition", "Procedure", "Claim", "Condition"})


def encounter_from_fhir(resource: Mapping[str, Any]) -> Encounter:
    """The encounter of a FHIR R4 `Bundle`, `DocumentReference` or `Composition`.

    `resource` is the JSON object. In a Bundle, `DocumentReference` and `Composition` become
    documents (attachments in base64: text, HTML, RTF, PDF, Word, C-CDA), `Claim` the claim, with
    the `Condition` and `Procedure` that it refers to. The id is that of the encounter that a
    document names, else of the Bundle's `Encounter`, else the resource's own, else made of its
    content.
    Raises InputError with the path of what is wrong. Links are never followed.
    """
    resources = Resources(resource)
    if resources.root.text("resourceType") not in _READ:
        raise InputError(
            "this type of FHIR resource is not read: "
            "give a Bundle, a DocumentReference or a Composition"
        )
    with shaped():
        found = documents(resources)
    if not found:
        raise InputError(
            "the FHIR resource holds no document that stands: "
            "add a DocumentReference or a Composition with the operative note"
        )
    with shaped():
        encounter = Encounter(
            encounter_id=_encounter_id(resources),
            documents=tuple(found),
            claim=claim(resources),
        )
    return checked(encounter)


def _encounter_id(resources: Resources) -> str:
    for told in _told_ids(resources):
        if told:
            return told
    content = json.dumps(resources.root.value, sort_keys=True).encode()
    return f"fhir-{hashlib.sha256(content).hexdigest()[:16]}"


def _told_ids(resources: Resources) -> Iterator[str | None]:
    for node in resources.of("DocumentReference"):
        context = node.child("context")
        for named in context.children("encounter") if context else ():
            yield _named(named.text("reference"), node, resources)
    for node in resources.of("Composition"):
        yield _named(node.reference("encounter"), node, resources)
    for node in resources.of("Encounter"):
        yield _of_encounter(node)
    yield from _own_ids(resources.root)


def _named(reference: str | None, owner: Node, resources: Resources) -> str | None:
    target = resources.target(reference, owner)
    own = _of_encounter(target) if target else None
    return own or (reference.rsplit("/", 1)[-1] if reference else None)


def _of_encounter(node: Node) -> str | None:
    """The number that the hospital knows the encounter by, else its id on the server."""
    numbers = (one.text("value") for one in node.children("identifier"))
    return next((number for number in numbers if number), node.text("id"))


def _own_ids(root: Node) -> Iterator[str | None]:
    if root.text("resourceType") == "Bundle":
        identifier = root.child("identifier")
        yield identifier.text("value") if identifier else None
    yield root.text("id")
