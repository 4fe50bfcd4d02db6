"""Shows the sections of a note on its `Doc`, as medspaCy's sectionizer does."""

from __future__ import annotations

from medspacy.section_detection.section import Section as Shown
from spacy.tokens import Doc

from notecheck.pipeline.doc import TokenPlaces
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.pipeline.section import Section


def show_sections(doc: Doc, note: AnalysedDocument, within: Section | None = None) -> None:
    """Set `doc._.sections`, the whole note in order; a stretch under no heading has no category.

    `within` is a section that one of the note's holds: it is cut out as one of its own.
    """
    places = TokenPlaces(doc, note)
    bounds: list[tuple[int, int, int, str | None]] = []
    for section in note.sections:
        cut = within is not None and section.start <= within.start < section.end
        if not cut or within is None:
            bounds.append((section.start, section.body, section.end, section.category))
            continue
        body = min(section.body, within.start)
        bounds.append((section.start, body, within.start, section.category))
        bounds.append((within.start, within.body, within.end, within.category))
        bounds.append((within.end, within.end, section.end, section.category))
    tokens = [
        (category, places.at(start), places.at(body), places.at(end))
        for start, body, end, category in bounds
    ]
    doc._.sections = [
        Shown(category, start, body, body, end)
        for category, start, body, end in tokens
        if start < end
    ]
