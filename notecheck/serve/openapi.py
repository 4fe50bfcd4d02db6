"""The OpenAPI description: the shapes of the contract, and an example that was really answered."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from notecheck.models import Encounter, Report
from notecheck.serve.examples import ENCOUNTER
from notecheck.serve.job import JSON

_REF = "#/components/schemas/{model}"


def description(app: FastAPI, report: bytes) -> dict[str, Any]:
    """What `/openapi.json` says; `report` is the report of the example encounter."""
    _, shapes = models_json_schema(
        [(Encounter, "validation"), (Report, "serialization")], ref_template=_REF
    )
    described = get_openapi(
        title="notecheck",
        version="1",
        summary="Does the operative note document what its code (CPT 27596) requires?",
        routes=app.routes,
    )
    described.setdefault("components", {}).setdefault("schemas", {}).update(shapes["$defs"])
    described["components"]["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{"bearer": []}, {}]
    example = json.loads(report)
    line = json.dumps(ENCOUNTER)
    _body(described, "/v1/check", JSON, "Encounter", ENCOUNTER, example)
    _body(
        described, "/v1/check/batch", "application/x-ndjson", None,
        line + "\n", report.decode() + "\n",
    )  # fmt: skip
    return described


def _body(
    described: dict[str, Any], path: str, media_type: str, shape: str | None,
    example: object, answer: object,
) -> None:  # fmt: skip
    operation = described["paths"][path]["post"]
    schema = {"$ref": _REF.format(model=shape)} if shape else {"type": "string"}
    operation["requestBody"] = {
        "required": True,
        "content": {media_type: {"schema": schema, "example": example}},
    }
    content = operation["responses"]["200"].setdefault("content", {})
    content.setdefault(media_type, {})["example"] = answer
