"""OpenDocument text (.odt) -> text: tracked changes accepted, nothing hidden or struck out."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from notecheck.errors import DocumentError
from notecheck.models import ReadingRemark
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.markup import Layout, markup_text
from notecheck.read.documents.xml import xml_root
from notecheck.read.inflate import DAMAGED, inflated
from notecheck.read.limits import MAX_NOTE, megabytes
from notecheck.read.remarks import distinct, picture, remark
from notecheck.read.text import as_utf8

CONTENT = "content.xml"
_STYLES = "styles.xml"
_MAX_UNPACKED = 40_000_000
_MAX_PARTS = 2_000
_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _TABLE = _NAMES % "office", _NAMES % "text", _NAMES % "table"
_STYLE, _DRAW = _NAMES % "style", _NAMES % "drawing"
_BODY = f"{_OFFICE}body/{_OFFICE}text"
_FLAT = re.compile(rb"<office:document\b(?![\w:-])")
_HEAD = 8_192
_MOST_BLANKS = 200
_OFF = (None, "none")

_LAYOUT = Layout(
    lines=frozenset({f"{_TABLE}table-row"}),
    cells=frozenset({f"{_TABLE}table-cell"}),
    breaks=frozenset({f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}line-break"}),
    tabs=frozenset({f"{_TEXT}tab"}),
    preformatted=frozenset({f"{_TEXT}s"}),
    dropped=frozenset({
        f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}note",
        f"{_TEXT}sequence-decls", f"{_TEXT}variable-decls", f"{_TEXT}user-field-decls",
    }),
)  # fmt: skip


def odt_text(data: bytes) -> DocumentText:
    """The text of an OpenDocument file, with headers before and footers behind it.

    Notes stand behind the paragraph that refers to them; what is deleted, hidden or struck out is
    left out, and comments and pictures are remarks. Raises InputError when the file is damaged,
    protected or too large, or has no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {
                name: part
                for name, part in inflated(
                    archive, _MAX_UNPACKED, most_parts=_MAX_PARTS, what="the OpenDocument file"
                )
                if name in (CONTENT, _STYLES)
            }
    except DAMAGED:
        raise DocumentError("the OpenDocument file is damaged or protected") from None
    content = xml_root(parts[CONTENT], "an OpenDocument file")
    styles = xml_root(parts[_STYLES], "an OpenDocument file") if _STYLES in parts else None
    return _text_of(content, styles)


def is_flat_odt(data: bytes) -> bool:
    """Whether XML is an OpenDocument file in one part (.fodt)."""
    return bool(_FLAT.search(as_utf8(data)[:_HEAD]))


def flat_odt_text(data: bytes) -> DocumentText:
    """As `odt_text`, of a file in one part: its styles stand beside its body."""
    root = xml_root(data, "an OpenDocument file")
    return _text_of(root, root)


def _text_of(content: Element, styles: Element | None) -> DocumentText:
    body = content.find(_BODY)
    if body is None:
        raise DocumentError("this OpenDocument file is no text: save the note as .odt or .docx")
    remarks = list(_remarks(body))
    hiding = _hiding(content, styles)
    found = [*_page_parts(styles, "header"), body, *_page_parts(styles, "footer")]
    text = "\n".join(filter(str.strip, (_shown(root, hiding) for root in found)))
    if not text.strip():
        raise DocumentError("the OpenDocument file has no text")
    if len(text) > MAX_NOTE:
        raise DocumentError(f"the OpenDocument file has more than {megabytes(MAX_NOTE)} of text")
    return DocumentText(text, remarks=distinct(remarks))


def _page_parts(styles: Any, name: str) -> Iterator[Any]:
    return styles.iter(f"{_STYLE}{name}") if styles is not None else iter(())


def _remarks(body: Any) -> Iterator[ReadingRemark]:
    if next(body.iter(f"{_OFFICE}annotation"), None) is not None:
        yield remark("comment", "comment", "a comment beside the text is no part of the note")
    if next(body.iter(f"{_DRAW}image"), None) is not None:
        yield picture("picture")


def _hiding(content: Any, styles: Any) -> frozenset[str]:
    """The styles that hide or strike what they are for, also by the one that they are based on."""
    own: dict[str, bool] = {}
    base: dict[str, str] = {}
    for root in (styles, content):
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            name = style.get(f"{_STYLE}name") or ""
            told = style.find(f"{_STYLE}text-properties")
            marks = {} if told is None else dict(told.attrib)
            line = marks.get(f"{_STYLE}text-line-through-style")
            if line is not None or marks.get(f"{_TEXT}display") is not None:
                own[name] = line not in _OFF or marks.get(f"{_TEXT}display") == "none"
            base[name] = style.get(f"{_STYLE}parent-style-name") or ""
    found = set()
    for name in base:
        at, seen = name, set()
        while at not in own and at in base and at not in seen:
            seen.add(at)
            at = base[at]
        if own.get(at):
            found.add(name)
    return frozenset(found)


def _shown(root: Any, hiding: frozenset[str]) -> str:
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in list(root.iter()):
        tag = element.tag
        condition = element.get(f"{_TEXT}is-hidden") == "true"
        hidden = condition or element.get(f"{_TEXT}display") in ("none", "condition")
        if hidden or element.get(f"{_TEXT}style-name") in hiding:
            element.set("hidden", "")
        elif tag == f"{_TEXT}s":
            told = element.get(f"{_TEXT}c") or "1"
            element.text = " " * min(int(told) if told.isdecimal() else 1, _MOST_BLANKS)
        elif tag == f"{_TEXT}note":
            _put_behind(element, parents)
    return markup_text(root, _LAYOUT)


def _put_behind(note: Any, parents: dict[Any, Any]) -> None:
    """Copies a note's paragraphs behind the paragraph that refers to it."""
    body = note.find(f"{_TEXT}note-body")
    at = note
    while at in parents and at.tag not in (f"{_TEXT}p", f"{_TEXT}h"):
        at = parents[at]
    holder = parents.get(at)
    if body is None or holder is None:
        return
    place = list(holder).index(at) + 1
    for number, paragraph in enumerate(body):
        holder.insert(place + number, copy.deepcopy(paragraph))
