"""What billing knows of diagnoses: their digits, what they exclude, which need an indicator."""

from __future__ import annotations

from functools import cache
from typing import Literal

from notecheck.codes.model import Confidence, Data, Sourced
from notecheck.models import IndicationValue, Level
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

DigitSide = Literal["left", "right", "both", "upper", "unspecified", "other"]


class PartDigit(Data):
    """The character that names the part of the body, and its values by part of the limb."""

    at: int
    values: dict[str, str]

    def of(self, code: str) -> str | None:
        digit = code[self.at - 1 : self.at]
        return next((part for part, told in self.values.items() if digit and digit in told), None)


class Diagnosis(Data):
    """One group of ICD-10-CM codes by prefix; positions count characters from 1, no dot.

    `side_by_title` takes the side from the code's title, where no one character tells it.
    `told_as` are values of `billing_words` that tell the disease beside its `indications`; with
    `named` one of these values must be told whatever else is, since the code's title names it.
    A record that denies one of `denied_as` and nowhere tells the disease rules it out.
    """

    prefix: str
    name: str
    role: Literal["complication", "disease", "status", "injury", "weak", "excluded"]
    confidence: Confidence
    indications: frozenset[IndicationValue] = frozenset()
    side_at: int | None = None
    sides: dict[str, DigitSide] = {}
    without_side: tuple[str, ...] = ()
    side_by_title: bool = False
    told_as: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    denied_as: frozenset[IndicationValue] = frozenset()
    length: int | None = None
    level: Level | None = None
    part: str | None = None
    parts: PartDigit | None = None


class Staged(Data):
    """What tells a further stage: one of `modifiers` on the line, or of the `values` of `fact`."""

    modifiers: frozenset[str]
    fact: str
    values: tuple[str, ...]


class Exclusion(Data):
    """An Excludes1 note: codes that begin with one of `codes` and with one of `others`.

    `under` is where the tabular list has it.
    """

    under: str
    codes: tuple[str, ...]
    others: tuple[str, ...]


class DiagnosisFile(Data):
    """`lost_at` tells by part of the limb the levels of a stump that has lost it.

    `about` is the source of all records; each tells for itself how sure it is.

    `exclusions` come from the tabular list itself. `present_on_admission` are the indicators that
    an inpatient bill may give, `exempt` those of codes that need none: which begin with one of
    `exempt_codes`, or are of an injury and have one of `exempt_sevenths` as the seventh character.

    `staged` tells a further stage, whose diagnosis may be that of the first. `limits_denial` are
    values of `billing_words` by which a denial is of a part, a time or a doubt alone.
    """

    about: Sourced
    diagnosis: tuple[Diagnosis, ...]
    exclusions_about: Sourced
    exclusion: tuple[Exclusion, ...]
    present_on_admission: frozenset[str]
    exempt: frozenset[str]
    lost_at: dict[str, frozenset[Level]]
    exempt_codes: tuple[str, ...]
    exempt_sevenths: frozenset[str]
    staged: Staged
    limits_denial: tuple[str, ...]

    def needs_indicator(self, code: str) -> bool:
        """Whether `code`, without its dot, is told as present on admission or not."""
        later = code[:1] in ("S", "T") and code[6:7] in self.exempt_sevenths
        return not later and not code.startswith(self.exempt_codes)

    def of(self, code: str) -> Diagnosis | None:
        """The record of the longest prefix of `code`, a code with neither dot nor blanks."""
        fitting = [record for record in self.diagnosis if code.startswith(record.prefix)]
        return max(fitting, key=lambda record: len(record.prefix), default=None)


@cache
def diagnoses() -> DiagnosisFile:
    """The file `patterns/claims/diagnoses.toml`. Raises RulesError."""
    return load_toml(pattern_file("claims/diagnoses.toml"), DiagnosisFile)
