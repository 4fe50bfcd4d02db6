"""What a code's file may settle of a requirement, by its kind."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from notecheck.codes.model import Data
from notecheck.facts.report_elements import ReportElements
from notecheck.models import Level


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


class ClosureSettings(NoSettings):
    """What a closure told only in layers, or of the skin, amounts to."""

    layered: Literal["met", "partial"] = "partial"
