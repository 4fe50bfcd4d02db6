"""What a claim may pay, by the rates in `patterns/rates/`: for estimates only."""

from __future__ import annotations

import tomllib
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from notecheck.errors import RulesError
from notecheck.models import Claim
from notecheck.rules.files import pattern_file


class Rate(BaseModel):
    """One rate in dollars, and the claims it is for.

    `bills` holds first digits of the bill type, after a leading zero; none means any.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    amount: float = Field(gt=0)
    forms: frozenset[str]
    bills: tuple[str, ...] = ()
    source: str

    def is_for(self, claim: Claim) -> bool:
        bill = (claim.type_of_bill or "").removeprefix("0")
        return (claim.form or "professional") in self.forms and (
            not self.bills or bill.startswith(self.bills)
        )


class RateTable(BaseModel):
    """The rates of one code, none where they are not known; the first that fits being the one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    rate: tuple[Rate, ...] = ()

    def of(self, claim: Claim) -> Rate | None:
        return next((rate for rate in self.rate if rate.is_for(claim)), None)


@cache
def rate_table(code: str) -> RateTable:
    """The rates of `code`, none without a file of them. Raises RulesError when that is wrong."""
    path = pattern_file(f"rates/{code}.toml")
    try:
        return RateTable.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return RateTable(code=code)
    except OSError as error:
        raise RulesError(f"cannot be read: {error.strerror}", where=path.name) from None
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RulesError(f"is not a table of rates: {error}", where=path.name) from None
