"""FHIR in XML -> the JSON form of the same resource."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, tostring

from notecheck.errors import FhirError
from notecheck.read.documents.xml import xml_root
from notecheck.read.text import as_utf8

FHIR_NAMESPACE = "http://hl7.org/fhir"
_NS = f"{{{FHIR_NAMESPACE}}}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_DIV = f"{_XHTML}div"
_DEEPEST = 100
# Elements that are no lists, of those that are read; every other one that repeats is.
_LISTS = frozenset(
    "entry contained identifier content section coding item diagnosis procedure supportingInfo "
    "modifier diagnosisSequence procedureSequence relatesTo author authenticator attester "
    "presentedForm category parameter part performer resultsInterpreter information related "
    "given line extension link issue participant context-list insurance name result".split()
)
_NUMBERS = frozenset({"value", "sequence", "diagnosisSequence", "procedureSequence", "total"})
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# Where a name that is a list elsewhere is one element.
_SINGLE = frozenset({
    ("Organization", "name"), ("attachment", "content"), ("parameter", "name"), ("part", "name"),
    ("Location", "name"),
})  # fmt: skip
_STRING_VALUES = frozenset({"identifier", "parameter", "part"})


def is_fhir_xml(head: bytes) -> bool:
    """Whether XML that begins with `head` is a FHIR resource."""
    return FHIR_NAMESPACE.encode() in as_utf8(head).split(b">", 4)[0] or bool(
        re.search(
            rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<[\w:]+[^>]*\"http://hl7.org/fhir\"",
            as_utf8(head), re.DOTALL,
        )
    )  # fmt: skip


def fhir_json(data: bytes) -> dict[str, Any]:
    """The JSON object of a FHIR resource in XML. Raises InputError for what is none."""
    root = xml_root(data, "a FHIR resource")
    if not root.tag.startswith(_NS):
        raise FhirError("this XML is no FHIR resource: its root must be of http://hl7.org/fhir")
    return _resource(root, 0)


def _resource(element: Element, depth: int) -> dict[str, Any]:
    kind = element.tag.removeprefix(_NS)
    return {"resourceType": kind, **_object(element, kind, depth)}


def _object(element: Element, kind: str, depth: int) -> dict[str, Any]:
    if depth > _DEEPEST:
        raise FhirError("the FHIR resource is nested too deeply to be read")
    found: dict[str, Any] = {}
    if element.get("id"):
        found["id"] = element.get("id")
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag == _DIV:
            found["div"] = _markup(child)
            continue
        name = child.tag.removeprefix(_NS)
        value = _value(child, name, kind, depth + 1)
        if value is None:
            continue
        is_list = name in _LISTS and (kind, name) not in _SINGLE
        if is_list or name in found:
            held = found.get(name)
            found[name] = [
                *(held if isinstance(held, list) else [held] if name in found else []),
                value,
            ]
        else:
            found[name] = value
    return found


def _markup(div: Element) -> str:
    """The narrative as HTML: its elements without the namespace, which HTML knows nothing of."""
    for element in div.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(_XHTML)
    return tostring(div, encoding="unicode", method="html")


def _value(element: Element, name: str, parent: str, depth: int) -> Any:
    if name in ("resource", "contained", "outcome") and len(element):
        return _resource(element[0], depth)
    told = element.get("value")
    if told is None:
        return _object(element, name, depth) or None
    if told in ("true", "false"):
        return told == "true"
    if name in _NUMBERS and parent not in _STRING_VALUES and _NUMBER.fullmatch(told):
        return float(told) if "." in told else int(told)
    return told
