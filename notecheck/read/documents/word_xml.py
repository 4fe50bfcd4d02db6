"""Word in one XML file -> the Word archive (.docx) of the same content.

Word 2003 wrote WordprocessingML with names of its own; Word since 2007 writes the parts of a .docx
into one file ("flat OPC"). Either becomes the archive that is read anyway.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
from xml.etree.ElementTree import Element, register_namespace, tostring

from notecheck.errors import DocumentError
from notecheck.read.documents.xml import xml_root
from notecheck.read.text import as_utf8

_OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
_NEW = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}annotation"
_CONTENT = "{http://schemas.microsoft.com/aml/2001/core}content"
_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_PKG = f"{{{_PACKAGE}}}"
_HEAD = 8_192
_ROOT = re.compile(
    rb"<(?:\w+:)?(?:wordDocument|package)\b[^>]{0,6000}(?:" + f"{_OLD}|{_PACKAGE}".encode() + b")"
)
_MOST_PARTS = 2_000
# The least that an archive needs beside its body.
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_MAIN_RELATION = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="http://schemas.openxml'
    'formats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def is_word_xml(data: bytes) -> bool:
    """Whether XML is a document of Word in one file."""
    return bool(_ROOT.search(as_utf8(data)[:_HEAD]))


def word_archive(data: bytes) -> bytes:
    """The .docx of a Word document in one XML file. Raises InputError for a damaged one."""
    root = xml_root(data, "a Word document")
    if root.tag == f"{_PKG}package":
        return _archive(_parts(root))
    body = root.find(f"{{{_OLD}}}body")
    if body is None:
        raise DocumentError("the Word document has no body: save it again as .docx")
    register_namespace("w", _NEW)
    document = Element(f"{{{_NEW}}}document")
    document.append(body)
    _rename(document)
    return _archive({
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _MAIN_RELATION.encode(),
        "word/document.xml": tostring(document),
    })  # fmt: skip


def _rename(root: Element) -> None:
    """Names of 2003 as those of 2006; a tracked deletion was an annotation then."""
    for element in root.iter():
        if element.tag == _ANNOTATION:
            kind = element.get(f"{{{_OLD}}}type", "")
            deleted = kind == "Word.Deletion"
            element.tag = f"{{{_NEW}}}{'del' if deleted else 'ins'}"
        elif element.tag == _CONTENT:
            element.tag = f"{{{_NEW}}}smartTag"
        else:
            element.tag = element.tag.replace(f"{{{_OLD}}}", f"{{{_NEW}}}")
        for name in [name for name in element.attrib if name.startswith(f"{{{_OLD}}}")]:
            element.set(name.replace(_OLD, _NEW), element.attrib.pop(name))


def _parts(package: Element) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    types = []
    for part in package.findall(f"{_PKG}part")[:_MOST_PARTS]:
        name = (part.get(f"{_PKG}name") or "").lstrip("/")
        kind = part.get(f"{_PKG}contentType") or ""
        xml, binary = part.find(f"{_PKG}xmlData"), part.find(f"{_PKG}binaryData")
        if xml is not None and len(xml):
            found[name] = tostring(xml[0])
        elif binary is not None:
            found[name] = _decoded(binary.text or "")
        types.append((name, kind))
    found["[Content_Types].xml"] = _types(types)
    return found


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise DocumentError("a part of the Word document is not base64") from None


def _types(types: list[tuple[str, str]]) -> bytes:
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    root = Element(f"{{{namespace}}}Types")
    for name, kind in types:
        made = Element(f"{{{namespace}}}Override", PartName=f"/{name}", ContentType=kind)
        root.append(made)
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    root.append(Element(f"{{{namespace}}}Default", Extension="rels", ContentType=relations))
    return tostring(root)


def _archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()
