"""What of a Word document is not plainly in its text: styles, footnotes, fields, other files."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from notecheck.errors import InputError
from notecheck.models import ReadingRemark
from notecheck.read.documents.document_text import ReadsDocument
from notecheck.read.remarks import link, picture, remark, unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDING = ("strike", "dstrike", "vanish", "specVanish")
_OFF = frozenset({"0", "false", "off", "none"})
_TYPES = "[Content_Types].xml"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_TYPES = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_ROOT_RELATIONS = "_rels/.rels"
# The names of ISO/IEC 29500 Strict, and those that all writers but a few use in their place.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_NOTES = {
    "footnoteReference": ("footnotes", "footnote"),
    "endnoteReference": ("endnotes", "endnote"),
}
# Characters of symbol fonts that tell something: boxes that are ticked, and those that are not.
_SYMBOLS = {
    "F0FE": "[x]", "F0FD": "[x]", "F053": "[x]", "F0A8": "[ ]", "F06F": "[ ]", "F0A3": "[ ]",
    "F0FC": "[x]", "F0B7": "\u2022", "F0B0": "\u00b0", "F0B1": "\u00b1", "F0B4": "x", "F02D": "-",
}  # fmt: skip
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_LETTERHEAD = (f"{_W}hdr", f"{_W}ftr")
_MOST_NOTES = 5_000


def as_document(data: bytes) -> bytes:
    """A document with macros, a template, or one in the strict form of the standard, as Word's
    usual document.

    Its macros are never run; python-docx opens usual documents alone.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read(_TYPES)
        is_strict = bool(_STRICT.search(archive.read(_ROOT_RELATIONS)))
        if not is_strict and not any(kind in types for kind in _OTHER_TYPES):
            return data
        for kind in _OTHER_TYPES:
            types = types.replace(kind, _PLAIN_TYPE)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            for entry in archive.infolist():
                content = types if entry.filename == _TYPES else archive.read(entry)
                if is_strict and entry.filename.endswith((".xml", ".rels")):
                    content = _STRICT.sub(_USUAL, content)
                target.writestr(entry.filename, content)
    return buffer.getvalue()


def part_root(part: Any, name: str) -> Any:
    """The XML of the part that `part` is related to as `name` ("footnotes"), or None."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for relation in part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] == name and not relation.is_external:
            return etree.fromstring(relation.target_part.blob, parser)
    return None


class Styles:
    """Which styles hide or strike, by those that they are based on."""

    def __init__(self, root: Any) -> None:
        self._own: dict[str, dict[str, bool]] = {}
        self._base: dict[str, str] = {}
        for style in root.iter(f"{_W}style") if root is not None else ():
            name = style.get(f"{_W}styleId") or ""
            self._own[name] = _toggles(style.find(f"{_W}rPr"))
            based = style.find(f"{_W}basedOn")
            if based is not None:
                self._base[name] = based.get(f"{_W}val") or ""

    def toggles(self, name: str | None) -> dict[str, bool]:
        """What the style says of each way to hide, its own word before its base's."""
        found: dict[str, bool] = {}
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            found = {**self._own.get(name, {}), **found}
            name = self._base.get(name)
        return found


def resolve(owner: Any, root: Any, styles: Styles, read: ReadsDocument) -> list[ReadingRemark]:
    """Makes the part's tree read as it is shown, and says what of it cannot be read."""
    remarks = list(_notes(owner, root))
    remarks += _other_files(owner, root, read)
    for paragraph in list(root.iter(f"{_W}p")):
        _hide_runs(paragraph, styles)
    for choice in list(root.iter(f"{_W}sdt")):
        if choice.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            _remove(choice)
    for row in list(root.iter(f"{_W}tr")):
        if any(row.find(f"{_W}trPr/{_W}{mark}") is not None for mark in ("del", "hidden")):
            _remove(row)
    for mark in list(root.iter(f"{_W}cellDel")):
        _remove(next(mark.iterancestors(f"{_W}tc")))
    _show_characters(root)
    _drop_within_instructions(root)
    _show_fields(root)
    if next(root.iter(f"{_W}subDoc"), None) is not None:
        remarks.append(link("sub-document"))
    if next(root.iter(f"{_W}commentReference"), None) is not None:
        remarks.append(
            remark("comment", "comment", "a comment beside the text is no part of the note")
        )
    if next(root.iter(f"{_W}object"), None) is not None:
        remarks.append(remark("embedded object", "object", "files embedded in it are not read"))
    is_letterhead = root.tag in _LETTERHEAD  # its pictures are logos
    if not is_letterhead and any(next(root.iter(tag), None) is not None for tag in _PICTURES):
        remarks.append(picture("picture"))
    return remarks


def _toggles(properties: Any) -> dict[str, bool]:
    found = {}
    for name in _HIDING if properties is not None else ():
        mark = properties.find(f"{_W}{name}")
        if mark is not None:
            found[name] = (mark.get(f"{_W}val") or "true").lower() not in _OFF
    return found


def _hide_runs(paragraph: Any, styles: Styles) -> None:
    of_paragraph = _style(paragraph.find(f"{_W}pPr/{_W}pStyle"), styles)
    for run in list(paragraph.iter(f"{_W}r")):
        properties = run.find(f"{_W}rPr")
        named = properties.find(f"{_W}rStyle") if properties is not None else None
        told = {**of_paragraph, **_style(named, styles), **_toggles(properties)}
        if any(told.values()):
            _remove(run)


def _style(named: Any, styles: Styles) -> dict[str, bool]:
    return styles.toggles(named.get(f"{_W}val") if named is not None else None)


def _notes(owner: Any, root: Any) -> Iterator[ReadingRemark]:
    """Puts each footnote and endnote behind the paragraph that refers to it."""
    for reference, (part, tag) in _NOTES.items():
        marks = list(root.iter(f"{_W}{reference}"))[:_MOST_NOTES]
        notes = part_root(owner, part) if marks else None
        if notes is None:
            continue
        texts = {note.get(f"{_W}id"): note for note in notes.iter(f"{_W}{tag}")}
        for mark in reversed(marks):
            note = texts.get(mark.get(f"{_W}id"))
            paragraph = next(mark.iterancestors(f"{_W}p"), None)
            if note is None or paragraph is None:
                yield remark(tag, "missing", "the text that the document refers to is not there")
                continue
            for one in reversed(list(note)):
                paragraph.addnext(copy.deepcopy(one))


def _other_files(owner: Any, root: Any, read: ReadsDocument) -> Iterator[ReadingRemark]:
    """Puts the text of another file that the document takes in (altChunk) in its place."""
    for chunk in list(root.iter(f"{_W}altChunk")):
        relation = owner.rels.get(chunk.get(_R_ID))
        if relation is None or relation.is_external:
            yield remark("part taken in (altChunk)", "missing", "it is not in the file")
            continue
        try:
            found = read(relation.target_part.blob)
        except InputError as error:
            yield unreadable("part taken in (altChunk)", error.message)
            continue
        yield from found.remarks
        for line in reversed(found.text.split("\n")):
            paragraph = chunk.makeelement(f"{_W}p")
            text = paragraph.makeelement(f"{_W}t")
            text.text = "".join(c for c in line if c.isprintable() or c == "\t")
            paragraph.append(text)
            chunk.addnext(paragraph)


def _show_characters(root: Any) -> None:
    """Writes the characters that Word keeps as elements: its own hyphen and symbols."""
    for element in list(root.iter(f"{_W}noBreakHyphen", f"{_W}sym")):
        shown = _symbol(element) if element.tag == f"{_W}sym" else "-"
        element.tag, element.text = f"{_W}t", shown


def _symbol(element: Any) -> str:
    code = (element.get(f"{_W}char") or "").upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        character = int(code, 16)
    except ValueError:
        return ""
    return chr(character) if 0x20 <= character < 0xD800 else ""


def _show_fields(root: Any) -> None:
    """Writes the state of form fields: a box ticked or not, the choice of a list."""
    for data in list(root.iter(f"{_W}ffData")):
        box, choices = data.find(f"{_W}checkBox"), data.find(f"{_W}ddList")
        if box is not None:
            state = box.find(f"{_W}checked")
            state = box.find(f"{_W}default") if state is None else state
            ticked = state is not None and (state.get(f"{_W}val") or "1").lower() not in _OFF
            _write(data, "[x] " if ticked else "[ ] ")
        elif choices is not None:
            entries = [entry.get(f"{_W}val") or "" for entry in choices.iter(f"{_W}listEntry")]
            chosen = choices.find(f"{_W}result")
            place = (chosen.get(f"{_W}val") if chosen is not None else None) or "0"
            if place.isdecimal() and int(place) < len(entries):
                _write(data, entries[int(place)])


def _drop_within_instructions(root: Any) -> None:
    """Takes away what a field shows that stands within the instruction of another one.

    `IF { DOCPROPERTY Side } = "left" ...` asks for a word and does not show it.
    """
    open_fields: list[bool] = []  # whether what the field shows has begun
    asked_for: list[Any] = []
    for element in list(root.iter(f"{_W}fldChar", f"{_W}t")):
        kind = element.get(f"{_W}fldCharType")
        if element.tag == f"{_W}t":
            if not all(open_fields[:-1]):
                asked_for.append(element)
        elif kind == "begin":
            open_fields.append(False)
        elif kind == "separate" and open_fields:
            open_fields[-1] = True
        elif kind == "end" and open_fields:
            open_fields.pop()
        if all(open_fields):  # else the field may have no end, and is no field
            for text in asked_for:
                text.text = ""
            asked_for = []


def _write(data: Any, value: str) -> None:
    run = next(data.iterancestors(f"{_W}r"), None)
    if run is not None:
        text = run.makeelement(f"{_W}t")
        text.text = value
        run.append(text)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:  # never in Word's XML, but it must not take text with it
        element.tail = None
    parent.remove(element)
