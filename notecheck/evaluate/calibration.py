"""How far a report's confidence can be believed, and what a threshold on it buys.

Reliability and the expected calibration error: Guo et al., On Calibration of Modern Neural Networks
(2017), section 2. Risk and coverage: Geifman and El-Yaniv, Selective Classification for Deep
Neural Networks (2017), section 2; here an encounter is covered when it clears by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from notecheck.evaluate.gold import GoldEncounter
from notecheck.models import NOT_MET, Report, Status

_BINS = 10
MOST_WRONG = 0.01  # the share of wrong `met` at which the coverage is told
Said = tuple[float, bool]  # a probability, and whether it came true


@dataclass(frozen=True)
class Bin:
    """The statuses said with about this confidence: how many, said and seen shares of right."""

    low: float
    high: float
    count: int
    said: float
    seen: float


@dataclass(frozen=True)
class Point:
    """What is so when encounters of at least this confidence clear by themselves.

    `cleared` passed; `right` of them truly pass, which is the share `coverage` of all that truly
    do. `wrong_met` counts the requirements that are not met and were called met among the cleared.
    """

    confidence: float
    cleared: int
    right: int
    coverage: float
    wrong_met: int


@dataclass(frozen=True)
class _Passed:
    confidence: float
    right: bool
    wrong_met: int


@dataclass
class Calibration:
    """Takes reports one by one; a report without confidence is not counted."""

    statuses: list[Said] = field(default_factory=list)
    verdicts: list[Said] = field(default_factory=list)
    not_met: int = 0
    truly_passing: int = 0
    _passed: list[_Passed] = field(default_factory=list)

    def add(self, gold: GoldEncounter, report: Report | None) -> None:
        """One more encounter and its report, or None where the checker failed."""
        labels = gold.labels
        self.not_met += sum(status in NOT_MET for status in labels.requirements.values())
        self.truly_passing += labels.decision == "pass"
        if report is None or report.confidence is None:
            return
        told = {found.id: found.status for found in report.requirements}
        true: dict[str, Status] = {name: found for name, found in labels.requirements.items()}
        self.statuses += [
            (said, told[name] == true.get(name))
            for name, said in report.confidence.requirements.items()
        ]
        passes = labels.decision == "pass"
        if report.decision == "pass":
            self.verdicts.append((report.confidence.release, passes))
            wrong = sum(
                told.get(name) == "met" and status in NOT_MET
                for name, status in labels.requirements.items()
            )
            self._passed.append(_Passed(report.confidence.release, passes, wrong))

    @property
    def reliability(self) -> list[Bin]:
        """The statuses by tenths of confidence; empty tenths are left out."""
        return list(_bins(self.statuses))

    @property
    def status_error(self) -> float:
        """The expected calibration error of the statuses."""
        return calibration_error(self.statuses)

    @property
    def verdict_error(self) -> float:
        """The same of the verdicts on encounters that pass."""
        return calibration_error(self.verdicts)

    @property
    def curve(self) -> list[Point]:
        """One point for each confidence at which an encounter passes, the surest first."""
        found = []
        ordered = sorted(self._passed, key=lambda one: -one.confidence)
        for number, one in enumerate(ordered, 1):
            following = ordered[number].confidence if number < len(ordered) else -1.0
            if following < one.confidence:
                cleared = ordered[:number]
                right = sum(passed.right for passed in cleared)
                found.append(
                    Point(
                        one.confidence,
                        number,
                        right,
                        right / self.truly_passing if self.truly_passing else 1.0,
                        sum(passed.wrong_met for passed in cleared),
                    )
                )
        return found

    def at_most_wrong(self) -> Point | None:
        """The point of most coverage with at most `MOST_WRONG` of the not met called met."""
        good = [p for p in self.curve if p.wrong_met <= MOST_WRONG * self.not_met]
        return max(good, key=lambda point: point.coverage, default=None)


def calibration_error(said: Sequence[Said]) -> float:
    """The mean difference of said and seen over tenths, each by its share; 0 of nothing."""
    return sum(abs(b.said - b.seen) * b.count for b in _bins(said)) / max(1, len(said))


def _bins(said: Sequence[Said]) -> Iterator[Bin]:
    for number in range(_BINS):
        found = [(p, ok) for p, ok in said if min(int(p * _BINS), _BINS - 1) == number]
        if found:
            yield Bin(
                number / _BINS,
                (number + 1) / _BINS,
                len(found),
                sum(p for p, _ in found) / len(found),
                sum(ok for _, ok in found) / len(found),
            )
