"""What a report tells, as far as it bears on how sure the report is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from notecheck.models import (
    Decision,
    Document,
    Excluded,
    RequirementResult,
    Status,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A report in short: no words of a note, so that it can be kept beside the corpus.

    `evidence` has, by requirement, the document of each of its words; `excluded` the fact and the
    reason of each mention that did not count.
    """

    decision: Decision
    code_supported: bool
    statuses: Mapping[str, Status]
    evidence: Mapping[str, Sequence[str]]
    excluded: Sequence[tuple[str, str]]
    characters: int


def told_of(
    decision: Decision,
    requirements: Iterable[RequirementResult],
    excluded: Iterable[Excluded],
    documents: Sequence[Document],
    *,
    code_supported: bool,
) -> Told:
    """The short of a report of these parts on these documents."""
    results = list(requirements)
    return Told(
        decision=decision,
        code_supported=code_supported,
        statuses={found.id: found.status for found in results},
        evidence={found.id: tuple(words.doc_id for words in found.evidence) for found in results},
        excluded=tuple((item.fact, item.reason) for item in excluded),
        characters=sum(len(document.text) for document in documents),
    )
