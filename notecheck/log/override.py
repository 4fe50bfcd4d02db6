"""A person decides otherwise than notecheck did: who, why, and what the decision is now."""

from __future__ import annotations

from notecheck.errors import InputError
from notecheck.log.entry import Draft, Entry
from notecheck.log.store import Log
from notecheck.models import Decision

_MAX_REASON = 2_000


def override(
    log: Log, ref: str, *, decision: Decision, person: str, reason: str, way: str, by: str
) -> Entry:
    """Appends that `person` set the decision `ref` to `decision` because of `reason`.

    Raises InputError when there is no such decision or a part is blank, LogError when the log
    fails.
    """
    draft = override_draft(ref, decision=decision, person=person, reason=reason, way=way, by=by)
    require_decision(log, ref)
    return log.append([draft])[0]


def override_draft(
    ref: str, *, decision: Decision, person: str, reason: str, way: str, by: str
) -> Draft:
    """The entry of an override. Raises InputError when a part is blank or too long."""
    for name, value in (("person", person), ("reason", reason)):
        if not value.strip():
            raise InputError(f"an override needs a {name}: say who decides, and why")
        if len(value) > _MAX_REASON:
            raise InputError(f"the {name} is longer than {_MAX_REASON} characters")
    body = {"decision": decision, "person": person, "reason": reason, "way": way, "by": by}
    return Draft("override", ref, body)


def require_decision(log: Log, ref: str) -> Entry:
    """The entry of the decision `ref`. Raises InputError when the log has none."""
    for entry in log.entries(ref):
        if entry.kind == "decision":
            return entry
    raise InputError("the log has no decision of this id: `notecheck log show` lists them")
