"""Entries as lines for people, and as JSON for programs."""

from __future__ import annotations

import json
from typing import Any

from notecheck.log.entry import Entry
from notecheck.models import NOT_MET


def entry_json(entry: Entry) -> str:
    """The entry as one JSON object on one line."""
    parts = {
        "number": entry.number, "time": entry.time, "kind": entry.kind, "id": entry.ref,
        **entry.said, "previous": entry.previous, "hash": entry.hash,
    }  # fmt: skip
    return json.dumps(parts)


def entry_text(entry: Entry) -> str:
    """The entry in a few short lines."""
    said = _printable(entry.said)
    head = f"{entry.number}  {entry.time[:19].replace('T', ' ')}  {entry.ref}\n"
    return head + (_decision(said) if entry.kind == "decision" else _override(said))


def _printable(value: Any) -> Any:
    """Ids and reasons come from outside: no sign of theirs may steer the terminal or the line."""
    if isinstance(value, str):
        return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value)
    if isinstance(value, dict):
        return {name: _printable(inner) for name, inner in value.items()}
    return value


def _decision(said: dict[str, Any]) -> str:
    claim = f", claim {said['claim_id']}" if said["claim_id"] else ""
    lines = [
        f"{said['decision']} ({said['score']}): encounter {said['encounter_id']}{claim}",
        f"asked by {said['by']} by way of {said['way']}, rules {said['rules']['version']} "
        f"{said['rules']['sha256'][:12]}",
    ]
    statuses = said["requirements"]
    for status in NOT_MET:
        names = [name for name, found in statuses.items() if found == status]
        if names:
            lines.append(f"{status}: {', '.join(names)}")
    return "".join(f"   {line}\n" for line in lines)


def _override(said: dict[str, Any]) -> str:
    return (
        f"   overridden to {said['decision']} by {said['person']} "
        f"(given by {said['by']} by way of {said['way']})\n   reason: {said['reason']}\n"
    )
