"""Learns a code's table of rates from labelled encounters; the same corpus gives the same table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from notecheck.confidence.table import CLEAR, Likely, Rate, Table, Weighed
from notecheck.reader.fusion import logit

_POWERS = tuple(step / 20 for step in range(5, 41))


@dataclass(frozen=True)
class Judged:
    """One encounter: its author, the statuses told and true by requirement, and what both
    witnesses made of each value, by a reader that had not seen the author."""

    author: str
    told: Mapping[str, str]
    true: Mapping[str, str]
    likely: Likely = field(default_factory=dict)

    @property
    def clear(self) -> bool:
        return all(status in CLEAR for status in self.true.values())


def train(judged: Sequence[Judged], code: str, data: str, start: Weighed) -> Table:
    """Rates of all encounters; the power and both errors from tables without the one's author.

    `start` names the facts behind requirements; its numbers are learned anew.
    """
    authors = sorted({one.author for one in judged})
    tables = {
        author: _counted([one for one in judged if one.author != author], code, data, start)
        for author in authors
    }
    # Release with power 1 is the bare product, so that a power can be tried without a new table.
    outside, statuses = [], []
    for one in judged:
        found = tables[one.author].confidence(one.told, one.likely)
        outside.append((found.release, one.clear))
        statuses += [
            (value, one.told[name] == one.true.get(name))
            for name, value in found.requirements.items()
        ]
    power = min(_POWERS, key=lambda tried: _brier([(p**tried, ok) for p, ok in outside]))
    return _counted(judged, code, data, start).model_copy(
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


def table_text(table: Table) -> str:
    """The table as it is kept, in TOML."""
    return "\n".join(_lines(table)) + "\n"


def _lines(table: Table) -> Iterator[str]:
    found = table.model_dump()
    rates, weighed = found.pop("rate"), found.pop("weighed")
    yield "# Made by `notecheck train` from the corpus' development part."
    yield from (f"{name} = {json.dumps(value)}" for name, value in found.items())
    facts = weighed.pop("facts")
    yield "\n[weighed]"
    yield from (f"{name} = {json.dumps(value)}" for name, value in weighed.items())
    yield "\n[weighed.facts]"
    yield from (f"{name} = {json.dumps(value)}" for name, value in facts.items())
    for rate in rates:
        yield "\n[[rate]]"
        yield from (f"{name} = {json.dumps(value)}" for name, value in rate.items())


def _brier(pairs: Sequence[tuple[float, bool]]) -> float:
    return sum((p - ok) ** 2 for p, ok in pairs)


def _counted(judged: Sequence[Judged], code: str, data: str, start: Weighed) -> Table:
    seen: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    clear: Counter[tuple[str, str]] = Counter()
    for one in judged:
        for name, status in one.told.items():
            key = name, status
            seen[key] += 1
            right[key] += status == one.true.get(name)
            clear[key] += one.true.get(name) in CLEAR
    table = Table(
        code=code,
        data=data,
        encounters=len(judged),
        authors=len({one.author for one in judged}),
        power=1.0,
        status_error=0.0,
        release_error=0.0,
        weighed=start,
        rate=tuple(
            Rate(requirement=n, status=s, seen=seen[n, s], right=right[n, s], clear=clear[n, s])
            for n, s in sorted(seen)
        ),
    )
    return table.model_copy(update={"weighed": _weighed(judged, table)})


def _weighed(judged: Sequence[Judged], table: Table) -> Weighed:
    """The logistic regression of being right, of the statuses that both witnesses speak of."""
    rows, right = [], []
    for one in judged:
        for name, status in one.told.items():
            likely = table.weighed.likely(name, status, one.likely)
            if likely is not None and status != "not_assessed":
                rows.append([logit(table.smoothed(name, status)[0]), logit(likely)])
                right.append(status == one.true.get(name))
    if len(set(right)) < 2:
        return table.weighed
    from sklearn.linear_model import LogisticRegression

    learned = LogisticRegression(C=1.0).fit(rows, right)
    of_rate, of_likely = (round(float(weight), 4) for weight in learned.coef_[0])
    bias = round(float(learned.intercept_[0]), 4)
    return table.weighed.model_copy(
        update={"bias": bias, "of_rate": of_rate, "of_likely": of_likely}
    )
