"""The claim against the documents: what the room is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import get_args

from notecheck.claims.beside import debridement_lines, nerve_lines, vacuum_lines
from notecheck.claims.billed_code import billed_code
from notecheck.claims.borne_out import assistants, borne_out, cosurgeons, misplaced, repeats
from notecheck.claims.dates import dates
from notecheck.claims.diagnoses import diagnoses
from notecheck.claims.documents import documents
from notecheck.claims.duplicates import duplicates
from notecheck.claims.further import further_lines
from notecheck.claims.global_findings import global_modifiers
from notecheck.claims.places import places, units
from notecheck.claims.procedures import procedures
from notecheck.claims.scheduled import scheduled
from notecheck.claims.sides import sides
from notecheck.claims.toes import toe_places, toes
from notecheck.claims.view import ClaimView, Raised
from notecheck.codes.model import Data
from notecheck.errors import RulesError
from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, ClaimFinding, Severity
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.timeline.todays import Question

_CHECKS: tuple[Callable[[ClaimView], Iterator[Raised]], ...] = (
    billed_code,
    sides,
    toes,
    toe_places,
    diagnoses,
    global_modifiers,
    debridement_lines,
    nerve_lines,
    vacuum_lines,
    further_lines,
    scheduled,
    dates,
    documents,
    borne_out,
    assistants,
    cosurgeons,
    misplaced,
    repeats,
    units,
    places,
    procedures,
    duplicates,
)
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class FindingText(Data):
    """What one kind of finding says, why it matters, and its resolution."""

    id: str
    severity: Severity
    message: str
    why: str
    resolution: str


class FindingFile(Data):
    finding: tuple[FindingText, ...]


@cache
def finding_texts() -> dict[str, FindingText]:
    """All findings of `patterns/claims/findings.toml` by id. Raises RulesError."""
    path = pattern_file("claims/findings.toml")
    return {text.id: text for text in load_toml(path, FindingFile).finding}


def claim_findings(
    case: CaseFacts,
    claim: Claim | None,
    others: tuple[Claim, ...] = (),
    numbers: frozenset[int] | None = None,
    facts_of: Callable[[Question], CaseFacts] | None = None,
) -> tuple[ClaimFinding, ...]:
    """Where `claim` and what the documents tell do not fit, the gravest first.

    `others` are further claims of the patient, `numbers` the lines (from 1) that bill the operation
    of `case`, None for all, `facts_of` answers for the encounter's other operations. Without a
    claim there is nothing to find. Raises RulesError when the texts lack a finding or what it says
    cannot be filled in.
    """
    if claim is None:
        return ()
    view = ClaimView(case, claim, others, numbers, facts_of)
    found = [_in_words(raised) for check in _CHECKS for raised in check(view)]
    return tuple(sorted(found, key=lambda finding: _SEVERITIES.index(finding.severity)))


def _in_words(raised: Raised) -> ClaimFinding:
    try:
        text = finding_texts()[raised.id]
        message, why, resolution = (
            told.format_map(raised.values) for told in (text.message, text.why, text.resolution)
        )
    except KeyError as error:
        raise RulesError(
            f"the finding {raised.id!r} is missing, or cannot be filled in: {error}",
            where="findings.toml",
        ) from None
    return ClaimFinding(
        id=raised.id,
        severity=text.severity,
        message=message,
        why=why,
        resolution=resolution,
        claim=raised.claim,
        evidence=tuple(dict.fromkeys(raised.evidence)),
    )
