"""No message is in pydantic's words, whatever it finds, and none holds what the input held."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, Literal

import pydantic
import pytest

from notecheck.wrong_values import sentence

PACKAGE = Path(__file__).resolve().parents[1] / "notecheck"
SECRET = "Mrs Sample"


class Line(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")

    units: int = pydantic.Field(ge=1)
    billed: bool = True
    charge: float = pydantic.Field(1.0, gt=0, lt=1e6)
    form: Literal["professional", "institutional"] = "professional"
    diagnoses: tuple[str, ...] = pydantic.Field(("T87.44",), min_length=1)
    day: dt.date | None = None
    side: str = pydantic.Field("left", pattern="^(left|right)$")

    @pydantic.field_validator("side")
    @classmethod
    def _not_right(cls, value: str) -> str:
        if value == "right":
            raise ValueError("give the left side")
        return value


class Claim(pydantic.BaseModel):
    lines: list[Line]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"units": SECRET}, "`lines[1].units` must be a whole number"),
        ({"units": 0}, "`lines[1].units` must be 1 or more"),
        ({"units": None}, "`lines[1].units` must be a whole number"),
        ({}, "`lines[1].units` is missing"),
        ({"units": 1, "sides": SECRET}, "`lines[1].sides` is an unknown key"),
        ({"units": 1, "side": SECRET}, "`lines[1].side` is not of the form that is asked for here"),
        ({"units": 1, "side": "right"}, "`lines[1].side` is wrong: give the left side"),
        ({"units": 1.5}, "`lines[1].units` must be a whole number"),
        ({"units": 1, "billed": SECRET}, "`lines[1].billed` must be true or false"),
        ({"units": 1, "charge": 0}, "`lines[1].charge` must be more than 0.0"),
        ({"units": 1, "charge": 1e7}, "`lines[1].charge` must be less than 1000000.0"),
        ({"units": 1, "charge": SECRET}, "`lines[1].charge` must be a number"),
        ({"units": 1, "form": SECRET},
         "`lines[1].form` has an unknown value: allowed are 'professional' or 'institutional'"),
        ({"units": 1, "diagnoses": []}, "`lines[1].diagnoses` must have at least one item"),
        ({"units": 1, "diagnoses": SECRET}, "`lines[1].diagnoses` must be a list"),
        ({"units": 1, "diagnoses": [4]}, "`lines[1].diagnoses[0]` must be text in quotes"),
        ({"units": 1, "day": SECRET}, "`lines[1].day` has a value that cannot be used here"),
        (SECRET, "`lines[1]` must be an object"),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_our_words(line: Any, said: str) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        Claim.model_validate({"lines": [{"units": 1}, line]})
    assert sentence(caught.value) == said


def test_no_module_shows_pydantics_own_words() -> None:
    shown = re.compile(r"""\[["']msg["']\]""")
    files = [p for p in PACKAGE.rglob("*.py") if shown.search(p.read_text(encoding="utf-8"))]
    assert not files
