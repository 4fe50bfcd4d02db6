"""What the codes of other systems mean in an encounter: kinds of document, payers, places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from notecheck.errors import RulesError
from notecheck.models import DocumentType
from notecheck.rules.files import pattern_file


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Type(_Data):
    value: DocumentType
    loinc: frozenset[str]
    hl7: frozenset[str]
    title: re.Pattern[str]

    @field_validator("title", mode="before")
    @classmethod
    def _in_any_case(cls, pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)


class _Types(_Data):
    type: tuple[_Type, ...]


class _ClaimCodes(_Data):
    filing_indicator: dict[str, str]
    place_of_patient_class: dict[str, str]


_File = TypeVar("_File", bound=BaseModel)
_LONGEST_TITLE = 200


def document_type(codes: Iterable[str], titles: Iterable[str] = ()) -> DocumentType:
    """The kind of a document, by the first known of its LOINC or HL7 `codes`, else by a title.

    A document with neither codes nor titles is an operative note, as a bare text is; one whose
    codes and titles are all unknown is `other`.
    """
    coded = [code for code in codes if code]
    named = [title[:_LONGEST_TITLE] for title in titles if title]
    if not coded and not named:
        return "operative_note"
    for code in coded:
        for kind in _types():
            if code in kind.loinc or code in kind.hl7:
                return kind.value
    for title in named:
        for kind in _types():
            if kind.title.search(title):
                return kind.value
    return "other"


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
    return _read("read/document_types.toml", _Types).type


@cache
def _claim_codes() -> _ClaimCodes:
    return _read("read/claims.toml", _ClaimCodes)


def _read(name: str, shape: type[_File]) -> _File:
    try:
        return shape.model_validate(tomllib.loads(pattern_file(name).read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise RulesError(f"cannot be used: {error}", where=name) from None
