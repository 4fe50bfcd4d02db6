"""DocumentReference, Composition, DiagnosticReport and Communication -> Document."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from notecheck.errors import InputError
from notecheck.models import Document, ReadingRemark
from notecheck.read.binary import binary_kind
from notecheck.read.coded import Concept, document_type
from notecheck.read.documents.document_text import DocumentText, joined_text
from notecheck.read.documents.extract import document_text
from notecheck.read.documents.html import html_text
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
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


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
            text = _text(node, resources)
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
            for observation in _results(report, resources)}  # fmt: skip
    for node in resources:
        kind = node.text("resourceType") or ""
        if kind in _NOT_READ:
            yield remark(kind, "resource", "resources of this type are not read")
        elif kind not in KINDS and node.path not in told:
            for name in sorted(_words(node.value)):
                yield remark(f"{kind}, {name}", "resource", "notes beside the codes are not read")


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
    for attachment in _attachments(node):
        if (attachment.text("contentType") or "").startswith("image/"):
            return picture(name)
        url = attachment.text("url")
        if url and not attachment.text("data") and resources.target(url, node) is None:
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


def _text(node: Node, resources: Resources) -> DocumentText:
    kind = node.text("resourceType")
    if kind == "Composition":
        text = joined_text(list(_sections(node)) or [DocumentText("")])
    else:
        text = _content(node, resources)
    if not text.text.strip():
        raise node.fault("has no text: give it as an attachment's `data` or as a section's `text`")
    return text


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
    return titles + [attachment.text("title") or "" for attachment in _attachments(node)]


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


def _attachments(node: Node) -> Iterator[Node]:
    for content in node.children("content"):
        attachment = content.child("attachment")
        if attachment is not None:
            yield attachment
    yield from node.children("presentedForm")
    for payload in node.children("payload"):
        attachment = payload.child("contentAttachment")
        if attachment is not None:
            yield attachment


def _content(node: Node, resources: Resources) -> DocumentText:
    """The first form that can be read: the others are the same document in other formats.

    Several of one format are its parts. A report without any has its results and conclusion.
    """
    faults: list[InputError] = []
    forms: dict[str, list[Node]] = {}
    for attachment in _attachments(node):
        forms.setdefault(attachment.text("contentType") or str(len(forms)), []).append(attachment)
    for parts in forms.values():
        read: list[DocumentText] = []
        for attachment in parts:
            try:
                read.append(_attachment(attachment, node, resources))
            except InputError as error:
                faults.append(error)
        if read:
            missing = [unreadable(f"part of {node.text('id') or 'a document'}", f.message)
                       for f in faults] if len(read) < len(parts) else []  # fmt: skip
            return joined_text(read).remarked(*missing)
    told = list(_told_by_report(node, resources))
    if told:
        return joined_text(told)
    raise faults[0] if faults else node.fault("is missing", "content")


def _told_by_report(node: Node, resources: Resources) -> Iterator[DocumentText]:
    """A report's results in words, and its conclusion; a message's words."""
    for observation in _results(node, resources):
        yield DocumentText(observation.text("valueString") or "")
    if node.text("conclusion"):
        yield DocumentText(node.text("conclusion") or "")
    for payload in node.children("payload"):
        if payload.text("contentString"):
            yield DocumentText(payload.text("contentString") or "")


def _results(node: Node, resources: Resources) -> Iterator[Node]:
    """The observations in words that a report refers to."""
    for result in node.children("result"):
        observation = resources.target(result.text("reference"), node)
        if observation and observation.text("valueString"):
            yield observation


def _attachment(attachment: Node, owner: Node, resources: Resources) -> DocumentText:
    data = attachment.text("data")
    media = attachment.text("contentType") or ""
    if data is None:
        binary = resources.target(attachment.text("url"), owner)
        if binary is None:
            raise attachment.fault(
                "has no `data`, and links are not followed: put the document itself in the message"
            )
        # STU3 has a Binary's bytes in `content`.
        attachment, data = binary, binary.text("data") or binary.text("content") or ""
        media = attachment.text("contentType") or media
    try:
        raw = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise attachment.fault("is not base64", "data") from None
    charset = _CHARSET.search(media)
    if media.startswith("image/") and not binary_kind(raw):
        raise attachment.fault("is a picture, which holds no text that is read", "data")
    try:
        return document_text(
            raw, charset=charset[1] if charset else None, is_html="html" in media.lower()
        )
    except InputError as error:
        raise error.within(f"`{attachment.path}.data`") from None


def _sections(node: Node) -> Iterator[DocumentText]:
    for section in node.children("section"):
        title, narrative = section.text("title"), section.child("text")
        div = narrative.text("div") if narrative else None
        if title and (div or section.value.get("section")):
            yield DocumentText(title)
        if div:
            try:
                yield html_text(div)
            except InputError as error:
                raise error.within(f"`{section.path}.text.div`") from None
        yield from _sections(section)
