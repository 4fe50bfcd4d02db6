"""C-CDA (XML) -> text: the narrative of its sections, or the document that it wraps."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from notecheck.errors import DocumentError, InputError
from notecheck.read.binary import picture_kind
from notecheck.read.coded import Concept, document_type, setting_of_class
from notecheck.read.dates import told_day
from notecheck.read.documents.document_text import DocumentText, ReadsDocument, joined_text
from notecheck.read.documents.kinds import document_kind
from notecheck.read.documents.markup import Layout, markup_text
from notecheck.read.documents.xml import xml_root
from notecheck.read.remarks import link, picture, unreadable

_NS = "{urn:hl7-org:v3}"
_READ = "notecheck-read"


def _tags(*names: str) -> frozenset[str]:
    return frozenset(_NS + name for name in names)


_FILES = _tags("value", "text")
_LAYOUT = Layout(
    paragraphs=_tags("paragraph", "list", "table"),
    lines=_tags("item", "tr", "caption", "title"),
    cells=_tags("td", "th"),
    breaks=_tags("br"),
)


def ccda_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The narrative of a C-CDA document, with its kind (LOINC) and the date of the operation.

    Each section is its title and what stands under it. Of coded entries only the files that they
    hold are read. A C-CDA that only wraps another document (`nonXMLBody`) gives that one's text.
    `read` reads the documents that it holds. Raises InputError for other XML, for a document type
    declaration (which entity attacks need), and without text.
    """
    root = xml_root(data, "a C-CDA document")
    if root.tag != f"{_NS}ClinicalDocument":
        if root.tag.startswith("{http://hl7.org/fhir}"):
            raise DocumentError(
                "this XML is a FHIR resource, not a document: give it by itself, not in another one"
            )
        raise DocumentError(
            "this XML is no C-CDA document: its root must be a ClinicalDocument of urn:hl7-org:v3"
        )
    body = _wrapped(root, read) or joined_text([_narrative(root), *_entries(root, read)])
    if not body.text.strip():
        raise DocumentError("the C-CDA document has no narrative text in its sections")
    author, signer, signed_at = _people(root)
    code = root.find(f"{_NS}code")
    concepts = list(_concepts(code)) if code is not None else []
    concepts.append(Concept(titles=(root.findtext(f"{_NS}title") or "",)))
    kind = document_type(concepts, text=body.text, told=body.type)
    encounter = root.find(f"{_NS}componentOf/{_NS}encompassingEncounter/{_NS}code")
    return DocumentText(
        text=body.text,
        page_starts=body.page_starts,
        type=kind,
        date=body.date or _date(root),
        remarks=body.remarks,
        author=author,
        signed_by=signer,
        signed_at=signed_at,
        patient_class=next((c for c in _codes(encounter) if setting_of_class(c)), None),
    )


@dataclass(frozen=True, slots=True)
class CcdaIdentity:
    """Whose a document is: numbers of encounter and patient, each with who gave it (an OID)."""

    visits: frozenset[tuple[str, str]] = frozenset()
    patients: frozenset[tuple[str, str]] = frozenset()
    born: frozenset[dt.date] = frozenset()

    def born_alike(self, other: CcdaIdentity) -> bool:
        """Whether both could be of one birth."""
        return not self.born or not other.born or bool(self.born & other.born)


def ccda_identity(data: bytes) -> CcdaIdentity:
    """Whose a C-CDA document is. Raises InputError as `ccda_text` for what is no XML."""
    root = xml_root(data, "a C-CDA document")
    patient = f"{_NS}recordTarget/{_NS}patientRole"
    births = root.findall(f"{patient}/{_NS}patient/{_NS}birthTime")
    days = (told_day(value) for value in _values(tuple(births)))
    return CcdaIdentity(
        visits=_ids(root.findall(f"{_NS}componentOf/{_NS}encompassingEncounter/{_NS}id")),
        patients=_ids(root.findall(f"{patient}/{_NS}id")),
        born=frozenset(day for day in days if day),
    )


def _ids(elements: list[Element]) -> frozenset[tuple[str, str]]:
    """The numbers with their roots. A root alone is a number where it is a UUID: an OID is only
    the giver of a number that is not told."""
    told = ((e.get("extension") or "", e.get("root") or "") for e in elements)
    return frozenset((own, root) if own else (root, "") for own, root in told if own or "-" in root)


def _concepts(code: Element) -> Iterator[Concept]:
    """The document's code, and the translations of it."""
    for one in (code, *code.findall(f"{_NS}translation")):
        words = (one.get("displayName") or "", one.findtext(f"{_NS}originalText") or "")
        yield Concept((one.get("code") or "",), words)


def _codes(code: Element | None) -> Iterator[str]:
    for one in (code, *code.findall(f"{_NS}translation")) if code is not None else ():
        yield one.get("code") or ""


def _people(root: Element) -> tuple[str | None, str | None, str | None]:
    """Author, legal authenticator, and when that one signed."""
    signer = root.find(f"{_NS}legalAuthenticator")
    signer = signer if signer is not None else root.find(f"{_NS}authenticator")
    time = signer.find(f"{_NS}time") if signer is not None else None
    signed_at = (time.get("value") if time is not None else None) or None
    return _name(root.find(f"{_NS}author")), _name(signer), signed_at


def _name(person: Element | None) -> str | None:
    found = person.find(f".//{_NS}name") if person is not None else None
    words = " ".join("".join(found.itertext()).split()) if found is not None else ""
    if found is not None and len(found):
        words = " ".join(" ".join("".join(part.itertext()).split()) for part in found)
    return words.strip() or None


def _entries(root: Element, read: ReadsDocument) -> Iterator[DocumentText]:
    """The files in entries (values and texts of a media type); pictures are remarks."""
    for entry in root.iter(f"{_NS}entry"):
        for held in entry.iter():
            if held.tag in _FILES and held.get("mediaType") and not held.get(_READ):
                held.set(_READ, "yes")  # an entry may stand within another
                yield _file(held, read)


def _file(held: Element, read: ReadsDocument) -> DocumentText:
    name = f"entry {held.get('mediaType')}"
    raw = "".join(held.itertext())
    if not raw.strip():
        is_link = held.find(f"{_NS}reference") is not None
        return DocumentText("", remarks=(link(name),) if is_link else ())
    try:
        data = _decoded(raw) if held.get("representation") == "B64" else raw.encode()
        return DocumentText("", remarks=(picture(name),)) if picture_kind(data) else read(data)
    except InputError as error:
        return DocumentText("", remarks=(unreadable(name, error.message),))


def _narrative(root: Element) -> DocumentText:
    parts = []
    for section in root.iter(f"{_NS}section"):
        for name in ("title", "text"):
            found = section.find(_NS + name)
            if found is not None:
                parts.append(markup_text(_as_walked(found), _LAYOUT))
    return DocumentText("\n".join(part for part in parts if part.strip()))


def _wrapped(root: Element, read: ReadsDocument) -> DocumentText | None:
    found = root.find(f"{_NS}component/{_NS}nonXMLBody/{_NS}text")
    if found is None:
        return None
    text = "".join(found.itertext())
    if found.get("representation") != "B64":
        if found.find(f"{_NS}reference") is not None and not text.strip():
            raise DocumentError("the C-CDA document only links to its text: links are not followed")
        return DocumentText(text)
    data = _decoded(text)
    if document_kind(data) == "xml":
        raise DocumentError("the C-CDA document wraps another XML document: give that one itself")
    return read(data)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise DocumentError("the document inside the C-CDA document is not base64") from None


def _date(root: Element) -> dt.date | None:
    """When the documented service began, else when the document was made."""
    service = f"{_NS}documentationOf/{_NS}serviceEvent/{_NS}effectiveTime"
    places = (
        *root.findall(f"{service}/{_NS}low"),
        *root.findall(service),
        *root.findall(f"{_NS}effectiveTime"),
    )
    return next((day for value in _values(places) if (day := told_day(value))), None)


def _values(elements: tuple[Element, ...]) -> Iterator[str]:
    return (value for element in elements if (value := element.get("value")))


def _as_walked(element: Element) -> Any:
    """The standard library's elements take part in the walk; its types do not say so."""
    return element
