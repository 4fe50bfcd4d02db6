"""What the codes on a claim mean: families of codes, places, bill types, modifiers."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from notecheck.codes.model import Data
from notecheck.models import Level
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

BilledSide = Literal["left", "right", "bilateral"]
Codes = Annotated[frozenset[str], Field(min_length=1)]


class ClaimRules(Data):
    """What the codes on a claim mean.

    A place of service, or a bill type's first two digits, in neither of its two lists says
    neither inpatient nor outpatient. `side_procedures` maps ICD-10-PCS prefixes to sides,
    `procedure_codes` to the code that they are checked as where the documents support it or none,
    `stump_codes` levels of a stump to the code that an operation on it is checked for.
    """

    family: Codes
    debridement: Codes
    inpatient_places: Codes
    outpatient_places: Codes
    inpatient_bills: Codes
    outpatient_bills: Codes
    global_modifiers: Codes
    starts_no_period: Codes
    global_days: int = Field(gt=0)
    toe_modifiers: Codes
    side_modifiers: dict[str, BilledSide]
    side_procedures: dict[str, BilledSide]
    stump_codes: dict[Level, str]
    procedure_codes: dict[str, str]

    def side_of_procedure(self, code: str) -> BilledSide | None:
        told = (side for part, side in self.side_procedures.items() if code.startswith(part))
        return next(told, None)

    def checked_as(self, code: str) -> str | None:
        """The code of the list that a procedure stands for, where it can be one alone."""
        told = (known for part, known in self.procedure_codes.items() if code.startswith(part))
        return next(told, None)


@cache
def claim_rules() -> ClaimRules:
    """The rules of `patterns/claims/claim.toml`. Raises RulesError when the file is wrong."""
    return load_toml(pattern_file("claims/claim.toml"), ClaimRules)
