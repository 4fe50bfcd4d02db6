"""What goes to a worker and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notecheck.log.entry import Draft

JobKind = Literal["encounter", "fhir", "cds-hooks", "hl7-message", "hl7-visit"]
JSON = "application/json"
PROBLEM = "application/problem+json"
FHIR = "application/fhir+json"


@dataclass(frozen=True, slots=True)
class Job:
    """One question: its kind, and its body as it came. `keep_input` is the log's wish."""

    kind: JobKind
    body: bytes
    keep_input: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP status, type and body of the answer, and what the log is to say of it.

    `draft` is None where nothing was decided.
    """

    status: int
    media_type: str
    body: bytes
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A worker's first word: `fault` says why it cannot work, or is None."""

    fault: str | None
