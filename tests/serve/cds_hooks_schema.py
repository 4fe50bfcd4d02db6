"""The shapes of CDS Hooks 2.0, written down from the specification as JSON Schema."""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
URL: dict[str, Any] = {"type": "string", "format": "uri", "pattern": "^https?://"}
CODING: dict[str, Any] = {
    "type": "object",
    "required": ["code"],
    "properties": {"code": TEXT, "system": {"type": "string"}, "display": {"type": "string"}},
}

DISCOVERY: dict[str, Any] = {
    "type": "object",
    "required": ["services"],
    "properties": {
        "services": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["hook", "description", "id"],
                "properties": {
                    "hook": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)+$"},
                    "title": TEXT,
                    "description": TEXT,
                    "id": {"type": "string", "pattern": "^[A-Za-z0-9._-]+$"},
                    "prefetch": {"type": "object", "additionalProperties": TEXT},
                    "usageRequirements": TEXT,
                },
                "additionalProperties": False,
            },
        }
    },
}

CARD: dict[str, Any] = {
    "type": "object",
    "required": ["summary", "indicator", "source"],
    "properties": {
        "uuid": TEXT,
        "summary": {"type": "string", "minLength": 1, "maxLength": 139},
        "detail": TEXT,
        "indicator": {"enum": ["info", "warning", "critical"]},
        "source": {
            "type": "object",
            "required": ["label"],
            "properties": {"label": TEXT, "url": URL, "icon": URL, "topic": CODING},
            "additionalProperties": False,
        },
        "suggestions": {"type": "array"},
        "selectionBehavior": {"enum": ["at-most-one", "any"]},
        "overrideReasons": {"type": "array", "items": {**CODING, "required": ["code", "display"]}},
        "links": {"type": "array"},
    },
    "dependentRequired": {"suggestions": ["selectionBehavior"]},
    "additionalProperties": False,
}

RESPONSE: dict[str, Any] = {
    "type": "object",
    "required": ["cards"],
    "properties": {
        "cards": {"type": "array", "items": CARD},
        "systemActions": {"type": "array"},
    },
    "additionalProperties": False,
}
