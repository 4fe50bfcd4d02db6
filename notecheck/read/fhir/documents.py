"""DocumentReference, Composition, DiagnosticReport and Communication -> Document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from notecheck.errors import InputError
from notecheck.models import Document, ReadingRemark
from notecheck.read.coded import Concept, document_type
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.fhir.content import attachments, content_text, is_link, results
from notecheck.read.fhir.node import Node
from notecheck.read.fhir.resources import Resources
from notecheck.read.remarks import link, picture, remark, unreadable

KINDS = ("DocumentReference", "Composition", "DiagnosticReport", "Communication")
# A document in one of these states says nothing about the operation any more.
_VOID_STATES = frozenset({"superseded", "entered-in-error", "cancelled", "deprecated"})
_REPLACES = frozenset({"replaces", "transforms"})
# Resources that hold words or pictures of their own, in a form that is not read; of those of any
# other type the elements that do.
_NOT_READ = frozenset({
    "QuestionnaireResponse", "Media", "ClinicalImpression", "DocumentManifest", "OperationOutcome",
})  # fmt: skip
_WORDS = frozenset({
    "note", "valueAttachment", "contentAttachment", "valueMarkdown", "contentString", "comment",
})  # fmt: skip
_PROSE = re.compile(r"(?:[^\W\d]{2,}\W+){8}")  # so many words in a row are more than a value


@dataclass(slots=True)
class Documents:
    """What stands: the documents, the nodes that they were read from, and what was not read."""

    found: list[Document] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    remarks: list[ReadingRemark] = field(default_factory=list)
    patient_class: str | None = None


def documents(resources: Resources) -> Documents:
    """The documents of `resources` that stand, in the order given.

    Void documents, and those that another one here replaces, are left out. One whose text is not
    there or cannot be read is a remark; raises its InputError where no other is left.
    """
    given = [node for kind in KINDS for node in resources.of(kind)]
    replaced = {id(node.value) for one in given for node in _replaced_by(one, resources)}
    read = Documents()
    faults: list[InputError] = []
    for node in given:
        if id(node.value) in replaced or _is_void(node):
            continue
        try:
            text = content_text(node, resources)
        except InputError as error:
            faults.append(error)
            read.remarks.append(_remark(node, resources, error))
            continue
        taken = {document.doc_id for document in read.found}
        read.found.append(_document(node, text, taken))
        read.nodes.append(node)
        read.remarks += text.remarks
        read.patient_class = read.patient_class or text.patient_class
    if not read.found and faults:
        raise faults[0]
    read.remarks += _passed_over(resources)
    return read


def _passed_over(resources: Resources) -> Iterator[ReadingRemark]:
    """What the resources of other types tell in words, or show."""
    told = {observation.path for report in resources.of("DiagnosticReport")
            for observation in results(report, resources)}  # fmt: skip
    for node in resources:
        kind = node.text("resourceType") or ""
        if kind in _NOT_READ:
            yield remark(kind, "resource", "resources of this type are not read")
        elif kind not in KINDS and node.path not in told:
            for name in sorted(_words(node.value) | _prose(node)):
                yield remark(f"{kind}, {name}", "resource", "notes beside the codes are not read")


def _prose(node: Node) -> set[str]:
    """An observation's value in sentences, and a narrative that says more than the codes."""
    value, narrative = node.value.get("valueString"), node.value.get("text")
    found = {"valueString"} if isinstance(value, str) and _PROSE.search(value) else set()
    if isinstance(narrative, Mapping) and narrative.get("status") == "additional":
        found.add("text")
    return found


def _words(value: object) -> set[str]:
    """The elements anywhere in `value` that hold words or a file."""
    if isinstance(value, Mapping):
        own = {name for name, held in value.items() if name in _WORDS and held}
        return own.union(*map(_words, value.values()))
    if isinstance(value, list):
        return set().union(*map(_words, value))
    return set()


def _remark(node: Node, resources: Resources, error: InputError) -> ReadingRemark:
    name = f"{node.text('resourceType')} {node.text('id') or ''}".strip()
    for attachment in attachments(node):
        if (attachment.text("contentType") or "").startswith("image/"):
            return picture(name)
        if is_link(attachment, node, resources):
            return link(name)
    return unreadable(name, error.message)


def _replaced_by(node: Node, resources: Resources) -> Iterator[Node]:
    for relation in node.children("relatesTo"):
        code = relation.value.get("code")
        told = [code] if isinstance(code, str) else [c for _, c in relation.codes("code")]
        if _REPLACES.intersection(told):
            name = "targetReference" if "targetReference" in relation.value else "target"
            target = resources.target(relation.reference(name), node)
            if target:
                yield target


def _is_void(node: Node) -> bool:
    return node.text("status") in _VOID_STATES or node.text("docStatus") in _VOID_STATES


def _document(node: Node, text: DocumentText, taken: set[str]) -> Document:
    context = node.child("context") if isinstance(node.value.get("context"), dict) else None
    date = (
        (context.date("period") if context else None)
        or node.date("period", "effectiveDateTime", "effectivePeriod", "date", "created", "indexed")
        or node.date("issued")
        or text.date
    )
    kind = document_type(_concepts(node), _titles(node), text=text.text, told=text.type)
    name = node.text("id") or kind
    signer = next(iter(_signatures(node)), (None, None))
    return Document(
        doc_id=name if name not in taken else f"{name}-{len(taken) + 1}",
        type=kind,
        date=date,
        author=next(_named(node, "author"), None) or text.author,
        signed_by=signer[0] or text.signed_by,
        signed_at=signer[1] or text.signed_at,
        text=text.text,
        page_starts=text.page_starts,
    )


def _concepts(node: Node) -> list[Concept]:
    """Every coded name: type, code, and the class that is above it."""
    found: list[Concept] = []
    for name in ("type", "code", "class", "category"):
        for concept in node.children(name) if node.value.get(name) else ():
            codings = list(concept.children("coding"))
            found.append(Concept(
                tuple(coding.text("code") or "" for coding in codings),
                (concept.text("text") or "", *(coding.text("display") or "" for coding in codings)),
            ))  # fmt: skip
    own = [one for one in found if any(one.codes) or any(one.titles)]
    # A class such as "Clinical Note" says nothing where the type is told.
    return own[:1] if node.value.get("type") or node.value.get("code") else own


def _titles(node: Node) -> list[str]:
    titles = [node.text("title") or "", node.text("description") or ""]
    return titles + [attachment.text("title") or "" for attachment in attachments(node)]


def _named(node: Node, name: str) -> Iterator[str]:
    for person in node.children(name):
        if told := person.text("display"):
            yield told


def _signatures(node: Node) -> Iterator[tuple[str | None, str | None]]:
    """Who signed, and when: authenticator, attester, or the interpreter of a report."""
    for attester in node.children("attester"):
        party = attester.child("party")
        mode = attester.value.get("mode")
        if mode != "personal" and party:
            yield party.text("display"), attester.text("time")
    for name in ("authenticator", "resultsInterpreter"):
        for told in _named(node, name):
            yield told, None
