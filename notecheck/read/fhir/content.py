"""The content of a document resource -> text: attachments, sections, results and conclusions."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from notecheck.errors import InputError
from notecheck.read.binary import binary_kind
from notecheck.read.documents.document_text import DocumentText, joined_text
from notecheck.read.documents.extract import document_text
from notecheck.read.documents.html import html_text
from notecheck.read.fhir.node import Node
from notecheck.read.fhir.resources import Resources
from notecheck.read.remarks import unreadable

_DATA_URL = re.compile(r"data:([^,]*?)(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def content_text(node: Node, resources: Resources) -> DocumentText:
    """The text of a DocumentReference, Composition, DiagnosticReport or Communication.

    Raises InputError when it has none or it cannot be read.
    """
    kind = node.text("resourceType")
    if kind == "Composition":
        text = joined_text(list(_sections(node)) or [DocumentText("")])
    else:
        text = _content(node, resources)
    if not text.text.strip():
        raise node.fault("has no text: give it as an attachment's `data` or as a section's `text`")
    return text


def attachments(node: Node) -> Iterator[Node]:
    """The files of a document resource, in all its forms."""
    for content in node.children("content"):
        attachment = content.child("attachment")
        if attachment is not None:
            yield attachment
    yield from node.children("presentedForm")
    for payload in node.children("payload"):
        attachment = payload.child("contentAttachment")
        if attachment is not None:
            yield attachment


def is_link(attachment: Node, owner: Node, resources: Resources) -> bool:
    """Whether a file is only pointed to, and is not among what came."""
    url = attachment.text("url")
    return bool(url and not attachment.text("data") and resources.target(url, owner) is None)


def _content(node: Node, resources: Resources) -> DocumentText:
    """The first form that can be read: the others are the same document in other formats.

    Several of one format are its parts. A file that cannot be read is a remark, a link to another
    format is none. A report without any has its results and conclusion.
    """
    faults: list[InputError] = []
    lost: list[InputError] = []  # of files that are there
    forms: dict[str, list[Node]] = {}
    for attachment in attachments(node):
        forms.setdefault(attachment.text("contentType") or str(len(forms)), []).append(attachment)
    for parts in forms.values():
        read: list[DocumentText] = []
        for attachment in parts:
            try:
                read.append(_attachment(attachment, node, resources))
            except InputError as error:
                faults.append(error)
                lost += [] if is_link(attachment, node, resources) else [error]
        if read:
            missing = faults if len(read) < len(parts) else lost
            part = f"part of {node.text('id') or 'a document'}"
            return joined_text(read).remarked(*(unreadable(part, one.message) for one in missing))
    told = list(_told_by_report(node, resources))
    if told:
        return joined_text(told)
    raise faults[0] if faults else node.fault("is missing", "content")


def _told_by_report(node: Node, resources: Resources) -> Iterator[DocumentText]:
    """A report's results in words, and its conclusion; a message's words."""
    for observation in results(node, resources):
        yield DocumentText(observation.text("valueString") or "")
    if node.text("conclusion"):
        yield DocumentText(node.text("conclusion") or "")
    for payload in node.children("payload"):
        if payload.text("contentString"):
            yield DocumentText(payload.text("contentString") or "")


def results(node: Node, resources: Resources) -> Iterator[Node]:
    """The observations in words that a report refers to."""
    for result in node.children("result"):
        observation = resources.target(result.text("reference"), node)
        if observation and observation.text("valueString"):
            yield observation


def _attachment(attachment: Node, owner: Node, resources: Resources) -> DocumentText:
    data = attachment.text("data")
    media = attachment.text("contentType") or ""
    in_url = _DATA_URL.match(attachment.text("url") or "")
    if data is None and in_url:
        media = media or in_url[1]
        data = in_url[3] if in_url[2] else base64.b64encode(unquote_to_bytes(in_url[3])).decode()
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
        raw = base64.b64decode(_standard("".join(data.split())), validate=True)
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


def _standard(data: str) -> str:
    """Base64 for URLs, which some servers send, as FHIR has it: other marks, and its filling."""
    if "-" not in data and "_" not in data:
        return data
    return data.replace("-", "+").replace("_", "/") + "=" * (-len(data) % 4)


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
