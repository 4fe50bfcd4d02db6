"""What stands in the log, and the chain of hashes that ties each entry to all before it.

An entry's hash is SHA-256 over the previous entry's hash and everything the entry says. Whoever
changes, drops or moves an entry breaks the chain from there on; cutting entries off the end is
found by comparing the last number and hash with a copy kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from notecheck.log.failure import LogError

Kind = Literal["decision", "override"]
FIRST_PREVIOUS = "0" * 64


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be appended.

    `ref` is the id of the decision that the entry is, or is about. `kept_input` is the encounter
    as canonical JSON, when the log was told to keep it; it stands beside the chain, which holds
    only its hash, so that it can be deleted when it must be.
    """

    kind: Kind
    ref: str
    body: Mapping[str, Any]
    kept_input: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `number` counts from 1, `time` is UTC, `body` is canonical JSON."""

    number: int
    time: str
    kind: Kind
    ref: str
    body: str
    previous: str
    hash: str

    @property
    def said(self) -> dict[str, Any]:
        """The body as values.

        Raises LogError for a body that notecheck did not write, however well its hash fits.
        """
        from notecheck.log.said import said  # pydantic, which a quick start does without

        values = said(self.kind, self.body)
        if values is None:
            raise LogError(
                f"entry {self.number} was not written by notecheck: "
                "it does not say what an entry says"
            )
        return values


def canonical(value: object) -> str:
    """JSON that is the same for the same values: sorted keys, no blanks, no line breaks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    """The hash of `text` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def chained(draft: Draft, last: tuple[int, str] | None) -> Entry:
    """`draft` as the entry after `last` (number and hash), at the present time."""
    number, previous = (last[0] + 1, last[1]) if last else (1, FIRST_PREVIOUS)
    time = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    body = canonical(draft.body)
    digest = entry_hash(number, time, draft.kind, draft.ref, body, previous)
    return Entry(number, time, draft.kind, draft.ref, body, previous, digest)


def entry_hash(number: int, time: str, kind: str, ref: str, body: str, previous: str) -> str:
    """The hash that an entry must carry. No part holds a line break, so parts cannot shift."""
    return sha256("\n".join((previous, str(number), time, kind, ref, body)))
