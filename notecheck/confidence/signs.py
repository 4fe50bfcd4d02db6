"""What speaks for and against a status, and against a verdict: named numbers, mostly 0 to 1.

They are of kinds that a writer never met shows too: who agrees, how much was told and set
aside, how long the chart is. No sign looks at words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log, log1p, prod

from pydantic import BaseModel, ConfigDict, Field

from notecheck.confidence.told import Told
from notecheck.models import Status
from notecheck.reader.fusion import logit
from notecheck.reader.value import Value

Likely = Mapping[Value, float]
Sign = tuple[str, float]
_GRAVE: tuple[Status, ...] = ("missing", "conflict")
_REASONS = ("history", "other_limb", "other_operation", "planned", "negated", "hypothetical")
# Scales that bring a sign to about 0 to 1, so that one strength of regularisation fits all.
_LOG_ODDS = 3
_CHARACTERS = 1_100  # of a short chart


class Deciding(BaseModel):
    """Which facts stand behind a requirement: of the second reader, and of mentions set aside.

    A status of which a report is less sure than `doubtful_below` is shown as unsure.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    doubtful_below: float = Field(ge=0, le=1)
    not_values: tuple[str, ...]
    likely: Mapping[str, str]
    excluded: Mapping[str, str]


def signs_of_status(
    requirement: str, told: Told, likely: Likely, deciding: Deciding
) -> Iterator[Sign]:
    """The signs of one requirement's status; `likely` is both witnesses' word on each value."""
    status = told.statuses[requirement]
    this = f"{requirement} {status}"
    yield this, 1
    yield status, 1
    yield from _of_witnesses(requirement, status, likely, deciding)
    yield from _of_words(told, requirement, deciding.excluded.get(requirement))
    yield "all set aside", log1p(len(told.excluded))
    yield "length", log((1 + told.characters) / _CHARACTERS)


def _of_witnesses(
    requirement: str, status: str, likely: Likely, deciding: Deciding
) -> Iterator[Sign]:
    fact = deciding.likely.get(requirement)
    of_fact = [p for (f, v), p in likely.items() if f == fact and v not in deciding.not_values]
    if of_fact:
        best = max(of_fact)
        odds = logit(best if status == "met" else 1 - best) / _LOG_ODDS
        yield "read twice", 1
        yield "both agree", odds
        yield f"both agree on {requirement} {status}", odds
        yield "values in doubt", sum(min(p, 1 - p) for p in of_fact)


def _of_words(told: Told, requirement: str, fact: str | None) -> Iterator[Sign]:
    words = told.evidence[requirement]
    yield "no words", not words
    yield "words", log1p(len(words))
    yield "words of two documents", len(set(words)) > 1
    reasons = [reason for excluded, reason in told.excluded if excluded == fact]
    yield "set aside", log1p(len(reasons))
    for reason in _REASONS:
        yield f"set aside as {reason}", reason in reasons


def signs_of_verdict(told: Told, right: Mapping[str, float]) -> Iterator[Sign]:
    """The signs of the verdict, by how likely each status is `right`.

    A hold is right when one of its grave statuses is; anything else when all statuses are.
    """
    grave = [right[name] for name, status in told.statuses.items() if status in _GRAVE]
    sure = 1 - prod(1 - p for p in grave) if told.decision == "hold" else prod(right.values())
    yield told.decision, 1
    yield f"all of {told.decision}", logit(sure) / _LOG_ODDS
    yield "code not supported", not told.code_supported
