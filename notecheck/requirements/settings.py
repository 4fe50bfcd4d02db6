"""What a code's file may settle of a requirement, by its kind."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from notecheck.codes.model import Data
from notecheck.facts.documented import Asked
from notecheck.facts.report_elements import ReportElements
from notecheck.models import DocumentType, Level
from notecheck.rules.load import rule_set


class NoSettings(Data):
    """A kind that asks the same of every code."""

    @property
    def words(self) -> dict[str, str]:
        """What the messages' placeholders say beside the finding's own values."""
        return {name: str(value) for name, value in self.model_dump().items()}


class StumpSettings(NoSettings):
    """The levels of the stump that the code is for; any level where it is empty."""

    levels: tuple[Level, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        return {"wanted": " or ".join(level.replace("_", " ") for level in self.levels)}


class FirstSettings(StumpSettings):
    """The levels whose earlier amputation makes the code the wrong one."""

    levels: tuple[Level, ...] = Field(min_length=1)


class DivisionSettings(NoSettings):
    """The level divided today, how its bone or joint is called, and whether a place is asked."""

    level: Level
    part: str
    place: bool = True


class JointSettings(DivisionSettings):
    """A level whose joint is its place."""

    place: Literal[False] = False


class MannerSettings(NoSettings):
    """The supported codes that tell the manner, and how it is called in messages."""

    supported: tuple[str, ...] = Field(min_length=1)
    told: str


class ElementSettings(NoSettings):
    """An element of operative reports, how it is called, and whether only any need be told."""

    element: str
    name: str
    where_any: bool = False

    @field_validator("element")
    @classmethod
    def _known(cls, element: str) -> str:
        if element not in ReportElements.known():
            raise ValueError(f"give one of {', '.join(sorted(ReportElements.known()))}")
        return element

    @property
    def words(self) -> dict[str, str]:
        return {"name": self.name, "Name": self.name[:1].upper() + self.name[1:]}


class DocumentedSettings(NoSettings):
    """A fact that the chart must tell, and how it is called.

    `fact` and `values` are words of the vocabulary that some rule or frame tells; `sections` and
    `documents` say where it may stand (the report of the operation where none is named).
    """

    fact: str
    name: str
    values: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    documents: tuple[DocumentType, ...] = ()
    today: bool = True

    @model_validator(mode="after")
    def _known(self) -> DocumentedSettings:
        rules = rule_set()
        if self.fact not in rules.facts:
            raise ValueError(f"the vocabulary has no fact {self.fact!r}")
        known = rules.facts[self.fact]
        for value in self.values:
            if value not in known:
                raise ValueError(
                    f"{self.fact} has no value {value!r}: give one of {', '.join(known)}"
                )
        categories = {section.category for section in rules.sections} | {"none"}
        for section in self.sections:
            if section not in categories:
                raise ValueError(f"no section has the category {section!r}")
        return self

    @property
    def asked(self) -> Asked:
        return Asked(self.fact, self.values, self.sections, self.documents, self.today)

    @property
    def words(self) -> dict[str, str]:
        return {"name": self.name, "Name": self.name[:1].upper() + self.name[1:]}


class ClosureSettings(NoSettings):
    """What a closure told only in layers, or of the skin, amounts to."""

    layered: Literal["met", "partial"] = "partial"
