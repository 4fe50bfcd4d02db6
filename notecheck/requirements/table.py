"""Loads the requirements of one code: weights, messages, and the claim codes they go by."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from notecheck.errors import RulesError
from notecheck.models import Status
from notecheck.requirements.finding import Finding
from notecheck.rules.files import pattern_file

RequirementId = Literal[
    "prior-level", "new-level", "indication", "indication-preop", "revision-necessity",
    "reconstruction", "laterality-note", "laterality-claim", "debridement", "inpatient",
    "global-period",
]  # fmt: skip
BilledSide = Literal["left", "right", "bilateral"]
Codes = Annotated[frozenset[str], Field(min_length=1)]
_IDS: tuple[RequirementId, ...] = get_args(RequirementId)
_STATUSES = frozenset(get_args(Status))


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClaimRules(_Rules):
    """What the codes on a claim mean.

    A place of service, or a bill type's first two digits, in neither of its two lists says
    neither inpatient nor outpatient. `side_procedures` maps ICD-10-PCS prefixes to sides.
    """

    family: Codes
    debridement: Codes
    inpatient_places: Codes
    outpatient_places: Codes
    inpatient_bills: Codes
    outpatient_bills: Codes
    global_modifiers: Codes
    global_days: int = Field(gt=0)
    side_modifiers: dict[str, BilledSide]
    side_procedures: dict[str, BilledSide]


class RequirementRule(_Rules):
    """One requirement: its weight in the score and its messages by `status` or `status.reason`."""

    id: RequirementId
    weight: float = Field(gt=0)
    messages: dict[str, str]

    @field_validator("messages")
    @classmethod
    def _well_formed(cls, messages: dict[str, str]) -> dict[str, str]:
        for key, message in messages.items():
            if key.partition(".")[0] not in _STATUSES:
                raise ValueError(f"message key {key!r} does not begin with a status")
            for _, name, _, _ in Formatter().parse(message):
                if name is not None and not name.isidentifier():
                    raise ValueError(f"message {key!r} has a placeholder without a name")
        return messages


class RequirementTable(_Rules):
    """The requirements of one code, in the order they are reported."""

    code: str
    claim: ClaimRules
    requirement: tuple[RequirementRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _complete_and_in_order(self) -> Self:
        if tuple(rule.id for rule in self.requirement) != _IDS:
            raise ValueError(f"each requirement is told once, in this order: {', '.join(_IDS)}")
        return self

    def message(self, rule: RequirementRule, finding: Finding) -> str:
        """What was found for `rule`, in plain English.

        Raises RulesError when the data has no message for it, or a message with a placeholder
        that the requirement does not fill.
        """
        key = f"{finding.status}.{finding.reason}" if finding.reason else finding.status
        try:
            return rule.messages[key].format_map(finding.values)
        except KeyError as error:
            raise RulesError(
                f"{rule.id}: message {key!r} is missing, or cannot be filled in: {error}",
                where=f"{self.code}.toml",
            ) from None


@cache
def requirement_table(code: str) -> RequirementTable:
    """The requirements of `code`, from `patterns/requirements/CODE.toml`.

    Raises RulesError when there is no such file or it is wrong.
    """
    return load_table(pattern_file(f"requirements/{code}.toml"))


def load_table(path: Path) -> RequirementTable:
    """Read one requirements file.

    Raises RulesError, naming the file, when it is absent, no TOML, of another shape, or about
    another code than its name says.
    """
    try:
        table = RequirementTable.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise RulesError(f"cannot be read: {error.strerror}", where=path.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"is not TOML: {error}", where=path.name) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        told = f"{place}: {first['msg']}" if place else first["msg"]
        raise RulesError(told, where=path.name) from None
    if table.code != path.stem:
        raise RulesError(f"is about code {table.code}", where=path.name)
    return table
