"""Two readings of the same encounters' evidence: how far the labels of one are those of the other.

Labels are compared where they overlap in a document and are about the same value; what neither
reader marked is no case, so kappa is over marked words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from notecheck.errors import GoldError, InputError
from notecheck.evaluate.evidence import EvidenceLabel
from notecheck.evaluate.gold import GoldEncounter, read_gold, read_models
from notecheck.evaluate.kappa import agreement


class SecondReading(BaseModel):
    """What another reader marked in an encounter: a line of the file of second readings."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    encounter_id: str
    evidence: tuple[EvidenceLabel, ...]


@dataclass(slots=True)
class _Readings:
    encounters: int = 0
    pairs: list[tuple[str, str]] = field(default_factory=list)
    told: list[int] = field(default_factory=lambda: [0, 0])  # asserted by each reader
    found: list[int] = field(default_factory=lambda: [0, 0])  # and marked by the other too


def second_labels_text(gold: str, second: str) -> str:
    """How far the labels of two readers agree: `gold` has the first's, `second` the other's.

    Raises InputError, naming file and line, where one of them cannot be read, or where no encounter
    is in both.
    """
    others = {one.encounter_id: one.evidence for one in read_models(Path(second), SecondReading)}
    seen = _Readings()
    for result in read_gold(gold):
        if isinstance(result.outcome, InputError):
            raise result.outcome.at(result.where)
        other = others.get(result.outcome.encounter.encounter_id)
        if other is not None and result.outcome.evidence:
            _compare(result.outcome, other, seen)
    if not seen.pairs:
        raise GoldError("no label of it is about words that the gold file labels too", where=second)
    both = agreement(seen.pairs)
    lines = [
        f"Two readings of the evidence of {seen.encounters} encounters",
        f"  words that both marked for a value        {both.cases}",
        f"  and said to do the same to it             {100 * both.agreed / both.cases:.1f} %, "
        f"kappa {both.kappa_text}",
    ]
    for reader, name, by in ((0, "first", "second"), (1, "second", "first")):
        share = 100 * seen.found[reader] / max(1, seen.told[reader])
        told = f"told by the {name}, marked by the {by}"
        lines.append(f"  {told:<42}{share:.1f} % of {seen.told[reader]}")
    return "\n".join(lines) + "\n"


def _compare(one: GoldEncounter, other: Sequence[EvidenceLabel], seen: _Readings) -> None:
    texts = {document.doc_id: document.text for document in one.encounter.documents}
    seen.encounters += 1
    seen.pairs += [
        (mine.does, theirs.does)
        for mine in one.evidence
        for theirs in other
        if _same_words(mine, theirs, texts)
    ]
    for reader, (labels, rest) in enumerate(((one.evidence, other), (other, one.evidence))):
        told = [label for label in labels if label.does == "asserted"]
        seen.told[reader] += len(told)
        seen.found[reader] += sum(any(_same_words(a, b, texts) for b in rest) for a in told)


def _same_words(one: EvidenceLabel, other: EvidenceLabel, texts: dict[str, str]) -> bool:
    about = (one.doc, one.fact, str(one.value).lower())
    if about != (other.doc, other.fact, str(other.value).lower()) or one.doc not in texts:
        return False
    first, second = (texts[one.doc].find(label.quote) for label in (one, other))
    if min(first, second) < 0:
        return False
    return first < second + len(other.quote) and second < first + len(one.quote)
