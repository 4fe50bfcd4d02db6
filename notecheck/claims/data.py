"""What billing knows beside the requirements: families, lines, diagnoses, procedures."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from notecheck.codes.model import Confidence, Data, Sourced, Statement
from notecheck.models import IndicationValue, Level, Segment, Tissue
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

DigitSide = Literal["left", "right", "both", "upper", "unspecified", "other"]


class Family(Data):
    """Codes for one part of the limb, each with how far it goes."""

    name: str
    extent: dict[str, int]


class FamilyFile(Data):
    family: tuple[Family, ...]

    def of(self, code: str) -> Family | None:
        return next((family for family in self.family if code in family.extent), None)


class DebridementLine(Data):
    """A code for the deepest of `tissues`; its add-on for each further `area_cm2`."""

    code: str
    tissues: tuple[Tissue, ...]
    addon: str
    area_cm2: float = Field(gt=0)


class NerveLines(Data):
    """Codes for nerves of the thigh, of hand and foot, and the add-on to one of `excisions`."""

    thigh: frozenset[str]
    hand_or_foot: frozenset[str]
    addon: str
    excisions: frozenset[str]


class CodeList(Data):
    codes: frozenset[str]


class ModifierList(Data):
    modifiers: frozenset[str]


class TeamModifiers(ModifierList):
    repeats: frozenset[str]
    shares: frozenset[str]


class VisitLines(Data):
    """Codes of visits by range, and the modifiers that belong to visits.

    Diagnoses that begin with one of `of_the_stump` are of the operation's own limb and its care.
    """

    ranges: tuple[tuple[str, str], ...]
    after_surgery: frozenset[str]
    decision_for_surgery: str
    same_day_minor: str
    only_on_visits: frozenset[str]
    of_the_stump: tuple[str, ...]

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and any(
            len(code) == len(first) and first <= code <= last for first, last in self.ranges
        )


class GlobalRules(Data):
    unrelated: str


class PlaceRules(Data):
    """Places where nobody is amputated, and those that each policy rule does not pay."""

    implausible: frozenset[str]
    not_payable: dict[str, frozenset[str]]


class Unsupported(Data):
    """Modifiers that the documents have to bear out, by one of `values` of the fact `fact` or by
    one of `elements` of the operative report."""

    modifiers: frozenset[str]
    fact: str | None = None
    values: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    finding: str


class Contradicted(Data):
    """Modifiers that the documents speak against by `values`, unless they tell `unless`."""

    modifiers: frozenset[str]
    fact: str
    values: tuple[str, ...]
    unless: tuple[str, ...] = ()
    finding: str


class Misnamed(Data):
    """Codes that are not for what the documents tell by a fact's value; `due` is for it."""

    codes: frozenset[str]
    fact: str
    value: str
    due: str
    finding: str


class AskedFor(Data):
    """What the documents tell by `values` of a fact, and the modifiers that would say so."""

    fact: str
    values: tuple[str, ...]
    modifiers: frozenset[str]
    finding: str


class FormModifiers(Data):
    """Modifiers that stand on claims of one form alone."""

    form: Literal["professional", "institutional"]
    modifiers: frozenset[str]
    finding: str


class ToldWork(Data):
    """Codes for work that the documents have to tell by a fact's value.

    `untold` is found where they do not, `told` where they do and it was done at the amputation.
    """

    codes: frozenset[str]
    fact: str
    values: tuple[str, ...]
    untold: str
    told: str | None = None


class Indicator(Data):
    """A column of the fee schedule, and its values under which `modifiers` are paid nothing."""

    column: str
    modifiers: frozenset[str]
    refused: frozenset[str]


class LineFile(Data):
    """What may stand on a claim beside an amputation."""

    debridement: tuple[DebridementLine, ...]
    nerves: NerveLines
    negative_pressure: CodeList
    visits: VisitLines
    global_: GlobalRules = Field(alias="global")
    separate: ModifierList
    included: CodeList
    unlisted: CodeList
    bears_out: tuple[Unsupported, ...]
    speaks_against: tuple[Contradicted, ...]
    asked_for: tuple[AskedFor, ...]
    of_form: tuple[FormModifiers, ...]
    misnamed: tuple[Misnamed, ...]
    told_work: tuple[ToldWork, ...]
    paired: CodeList
    indicator: tuple[Indicator, ...]
    team: TeamModifiers
    places: PlaceRules


class PartDigit(Data):
    """The character that names the part of the body, and its values for foot and leg."""

    at: int
    foot: str
    leg: str = ""

    def of(self, code: str) -> Literal["foot", "leg"] | None:
        digit = code[self.at - 1 : self.at]
        if digit and digit in self.foot:
            return "foot"
        return "leg" if digit and digit in self.leg else None


class Diagnosis(Data):
    """One group of ICD-10-CM codes by prefix; positions count characters from 1, no dot.

    `side_by_title` takes the side from the code's title, where no one character tells it.
    `told_as` are values of `billing_words` that tell the disease beside its `indications`.
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
    length: int | None = None
    level: Level | None = None
    part: Literal["leg", "foot"] | None = None
    parts: PartDigit | None = None


class Exclusion(Data):
    """An Excludes1 note: codes that begin with one of `codes` and with one of `others`.

    `under` is where the tabular list has it.
    """

    under: str
    codes: tuple[str, ...]
    others: tuple[str, ...]


class DiagnosisFile(Data):
    """`about` is the source of all records; each tells for itself how sure it is.

    `exclusions` come from the tabular list itself. `present_on_admission` are the indicators that
    an inpatient bill may give, `exempt` those of codes that need none.
    """

    about: Sourced
    diagnosis: tuple[Diagnosis, ...]
    exclusions_about: Sourced
    exclusion: tuple[Exclusion, ...]
    present_on_admission: frozenset[str]
    exempt: frozenset[str]

    def of(self, code: str) -> Diagnosis | None:
        """The record of the longest prefix of `code`, a code with neither dot nor blanks."""
        fitting = [record for record in self.diagnosis if code.startswith(record.prefix)]
        return max(fitting, key=lambda record: len(record.prefix), default=None)


class Procedure(Data):
    """One detachment of ICD-10-PCS by its first four characters; `heights` by its seventh."""

    prefix: str
    name: str
    level: Level
    side: Literal["left", "right"]
    heights: dict[str, tuple[Segment, ...]] = {}
    levels: tuple[Level, ...] = ()
    qualifiers: frozenset[str] = frozenset("Z")

    def is_whole(self, code: str) -> bool:
        """Whether `code` has all seven characters, each one that the table has."""
        return len(code) == 7 and code[4:6] == "0Z" and code[6] in self.qualifiers


class ProcedureFile(Data):
    """`table` begins every detachment of a lower extremity."""

    about: Sourced
    table: str
    procedure: tuple[Procedure, ...]

    def of(self, code: str) -> Procedure | None:
        return next((record for record in self.procedure if code.startswith(record.prefix)), None)


class ModifierFile(Data):
    modifier: tuple[Statement, ...]


@cache
def families() -> FamilyFile:
    return load_toml(pattern_file("claims/families.toml"), FamilyFile)


@cache
def lines() -> LineFile:
    return load_toml(pattern_file("claims/lines.toml"), LineFile)


@cache
def diagnoses() -> DiagnosisFile:
    return load_toml(pattern_file("claims/diagnoses.toml"), DiagnosisFile)


@cache
def procedures() -> ProcedureFile:
    return load_toml(pattern_file("claims/procedures.toml"), ProcedureFile)


@cache
def modifiers() -> ModifierFile:
    return load_toml(pattern_file("claims/modifiers.toml"), ModifierFile)
