"""C-CDA (XML) -> text: the narrative of its sections, or the document that it wraps."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from notecheck.errors import InputError
from notecheck.read.coded import document_type
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.kinds import document_kind
from notecheck.read.documents.markup import Layout, markup_text, require_few_tags
from notecheck.read.extra import formats_missing

_NS = "{urn:hl7-org:v3}"


def _tags(*names: str) -> frozenset[str]:
    return frozenset(_NS + name for name in names)


_LAYOUT = Layout(
    paragraphs=_tags("paragraph", "list", "table"),
    lines=_tags("item", "tr", "caption", "title"),
    cells=_tags("td", "th"),
    breaks=_tags("br"),
)


def ccda_text(data: bytes) -> DocumentText:
    """The narrative of a C-CDA document, with its kind (LOINC) and the date of the operation.

    Each section is its title and what stands under it; coded entries are not read. A C-CDA that
    only wraps another document (`nonXMLBody`) gives that one's text. Raises InputError for
    other XML, for a document type declaration (which entity attacks need), and without text.
    """
    require_few_tags(data)
    root = _parsed(data)
    if root.tag != f"{_NS}ClinicalDocument":
        raise InputError(
            "this XML is no C-CDA document: its root must be a ClinicalDocument of urn:hl7-org:v3"
        )
    body = _wrapped(root) or DocumentText(_narrative(root))
    if not body.text.strip():
        raise InputError("the C-CDA document has no narrative text in its sections")
    code = root.find(f"{_NS}code")
    codes = [code.get("code") or ""] if code is not None else []
    titles = [code.get("displayName") or ""] if code is not None else []
    titles.append(root.findtext(f"{_NS}title") or "")
    return DocumentText(
        body.text, body.page_starts, document_type(codes, titles), body.date or _date(root)
    )


def _parsed(data: bytes) -> Element:
    try:
        from defusedxml import DefusedXmlException
        from defusedxml import ElementTree as Defused
    except ImportError:
        raise formats_missing("a C-CDA document") from None
    try:
        root: Element = Defused.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise InputError(
            "the XML declares a document type or entities, which a C-CDA document never needs: "
            "it is not read"
        ) from None
    except (Defused.ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (1, 0))
        raise InputError(
            f"the XML is damaged or cut off at line {line}, column {column + 1}"
        ) from None
    return root


def _narrative(root: Element) -> str:
    parts = []
    for section in root.iter(f"{_NS}section"):
        for name in ("title", "text"):
            found = section.find(_NS + name)
            if found is not None:
                parts.append(markup_text(_as_walked(found), _LAYOUT))
    return "\n".join(part for part in parts if part.strip())


def _wrapped(root: Element) -> DocumentText | None:
    found = root.find(f"{_NS}component/{_NS}nonXMLBody/{_NS}text")
    if found is None:
        return None
    text = "".join(found.itertext())
    if found.get("representation") != "B64":
        if found.find(f"{_NS}reference") is not None and not text.strip():
            raise InputError("the C-CDA document only links to its text: links are not followed")
        return DocumentText(text)
    from notecheck.read.documents.extract import document_text  # which reads C-CDA by this module

    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise InputError("the document inside the C-CDA document is not base64") from None
    if document_kind(data) == "xml":
        raise InputError("the C-CDA document wraps another XML document: give that one itself")
    return document_text(data)


def _date(root: Element) -> dt.date | None:
    """When the documented service began, else when the document was made."""
    service = f"{_NS}documentationOf/{_NS}serviceEvent/{_NS}effectiveTime"
    places = (
        *root.findall(f"{service}/{_NS}low"),
        *root.findall(service),
        *root.findall(f"{_NS}effectiveTime"),
    )
    for value in _values(places):
        try:
            return dt.datetime.strptime(value[:8], "%Y%m%d").date()
        except ValueError:
            continue
    return None


def _values(elements: tuple[Element, ...]) -> Iterator[str]:
    return (value for element in elements if (value := element.get("value")))


def _as_walked(element: Element) -> Any:
    """The standard library's elements take part in the walk; its types do not say so."""
    return element
