"""Learns how far to believe rules and reader, from honest reports and left-out readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from notecheck.reader.fusion import Corrected, Fusion, Thresholds, Weights, logit
from notecheck.reader.model import ReaderModel
from notecheck.reader.value import Value

_C = 1.0
_READERS = 8  # that are kept standing by: the corpus comes author by author
_OF_VALUE = 0.5  # the scale of a value's own share; smaller is nearer to that of its fact
# A reader's score stands for itself, and changes nothing: for asking a reader without a fusion.
_SCORE_ITSELF = Weights(bias=0.0, rules=0.0, reader=1.0, both=0.0)
_CHANGES_NOTHING = Thresholds(keep=0.0, add=2.0)
# Chosen on honest reports and left-out readers (README): adding a reason gained next to nothing,
# and from .7 up a closure was added that a note of two sentences denies. Of an indication the rules
# tell twice as many wrong ones as right ones are lost by this much doubt.
_THRESHOLDS = {
    "reconstruction": Thresholds(keep=0.2, add=0.85),
    "indication": Thresholds(keep=0.45, add=0.85),
    "necessity": Thresholds(keep=0.2, add=0.9),
}
_REPEATED = 3  # passages of a value marked by a site's reviewers, for their reader to be believed


@dataclass(frozen=True)
class Example:
    """One value of one encounter: what rules and reader said, unread the author, and the truth."""

    author: str
    value: Value
    told: bool
    score: float
    true: bool


def bystander(facts: Sequence[str]) -> Fusion:
    """A fusion by which a reader changes no fact and each probability is its score."""
    return Fusion(
        weights=dict.fromkeys(facts, _SCORE_ITSELF),
        thresholds=dict.fromkeys(facts, _CHANGES_NOTHING),
    )


@lru_cache(maxsize=_READERS)
def standing_by(reader: ReaderModel) -> ReaderModel:
    """A reader that changes no fact; always the same one of a reader, for it has its pipeline."""
    return replace(reader, fusion=bystander(tuple({fact: None for fact, _ in reader.values})))


def learn_fusion(examples: Sequence[Example], values: Sequence[Value]) -> Fusion:
    """One logistic regression over all values; a fact and a value may differ a little from all."""
    from sklearn.linear_model import LogisticRegression

    facts = list(dict.fromkeys(fact for fact, _ in values))
    rows = np.array([_row(one, facts, values) for one in examples])
    model = LogisticRegression(C=_C, max_iter=2000).fit(rows, [one.true for one in examples])
    learned, bias = model.coef_[0], float(model.intercept_[0])
    weights = {}
    for place, fact in enumerate(facts):
        own = learned[:3] + learned[3 + 3 * place : 6 + 3 * place]
        rules, reader, both = (round(float(w), 4) for w in own)
        weights[fact] = Weights(bias=round(bias, 4), rules=rules, reader=reader, both=both)
    first = 3 + 3 * len(facts)
    return Fusion(
        weights=weights,
        of_value={
            f"{fact} {value}": round(float(learned[first + place] * _OF_VALUE), 4)
            for place, (fact, value) in enumerate(values)
        },
        thresholds={fact: _THRESHOLDS[fact] for fact in facts},
    )


def believing(fusion: Fusion, told: Mapping[Value, int], denied: Mapping[Value, int]) -> Fusion:
    """`fusion` for a site that marked so many sentences as telling each value, or as denying it.

    A value that the rules missed repeatedly is added more readily, one that they told wrongly is
    taken away more readily.
    """
    changed = {}
    for fact, value in {**told, **denied}:
        if fact not in fusion.thresholds:  # the reader does not speak of it
            continue
        adds = told.get((fact, value), 0) >= _REPEATED
        doubts = denied.get((fact, value), 0) >= _REPEATED
        if adds or doubts:
            changed[f"{fact} {value}"] = Corrected(adds=adds, doubts=doubts)
    return fusion.model_copy(update={"of_corrected": changed})


def _row(one: Example, facts: Sequence[str], values: Sequence[Value]) -> npt.NDArray[np.float64]:
    found = np.zeros(3 + 3 * len(facts) + len(values))
    score = logit(one.score)
    own = [float(one.told), score, one.told * score]
    found[:3] = own
    place = facts.index(one.value[0])
    found[3 + 3 * place : 6 + 3 * place] = own
    found[3 + 3 * len(facts) + values.index(one.value)] = _OF_VALUE
    return found


def figures(examples: Sequence[Example], fusion: Mapping[str, Fusion]) -> dict[str, Any]:
    """How often rules, reader and both are right, by fact; `fusion` by the author left out.

    A fact that the rules filled is kept in part by the report; here each value stands for itself.
    """
    told: dict[str, Callable[[Example], bool]] = {
        "rules": lambda one: one.told,
        "reader": lambda one: one.score >= 0.5,
        "both": lambda one: _told_by_both(one, fusion[one.author]),
    }
    found: dict[str, Any] = {}
    for who, says in told.items():
        for fact in dict.fromkeys(one.value[0] for one in examples):
            of_fact = [(says(one), one.true) for one in examples if one.value[0] == fact]
            right = sum(said and true for said, true in of_fact)
            wrong = sum(said and not true for said, true in of_fact)
            lost = sum(true and not said for said, true in of_fact)
            found.setdefault(fact, {})[who] = {
                "right": right,
                "wrong": wrong,
                "lost": lost,
                "f1": round(2 * right / max(1, 2 * right + wrong + lost), 4),
            }
    return found


def _told_by_both(one: Example, fusion: Fusion) -> bool:
    return fusion.accepts(*one.value, told=one.told, score=one.score)
