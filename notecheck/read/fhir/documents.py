"""DocumentReference and Composition -> Document."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from notecheck.errors import InputError
from notecheck.models import Document, DocumentType
from notecheck.read.coded import document_type
from notecheck.read.documents.document_text import DocumentText, joined_text
from notecheck.read.documents.extract import document_text
from notecheck.read.documents.html import html_text
from notecheck.read.fhir.node import Node
from notecheck.read.fhir.resources import Resources

# A document in one of these states says nothing about the operation any more.
_VOID_STATES = frozenset({"superseded", "entered-in-error", "cancelled"})
_REPLACES = frozenset({"replaces", "transforms"})


def documents(resources: Resources) -> list[Document]:
    """The documents of `resources` that stand, in the order given.

    Void documents, and those that another one here replaces, are left out. Raises InputError
    for a document whose text is not there or cannot be read.
    """
    given = [*resources.of("DocumentReference"), *resources.of("Composition")]
    replaced = {id(node.value) for one in given for node in _replaced_by(one, resources)}
    found: list[Document] = []
    for node in given:
        if id(node.value) in replaced or _is_void(node):
            continue
        found.append(_document(node, resources, {document.doc_id for document in found}))
    return found


def _replaced_by(node: Node, resources: Resources) -> Iterator[Node]:
    for relation in node.children("relatesTo"):
        if relation.text("code") in _REPLACES:
            name = "targetReference" if "targetReference" in relation.value else "target"
            target = resources.target(relation.reference(name), node)
            if target:
                yield target


def _is_void(node: Node) -> bool:
    return node.text("status") in _VOID_STATES or node.text("docStatus") in _VOID_STATES


def _document(node: Node, resources: Resources, taken: set[str]) -> Document:
    if node.text("resourceType") == "Composition":
        text = joined_text(list(_sections(node)))
        date = node.date("date")
    else:
        text = _content(node, resources)
        context = node.child("context")
        date = (context.date("period") if context else None) or node.date("date")
    if not text.text.strip():
        raise node.fault("has no text: give it as an attachment's `data` or as a section's `text`")
    kind = _type(node)
    name = node.text("id") or kind
    doc_id = name if name not in taken else f"{name}-{len(taken) + 1}"
    return Document(
        doc_id=doc_id, type=kind, date=date, text=text.text, page_starts=text.page_starts
    )


def _type(node: Node) -> DocumentType:
    codes = [code for _, code in node.codes("type")]
    concept = node.child("type")
    titles = [concept.text("text") or ""] if concept else []
    if concept:
        titles += [coding.text("display") or "" for coding in concept.children("coding")]
    titles += [node.text("title") or "", node.text("description") or ""]
    for content in node.children("content"):
        attachment = content.child("attachment")
        titles.append((attachment.text("title") or "") if attachment else "")
    return document_type(codes, titles)


def _content(node: Node, resources: Resources) -> DocumentText:
    """The first content that can be read: the others are the same document in other formats."""
    faults: list[InputError] = []
    for item in node.children("content"):
        try:
            return _attachment(item, resources)
        except InputError as error:
            faults.append(error)
    raise faults[0] if faults else node.fault("is missing", "content")


def _attachment(content: Node, resources: Resources) -> DocumentText:
    attachment = content.child("attachment")
    if attachment is None:
        raise content.fault("is missing", "attachment")
    data = attachment.text("data")
    if data is None:
        url = attachment.text("url")
        binary = resources.target(url, content)
        if binary is None:
            raise attachment.fault(
                "has no `data`, and links are not followed: put the document itself in the message"
            )
        attachment, data = binary, binary.text("data") or ""
    try:
        raw = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise attachment.fault("is not base64", "data") from None
    try:
        return document_text(raw)
    except InputError as error:
        raise InputError(f"`{attachment.path}.data`: {error.message}") from None


def _sections(node: Node) -> Iterator[DocumentText]:
    for section in node.children("section"):
        title, narrative = section.text("title"), section.child("text")
        if title:
            yield DocumentText(title)
        div = narrative.text("div") if narrative else None
        if div:
            try:
                yield html_text(div)
            except InputError as error:
                raise InputError(f"`{section.path}.text.div`: {error.message}") from None
        yield from _sections(section)
