"""Outcomes -> figures: first what is counted in each encounter, then the rates of the sums.

The counts of encounters add up, so that the bootstrap can weigh them without judging again.
A rate of nothing is 1.0 where nothing could be wrong, and the false-met rate of nothing is 0.0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from notecheck.evaluate.elements import ELEMENTS
from notecheck.evaluate.judgements import EncounterOutcome, Judgement
from notecheck.models import NOT_MET
from notecheck.requirements.table import RequirementId

REQUIREMENTS: tuple[str, ...] = get_args(RequirementId)

# A figure by its path in the JSON of an evaluation: ("elements", "segment", "recall").
Path = tuple[str, ...]
# What is counted, and of what: ("hit", "segment").
Count = tuple[str, str]

_NOT_TOLD = (None, False, "none")


def counts(outcome: EncounterOutcome) -> Counter[Count]:
    """What one encounter adds to the rates."""
    found: Counter[Count] = Counter()
    for judgement in outcome.judgements:
        found[f"{judgement.kind} judged", judgement.name] += 1
        found[f"{judgement.kind} right", judgement.name] += judgement.right
        if judgement.kind == "element":
            hit, wrong, lost = _hits(judgement)
            found["hit", judgement.name] += hit
            found["wrong", judgement.name] += wrong
            found["lost", judgement.name] += lost
        elif judgement.kind == "requirement" and judgement.want in NOT_MET:
            found["not met", ""] += 1
            found["false met", ""] += judgement.got == "met"
    found["evidence", ""] = outcome.evidence
    found["invalid evidence", ""] = outcome.invalid
    found["labelled", ""] = outcome.labelled
    found["on labelled", ""] = outcome.on_labelled
    return found


def rates(counted: Mapping[Count, int]) -> dict[Path, float]:
    """All rates, each between 0 and 1, from the summed counts of encounters."""

    def total(what: str, names: Iterable[str]) -> int:
        return sum(counted.get((what, name), 0) for name in names)

    def accuracy(kind: str, names: Sequence[str]) -> float:
        return _share(total(f"{kind} right", names), total(f"{kind} judged", names))

    def found_and_lost(path: Path, names: Sequence[str]) -> dict[Path, float]:
        hit, wrong, lost = (total(what, names) for what in ("hit", "wrong", "lost"))
        precision, recall = _share(hit, hit + wrong), _share(hit, hit + lost)
        both = precision + recall
        return {
            (*path, "precision"): precision,
            (*path, "recall"): recall,
            (*path, "f1"): 2 * precision * recall / both if both else 0.0,
        }

    found: dict[Path, float] = {}
    for name in ELEMENTS:
        found |= found_and_lost(("elements", name), [name])
        found["elements", name, "accuracy"] = accuracy("element", [name])
    found |= found_and_lost(("micro",), ELEMENTS)
    for name in REQUIREMENTS:
        found["requirements", name, "accuracy"] = accuracy("requirement", [name])
    found["status_accuracy",] = accuracy("requirement", REQUIREMENTS)
    found["decision_accuracy",] = accuracy("decision", ["decision"])
    not_met = total("not met", [""])
    found["false_met", "rate"] = total("false met", [""]) / not_met if not_met else 0.0
    found["labelled_evidence", "rate"] = _share(total("on labelled", [""]), total("labelled", [""]))
    evidence = total("evidence", [""])
    found["evidence_validity",] = _share(evidence - total("invalid evidence", [""]), evidence)
    return found


def tallies(outcomes: Sequence[EncounterOutcome], counted: Mapping[Count, int]) -> dict[Path, int]:
    """The whole numbers beside the rates; `counted` is the sum of the outcomes' counts."""
    found: dict[Path, int] = {
        ("encounters",): len(outcomes),
        ("absent",): sum(not outcome.checked for outcome in outcomes),
    }
    for name in ELEMENTS:
        found["elements", name, "support"] = counted["hit", name] + counted["lost", name]
    found["micro", "support"] = sum(found["elements", name, "support"] for name in ELEMENTS)
    found["false_met", "count"] = counted["false met", ""]
    found["false_met", "of"] = counted["not met", ""]
    found["labelled_evidence", "right"] = counted["on labelled", ""]
    found["labelled_evidence", "of"] = counted["labelled", ""]
    found["evidence", "items"] = counted["evidence", ""]
    found["evidence", "invalid"] = counted["invalid evidence", ""]
    found["evidence", "facts_with_value"] = sum(outcome.valued_facts for outcome in outcomes)
    found["evidence", "facts_without_evidence"] = sum(outcome.bare_facts for outcome in outcomes)
    return found


def confusions(outcomes: Iterable[EncounterOutcome]) -> dict[str, Counter[str]]:
    """For each requirement, how often one status was wanted and another got: `met->missing`."""
    found: dict[str, Counter[str]] = {name: Counter() for name in REQUIREMENTS}
    for outcome in outcomes:
        for judgement in outcome.judgements:
            if judgement.kind == "requirement" and not judgement.right:
                found[judgement.name][f"{judgement.want}->{judgement.got}"] += 1
    return found


def _hits(judgement: Judgement) -> tuple[int, int, int]:
    """Values that are found, wrong, and lost. A wrong value in place of another is both."""
    want, got = judgement.want, judgement.got
    if isinstance(want, frozenset) and isinstance(got, frozenset):
        return len(want & got), len(got - want), len(want - got)
    wanted, told = want not in _NOT_TOLD, got not in _NOT_TOLD
    if wanted and told and judgement.right:
        return 1, 0, 0
    return 0, told, wanted


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
