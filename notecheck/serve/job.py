"""What goes to a worker and what comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from notecheck.codes.files import AUTO
from notecheck.log.decision import canonical_input
from notecheck.log.entry import Draft
from notecheck.models import Encounter, Report
from notecheck.redact import redacted

JobKind = Literal["encounter", "fhir", "cds-hooks", "hl7-message", "hl7-visit", "file"]
JSON = "application/json"
PROBLEM = "application/problem+json"
FHIR = "application/fhir+json"
FHIR_XML = "application/fhir+xml"


@dataclass(frozen=True, slots=True)
class Job:
    """One question: its kind, its body as it came, and the code to check. `keep_input` is the log's
    wish, `name` that of a file, `for_queue` that a queue wants what needs a person, `redact` that
    the answer holds no words of the notes. After `seconds` of the processor the worker stops,
    and says so."""

    kind: JobKind
    body: bytes
    code: str = AUTO
    keep_input: bool = False
    name: str = ""
    for_queue: bool = False
    redact: bool = False
    seconds: float = math.inf

    def shown(self, report: Report) -> Report:
        """The report as the answer holds it; the log knows it whole, by its hash."""
        return redacted(report) if self.redact else report


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP status, type and body of the answer, and what the log is to say of it.

    `draft` is None where nothing was decided. `checked` is the encounter and its report as JSON,
    where the job asked for them for the queue. `out_of_memory` says that the job was given up for
    want of it.
    """

    status: int
    media_type: str
    body: bytes
    draft: Draft | None = None
    checked: tuple[str, str] | None = None
    out_of_memory: bool = False


@dataclass(frozen=True, slots=True)
class Interrupted:
    """In place of an answer: the job took longer than its `seconds`."""


@dataclass(frozen=True, slots=True)
class Started:
    """A worker's first word: `fault` says why it cannot work, or is None."""

    fault: str | None


def checked(job: Job, encounter: Encounter, report: Report) -> tuple[str, str] | None:
    """What the queue takes: an encounter that a person has to look at, with its report."""
    if not job.for_queue or report.release.verdict == "release":
        return None
    return canonical_input(encounter), report.model_dump_json()
