"""A document alone -> Encounter."""

from __future__ import annotations

from notecheck.models import Document, Encounter
from notecheck.read.coded import class_statement
from notecheck.read.documents.extract import document_text
from notecheck.read.shape import checked


def encounter_from_document(data: bytes, encounter_id: str) -> Encounter:
    """The bytes of one document as an encounter without a claim; see `document_text`.

    It is an operative note with doc_id "op", unless the document says that it is another kind,
    as a C-CDA does: its doc_id is then that kind. Raises InputError as `document_text`.
    """
    found = document_text(data)
    kind = found.type or "operative_note"
    document = Document(
        doc_id="op" if kind == "operative_note" else kind,
        type=kind,
        date=found.date,
        author=found.author,
        signed_by=found.signed_by,
        signed_at=found.signed_at,
        text=found.text,
        page_starts=found.page_starts,
    )
    statement = class_statement(found.patient_class) if found.patient_class else None
    documents = (document, *([statement] if statement else ()))
    return checked(Encounter(encounter_id=encounter_id, documents=documents, reading=found.remarks))
