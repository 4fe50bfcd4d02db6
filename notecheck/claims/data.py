"""What billing knows beside the requirements: families, lines, procedures, modifiers."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from notecheck.codes.model import Data, Sourced, Statement
from notecheck.models import IndicationValue, Level, ReconstructionValue, Segment, Tissue
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml


class Family(Data):
    """Codes for one part of the limb, each with how far it goes."""

    name: str
    extent: dict[str, int]


class FamilyFile(Data):
    family: tuple[Family, ...]

    def of(self, code: str) -> Family | None:
        return next((family for family in self.family if code in family.extent), None)


class DebridementLine(Data):
    """A code for the deepest of `tissues`; its add-on for each further `area_cm2`.

    Where `by_depth` is false it is for a manner, and the depth told says nothing against it.
    """

    code: str
    by_depth: bool = True
    tissues: tuple[Tissue, ...]
    addon: str
    area_cm2: float = Field(gt=0)


class NerveLines(Data):
    """Codes for nerves of the thigh, of hand and foot, and the add-on to one of `excisions`.

    `reason` is the indication that makes an excision one of its own. Of `billing_words`, `routine`
    is told of a nerve cut as in every amputation, `found` of a neuroma, `in_wound` of one taken by
    the amputation's own wound.
    """

    thigh: frozenset[str]
    hand_or_foot: frozenset[str]
    addon: str
    excisions: frozenset[str]
    reason: IndicationValue
    routine: str
    found: str
    in_wound: str


class ApartWords(Data):
    """The values of `fact` that set a debridement apart: another site, or its own necessity."""

    fact: str
    site: str
    necessity: str


class CodeList(Data):
    codes: frozenset[str]


class VacuumLines(CodeList):
    """Codes for wound vacs, and the values of `reconstruction` that tell one and an open stump.

    `elsewhere` is told where one is on another wound than the stump.
    """

    told_as: ReconstructionValue
    left_open: ReconstructionValue
    elsewhere: str


class ModifierList(Data):
    modifiers: frozenset[str]


class TeamModifiers(ModifierList):
    """Under one of `each_notes` every surgeon dictates a note of the own part."""

    each_notes: frozenset[str]
    repeats: frozenset[str]
    shares: frozenset[str]
    operates: str


def _in_ranges(code: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(len(code) == len(first) and first <= code <= last for first, last in ranges)


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
        return isinstance(code, str) and _in_ranges(code, self.ranges)


class GlobalRules(Data):
    """The modifier for an unrelated operation, which is not for a reason `of_the_stump`.

    `operations` are the ranges of codes that operations have. Of `billing_words`, `elsewhere` is
    told of one on another part of the body, `related` of a return for what the first one left.
    """

    unrelated: str
    of_the_stump: frozenset[IndicationValue]
    operations: tuple[tuple[str, str], ...]
    elsewhere: str
    related: tuple[str, ...]

    def is_operation(self, code: str) -> bool:
        return _in_ranges(code, self.operations)


class PlaceRules(Data):
    """Places where nobody is amputated; places and bill types that each policy rule does not pay.

    Under the modifiers `excused` a line is paid in the setting all the same. `plausible` has, by
    place, the small amputations that are done there all the same.
    """

    excused: frozenset[str]
    implausible: frozenset[str]
    plausible: dict[str, frozenset[str]]
    not_payable: dict[str, frozenset[str]]
    not_payable_bills: dict[str, frozenset[str]]


class Unsupported(Data):
    """Modifiers that the documents have to bear out, by one of `values` of the fact `fact` or by
    one of `elements` of the operative report.

    With `history` what is told of an earlier operation, as its scar, bears them out too.
    """

    modifiers: frozenset[str]
    fact: str | None = None
    values: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    history: bool = False
    finding: str


class Contradicted(Data):
    """Modifiers that the documents speak against by `values`, unless they tell `unless`.

    With `history` also what is told of an earlier operation speaks against them.
    """

    modifiers: frozenset[str]
    fact: str
    values: tuple[str, ...]
    unless: tuple[str, ...] = ()
    history: bool = False
    finding: str


class Misnamed(Data):
    """Codes that are not for what the documents tell by a fact's value; `due` is for it."""

    codes: frozenset[str]
    fact: str
    value: str
    due: str
    finding: str


class Assistants(Data):
    """The modifiers for a surgeon who assists and those for others, by elements of the report.

    `others` is told of practitioners who assist, `surgeons` of surgeons. `payers` are the classes
    that keep the two apart; at another's claim `elsewhere` is found.
    """

    of_surgeons: frozenset[str]
    of_others: frozenset[str]
    surgeons: tuple[str, ...]
    others: tuple[str, ...]
    payers: frozenset[str]
    not_a_surgeon: str
    elsewhere: str
    a_surgeon: str

    @property
    def all(self) -> frozenset[str]:
        return self.of_surgeons | self.of_others


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

    `untold` is found where they do not, `told` where they do and it was done at the amputation: a
    modifier for another site is believed only with words for it, the values `elsewhere`.
    """

    codes: frozenset[str]
    fact: str
    values: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    untold: str
    told: str | None = None


class Indicator(Data):
    """A column of the fee schedule, and its values under which `modifiers` are paid nothing."""

    column: str
    modifiers: frozenset[str]
    refused: frozenset[str]


class ToeModifiers(Data):
    """The toe that each modifier is `of`; `several` is told where toes are named as a row.

    `at` are the codes by the place at which a toe is divided.
    """

    several: str
    of: dict[str, str]
    at: dict[str, str]


class LineFile(Data):
    """What may stand on a claim beside an amputation."""

    debridement: tuple[DebridementLine, ...]
    debridement_apart: ApartWords
    nerves: NerveLines
    negative_pressure: VacuumLines
    visits: VisitLines
    toes: ToeModifiers
    global_: GlobalRules = Field(alias="global")
    separate: ModifierList
    unlisted: CodeList
    bears_out: tuple[Unsupported, ...]
    speaks_against: tuple[Contradicted, ...]
    asked_for: tuple[AskedFor, ...]
    assistants: Assistants
    of_form: tuple[FormModifiers, ...]
    misnamed: tuple[Misnamed, ...]
    told_work: tuple[ToldWork, ...]
    indicator: tuple[Indicator, ...]
    team: TeamModifiers
    places: PlaceRules


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
def procedures() -> ProcedureFile:
    return load_toml(pattern_file("claims/procedures.toml"), ProcedureFile)


@cache
def modifiers() -> ModifierFile:
    return load_toml(pattern_file("claims/modifiers.toml"), ModifierFile)
