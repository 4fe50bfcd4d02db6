"""A FHIR resource -> Encounter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from notecheck.errors import FhirError
from notecheck.models import Document, Encounter
from notecheck.read.coded import class_statement
from notecheck.read.fhir.bundle import BUNDLE, WHOLE
from notecheck.read.fhir.claim import read_claims
from notecheck.read.fhir.documents import KINDS, Documents, documents
from notecheck.read.fhir.node import Node
from notecheck.read.fhir.resources import Resources
from notecheck.read.remarks import distinct
from notecheck.read.shape import checked, shaped
from notecheck.read.text import shown_id

_NEVER = frozenset({"cancelled", "entered-in-error"})  # an Encounter that did not take place
_READ = frozenset({
    *WHOLE, "Procedure", "Claim", "ExplanationOfBenefit", "Condition", *KINDS,
})  # fmt: skip


@shaped()
def encounter_from_fhir(resource: Mapping[str, Any]) -> Encounter:
    """The encounter of a FHIR `Bundle`, `Parameters`, or one document alone, of STU3 to R5.

    `resource` is the JSON object. In a Bundle, `DocumentReference`, `Composition` and
    `DiagnosticReport` become documents (attachments in base64: text, HTML, RTF, PDF, Word, C-CDA),
    `Communication` what is attached to it, and `Claim` (else `ExplanationOfBenefit`) the claim,
    with the `Condition` and `Procedure` that it refers to; of several claims the professional one
    is the claim and the others are `other_claims`. The class of the `Encounter` is a statement of
    the setting. The id is that of the encounter that a document names, else of
    the Bundle's `Encounter`, else the resource's own, else made of its content.
    Raises InputError with the path of what is wrong, and for the documents of two patients. Links
    are never followed.
    """
    resources = Resources(resource)
    kind = resources.root.text("resourceType") or ""
    if kind not in _READ:
        raise FhirError(
            f"this type of FHIR resource is not read ({shown_id(kind)}): "
            "give a Bundle, a DocumentReference, a DiagnosticReport or a Composition"
        )
    read = documents(resources)
    if not read.found:
        raise FhirError(
            "the FHIR resource holds no document that stands: "
            "add a DocumentReference or a Composition with the operative note"
        )
    claims = read_claims(resources)
    patient = _one_patient([*read.nodes, *claims.nodes], resources)
    statement = _class(resources, read)
    encounter = Encounter(
        encounter_id=_encounter_id(resources),
        patient_id=patient,
        documents=(*read.found, *([statement] if statement else ())),
        claim=claims.claims[0] if claims.claims else None,
        other_claims=tuple(claims.claims[1:]),
        reading=distinct((*resources.remarks, *read.remarks, *claims.remarks)),
    )
    return checked(encounter)


def _one_patient(nodes: list[Node], resources: Resources) -> str | None:
    """The patient of all of them, or None. Raises InputError when there are two."""
    named: dict[str, None] = {}
    for node in nodes:
        for name in ("subject", "patient"):
            told = node.child(name) if isinstance(node.value.get(name), Mapping) else None
            reference = told.text("reference") if told else None
            if not reference or reference.startswith("#"):
                continue
            target = resources.target(reference, node)
            own = target.text("id") if target else None
            named[own or reference.split("/_history/")[0].rstrip("/").rsplit("/", 1)[-1]] = None
    if len(named) > 1:
        raise FhirError(
            "the resources are of two patients (`subject`, `patient`): give those of one at a time"
        )
    return next(iter(named), None)


def _class(resources: Resources, read: Documents) -> Document | None:
    """What the class of the documents' Encounter states of the setting, an operative note's first.

    Where no document names one that has a class, any Encounter's that took place.
    """
    kinds = [document.type == "operative_note" for document in read.found]
    by_kind = sorted(zip(kinds, read.nodes, strict=True), key=lambda pair: not pair[0])
    named = [
        target
        for _, node in by_kind
        for reference in _encounters(node)
        if (target := resources.target(reference, node))
    ]
    for node in [*named, *([] if named else resources.of("Encounter"))]:
        if node.text("status") in _NEVER:
            continue
        for one in node.children("class") if not isinstance(node.value.get("class"), str) else ():
            codings = [one, *one.children("coding")]
            for coding in codings:
                found = class_statement(coding.text("code") or "", coding.text("display") or "")
                if found:
                    return found
        if isinstance(node.value.get("class"), str):  # as DSTU2 has it
            found = class_statement(node.value["class"], node.value["class"])
            if found:
                return found
    return class_statement(read.patient_class) if read.patient_class else None


def _encounters(node: Node) -> Iterator[str]:
    """The references of a document to its encounters."""
    for context in node.children("context"):
        for named in context.children("encounter"):
            yield named.text("reference") or ""
        reference = context.text("reference")  # R5 has the encounter itself here
        if reference and "Encounter" in reference:
            yield reference
    for named in node.children("encounter"):
        yield named.text("reference") or ""


def _encounter_id(resources: Resources) -> str:
    for told in _told_ids(resources):
        if told:
            return told
    content = json.dumps(resources.root.value, sort_keys=True).encode()
    return f"fhir-{hashlib.sha256(content).hexdigest()[:16]}"


def _told_ids(resources: Resources) -> Iterator[str | None]:
    for kind in KINDS:
        for node in resources.of(kind):
            for reference in _encounters(node):
                yield _named(reference, node, resources)
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
    if root.text("resourceType") == BUNDLE:
        identifier = root.child("identifier")
        yield identifier.text("value") if identifier else None
    yield root.text("id")
