"""Learns a code's table of rates from labelled encounters; the same corpus gives the same table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notecheck.confidence.table import CLEAR, Rate, Table

_POWERS = tuple(step / 20 for step in range(5, 41))


@dataclass(frozen=True)
class Judged:
    """One encounter: its author, and the statuses told and true by requirement."""

    author: str
    told: Mapping[str, str]
    true: Mapping[str, str]

    @property
    def clear(self) -> bool:
        return all(status in CLEAR for status in self.true.values())


def train(judged: Sequence[Judged], code: str, data: str) -> Table:
    """Rates of all encounters; the power and both errors from tables without the one's author."""
    authors = sorted({one.author for one in judged})
    # Release with power 1 is the bare product, so that a power can be tried without a new table.
    outside = []
    statuses = []
    for author in authors:
        table = _counted([one for one in judged if one.author != author], code, data)
        for one in (one for one in judged if one.author == author):
            found = table.confidence(one.told)
            outside.append((found.release, one.clear))
            statuses += [
                (value, one.told[name] == one.true.get(name))
                for name, value in found.requirements.items()
            ]
    power = min(_POWERS, key=lambda tried: _brier([(p**tried, ok) for p, ok in outside]))
    return _counted(judged, code, data).model_copy(
        update={
            "power": power,
            "status_error": round(calibration_error(statuses), 4),
            "release_error": round(calibration_error([(p**power, ok) for p, ok in outside]), 4),
        }
    )


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width. Needs one pair at least."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for pair in pairs:
        bins.setdefault(min(int(pair[0] * 10), 9), []).append(pair)
    apart = (abs(sum(p for p, _ in found) - sum(ok for _, ok in found)) for found in bins.values())
    return sum(apart) / len(pairs)


def _brier(pairs: Sequence[tuple[float, bool]]) -> float:
    return sum((p - ok) ** 2 for p, ok in pairs)


def _counted(judged: Sequence[Judged], code: str, data: str) -> Table:
    seen: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    clear: Counter[tuple[str, str]] = Counter()
    for one in judged:
        for name, status in one.told.items():
            key = name, status
            seen[key] += 1
            right[key] += status == one.true.get(name)
            clear[key] += one.true.get(name) in CLEAR
    return Table(
        code=code,
        data=data,
        encounters=len(judged),
        authors=len({one.author for one in judged}),
        power=1.0,
        status_error=0.0,
        release_error=0.0,
        rate=tuple(
            Rate(requirement=n, status=s, seen=seen[n, s], right=right[n, s], clear=clear[n, s])
            for n, s in sorted(seen)
        ),
    )
