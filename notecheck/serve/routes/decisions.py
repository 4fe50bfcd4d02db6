"""POST /v1/decisions/{id}/override: a person decides otherwise."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request

from notecheck.errors import InputError
from notecheck.log.override import override_draft, require_decision
from notecheck.models import Decision
from notecheck.serve.bodies import read_body
from notecheck.serve.job import JSON
from notecheck.serve.problems import Refused
from notecheck.serve.routes.access import REFUSALS, Asker, Running

router = APIRouter(tags=["decisions"])
_MOST_BYTES = 10_000


class Override(BaseModel):
    """What is decided instead, by whom, and why."""

    model_config = ConfigDict(extra="forbid")

    decision: Decision
    person: str
    reason: str


class Overridden(BaseModel):
    """The entry that the override has become."""

    number: int
    hash: str


@router.post(
    "/v1/decisions/{decision}/override",
    status_code=HTTPStatus.CREATED,
    responses=REFUSALS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                JSON: {
                    "schema": Override.model_json_schema(),
                    "example": {
                        "decision": "pass",
                        "person": "A. Coder",
                        "reason": "An addendum of the surgeon names the place of the cut.",
                    },
                }
            },
        }
    },
)
async def override(decision: str, request: Request, service: Running, caller: Asker) -> Overridden:
    """Append to the audit log that a person decides otherwise than notecheck did."""
    body = await read_body(
        request, (JSON,), most=_MOST_BYTES, seconds=service.settings.limits.body_seconds
    )
    try:
        told = Override.model_validate_json(body)
        draft = override_draft(
            decision, decision=told.decision, person=told.person, reason=told.reason,
            way="http", by=caller.name,
        )  # fmt: skip
    except ValidationError:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "give `decision` (pass, review or hold), `person` and `reason`, and nothing else",
        ) from None
    except InputError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, error.message) from None
    try:
        await service.log.read(lambda log: require_decision(log, decision))
    except InputError as error:
        raise Refused(HTTPStatus.NOT_FOUND, error.message) from None
    entry = await service.log.append(draft)
    return Overridden(number=entry.number, hash=entry.hash)
