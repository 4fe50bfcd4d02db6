"""The JSON of a FHIR resource -> the same resource in XML (FHIR R4, "XML Representation").

Our resources name their elements in FHIR's order, which XML asks for and JSON does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

_NAMESPACE = "http://hl7.org/fhir"


def fhir_xml(resource: Mapping[str, Any]) -> bytes:
    """The XML document of `resource`."""
    root = _resource(resource)
    root.set("xmlns", _NAMESPACE)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _resource(resource: Mapping[str, Any]) -> Element:
    element = Element(resource["resourceType"])
    _fill(element, resource)
    return element


def _fill(element: Element, value: Mapping[str, Any]) -> None:
    for name, told in value.items():
        if name != "resourceType":
            for one in told if isinstance(told, list) else [told]:
                _add(element, name, one)


def _add(parent: Element, name: str, value: Any) -> None:
    child = SubElement(parent, name)
    if not isinstance(value, Mapping):
        child.set("value", str(value).lower() if isinstance(value, bool) else str(value))
    elif "resourceType" in value:
        child.append(_resource(value))
    else:
        _fill(child, value)
