"""The reports of labelled encounters -> one evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from notecheck.evaluate.bootstrap import Interval, intervals
from notecheck.evaluate.calibration import Calibration
from notecheck.evaluate.errors import EncounterError, errors_of
from notecheck.evaluate.figures import Count, Path, confusions, counts, rates, tallies
from notecheck.evaluate.gold import GoldEncounter
from notecheck.evaluate.judgements import EncounterOutcome, judge
from notecheck.models import Report


@dataclass(frozen=True)
class Evaluation:
    """All that is known of how the checker did, in the order of the gold."""

    rates: Mapping[Path, float]
    intervals: Mapping[Path, Interval]
    tallies: Mapping[Path, int]
    confusions: Mapping[str, Counter[str]]
    outcomes: tuple[EncounterOutcome, ...]
    errors: tuple[EncounterError, ...]
    calibration: Calibration


class Evaluator:
    """Takes reports one by one, so that none of them has to be kept."""

    def __init__(self) -> None:
        self._outcomes: list[EncounterOutcome] = []
        self._errors: list[EncounterError] = []
        self._calibration = Calibration()

    def add(self, gold: GoldEncounter, report: Report | None) -> None:
        """One more encounter and its report, or None where the checker failed."""
        outcome = judge(gold, report)
        self._outcomes.append(outcome)
        self._errors += errors_of(gold, report, outcome)
        self._calibration.add(gold, report)

    def evaluation(self) -> Evaluation:
        """The evaluation of all that was added, at least one encounter."""
        counted = [counts(outcome) for outcome in self._outcomes]
        total: Counter[Count] = Counter()
        for one in counted:
            total.update(one)
        return Evaluation(
            rates=rates(total),
            intervals=intervals(counted, rates),
            tallies=tallies(self._outcomes, total),
            confusions=confusions(self._outcomes),
            outcomes=tuple(self._outcomes),
            errors=tuple(self._errors),
            calibration=self._calibration,
        )
