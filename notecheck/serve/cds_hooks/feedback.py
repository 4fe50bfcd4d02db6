"""What became of a card: an overridden one is an override in the audit log."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from notecheck.errors import InputError
from notecheck.log.entry import Draft
from notecheck.log.override import override_draft, require_decision
from notecheck.log.store import Log
from notecheck.serve.cds_hooks.cards import OVERRIDE_REASONS
from notecheck.wrong_values import sentence


class _Reason(BaseModel):
    code: str
    system: str | None = None


class _OverrideReason(BaseModel):
    reason: _Reason | None = None
    userComment: str | None = None


class _Feedback(BaseModel):
    card: str = Field(min_length=1)
    outcome: Literal["accepted", "overridden"]
    overrideReason: _OverrideReason | None = None
    outcomeTimestamp: str


class _Request(BaseModel):
    feedback: list[_Feedback]


class Feedback:
    """One request. Raises InputError when it is not what it should be."""

    def __init__(self, body: bytes) -> None:
        try:
            self._told = _Request.model_validate_json(body).feedback
        except ValidationError as error:
            raise InputError(sentence(error)) from None

    def drafts(self, log: Log, by: str) -> list[Draft]:
        """An override for each card that was overridden, by the user who got the card.

        Raises InputError for a card that the log does not know, LogError.
        """
        return [self._draft(log, one, by) for one in self._told if one.outcome == "overridden"]

    def _draft(self, log: Log, one: _Feedback, by: str) -> Draft:
        said = require_decision(log, one.card).said
        return override_draft(
            one.card,
            decision="pass",
            person=said.get("user", "not given"),
            reason=_reason(one.overrideReason),
            way="cds-hooks",
            by=by,
        )


def _reason(told: _OverrideReason | None) -> str:
    code = told.reason.code if told and told.reason else ""
    comment = told.userComment if told else None
    return ": ".join(part for part in (OVERRIDE_REASONS.get(code, code), comment) if part) or (
        "none given"
    )
