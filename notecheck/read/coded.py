"""What the codes of other systems mean in an encounter: kinds of document, payers, places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from notecheck.models import Document, DocumentType, SettingValue
from notecheck.rules.files import pattern_file
from notecheck.rules.site import data_files
from notecheck.rules.toml_file import load_toml


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _in_any_case(pattern: object) -> object:
    return (
        re.compile(pattern, re.IGNORECASE | re.MULTILINE) if isinstance(pattern, str) else pattern
    )


_Pattern = Annotated[re.Pattern[str], BeforeValidator(_in_any_case)]


class _Type(_Data):
    value: DocumentType
    loinc: frozenset[str] = frozenset()
    hl7: frozenset[str] = frozenset()
    hl7_weak: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    title: _Pattern | None = None
    heading: _Pattern | None = None
    sections: tuple[_Pattern, ...] = ()


class _Types(_Data):
    type: tuple[_Type, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """One coded name of a document: its codes, and its words in the sender's own."""

    codes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


class _PatientClass(_Data):
    hl7: dict[str, SettingValue]
    act_code: dict[str, SettingValue]
    title: _Pattern
    statement: str


class NoNote(_Data):
    """What a missing requirement says without an operative note, and those that `keep` their own
    words."""

    message: str
    keep: frozenset[str]


class _ClaimCodes(_Data):
    filing_indicator: dict[str, str]
    place_of_patient_class: dict[str, str]


_File = TypeVar("_File", bound=BaseModel)
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_TITLE = 200
_LONGEST_HEADING = 80
_HEAD, _HEAD_LINES = 3_000, 12
_SEEN = 30_000
_ENOUGH_SECTIONS = 3


def known_type(concepts: Iterable[Concept], hints: Iterable[str] = ()) -> DocumentType | None:
    """The kind that a document's codes and titles tell, or None where none of them is known.

    The first concept that is known decides: by a site's own code or a LOINC code, else its words,
    else HL7's table 0270. Then come the codes of that table which senders use for more than it
    says, then `hints`, such as a file's name.
    """
    concepts = list(concepts)
    for concept in concepts:
        found = (
            _coded(concept.codes, lambda kind: kind.local | kind.loinc)
            or _titled(concept.titles)
            or _coded(concept.codes, lambda kind: kind.hl7)
        )
        if found:
            return found
    for concept in concepts:
        found = _coded(concept.codes, lambda kind: kind.hl7_weak)
        if found:
            return found
    return _titled(hints)


def _coded(codes: Iterable[str], known: Callable[[_Type], frozenset[str]]) -> DocumentType | None:
    return next(
        (kind.value for code in codes if code for kind in _types() if code in known(kind)), None
    )


def document_type(
    concepts: Iterable[Concept],
    hints: Iterable[str] = (),
    *,
    text: str = "",
    told: DocumentType | None = None,
) -> DocumentType:
    """The kind of a document: as `known_type`, else `told` (what the file itself says), else by the
    headings of its `text`.

    A document that is called nothing at all is an operative note, as a bare text is, unless its
    headings say otherwise; one whose codes, titles and headings are all unknown is `other`.
    """
    concepts, hints = list(concepts), list(hints)
    found = known_type(concepts, hints)
    if found:
        return found
    if told and told != "other":
        return told
    called = any(any(one.codes) or any(one.titles) for one in concepts) or any(hints)
    return _headed(text) or ("other" if called or told else "operative_note")


def _in_words(title: str) -> str:
    """A title that is written as a name (`OP_NOTE`, `ProgressNote`), as words."""
    return _JOINT.sub(" ", title[:_LONGEST_TITLE].replace("_", " "))


def _titled(titles: Iterable[str]) -> DocumentType | None:
    for title in titles:
        for kind in _types():
            if title and kind.title and kind.title.search(_in_words(title)):
                return kind.value
    return None


def _headed(text: str) -> DocumentType | None:
    """The kind by the text's own title, else by the headings that only one kind has."""
    lines = [line.strip() for line in text[:_HEAD].splitlines() if line.strip()][:_HEAD_LINES]
    for line in lines:
        for kind in _types():
            if kind.heading and len(line) <= _LONGEST_HEADING and kind.heading.match(line):
                return kind.value
    for kind in _types():
        headings = sum(1 for heading in kind.sections if heading.search(text[:_SEEN]))
        if headings >= _ENOUGH_SECTIONS:
            return kind.value
    return None


def setting_of_class(code: str, title: str = "") -> SettingValue | None:
    """The setting that a patient class (PV1-2, FHIR Encounter.class) states, or None."""
    known = _patient_classes()
    found = known.hl7.get(code.upper()) or known.act_code.get(code.upper())
    if found is None and known.title.fullmatch(title or code):
        return known.act_code["IMP"]
    return found


def class_statement(code: str, title: str = "") -> Document | None:
    """The patient class as a document of its own, which states the setting as a record does.

    So it is evidence like any other words, with a claim or without. None where the class says
    nothing of the setting.
    """
    setting = setting_of_class(code, title)
    if setting is None:
        return None
    text = _patient_classes().statement.format(setting=setting)
    return Document(doc_id="patient-class", type="other", text=text)


def payer(filing_indicator: str | None, name: str | None) -> str | None:
    """The payer in our words by the claim's filing indicator (SBR09), else its own name."""
    return _claim_codes().filing_indicator.get(filing_indicator or "") or name or None


def place_of_service(patient_class: str) -> str | None:
    """The place of service that an HL7 patient class (PV1-2) stands for, or None."""
    return _claim_codes().place_of_patient_class.get(patient_class)


def icd10_cm(code: str) -> str:
    """A diagnosis code as people write it, with its point: `T8744` is "T87.44"."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and "." not in code else code


@cache
def _types() -> tuple[_Type, ...]:
    """The site's kinds before ours: what a site says of its own codes and titles holds."""
    ours, *sites = [path for path in data_files("read") if path.name == "document_types.toml"]
    return tuple(kind for path in (*sites, ours) for kind in load_toml(path, _Types).type)


@cache
def _patient_classes() -> _PatientClass:
    return load_toml(pattern_file("read/patient_class.toml"), _PatientClass)


@cache
def no_note_words() -> NoNote:
    """What is said where no operative note was recognised."""
    return load_toml(pattern_file("read/no_note.toml"), NoNote)


@cache
def _claim_codes() -> _ClaimCodes:
    return load_toml(pattern_file("read/claims.toml"), _ClaimCodes)
