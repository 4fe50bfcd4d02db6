"""Learns a code's table of confidence from judged reports; the same reports give the same table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from notecheck.confidence.signs import Deciding, Likely, signs_of_status, signs_of_verdict
from notecheck.confidence.table import BIAS, Table, chance
from notecheck.confidence.told import Told
from notecheck.errors import InputError
from notecheck.evaluate.calibration import Said, calibration_error

_C = 1.0  # the inverse of the regularisation
_NOT_HONEST = 0.5  # the weight of a report by rules that were mended on its author
_DIGITS = 4
Row = dict[str, float]
Weights = dict[str, float]


@dataclass(frozen=True)
class Judged:
    """A report, the truth, and what both witnesses made of each value, unread the author.

    `honest` reports are by rules that nobody had mended on the author either.
    """

    author: str
    told: Told
    true: Mapping[str, str]
    decision: str
    honest: bool
    likely: Likely = field(default_factory=dict)


def learn_table(judged: Sequence[Judged], code: str, data: str, deciding: Deciding) -> Table:
    """Weights of all reports; both errors on honest reports, by weights without their author.

    Raises InputError where there are fewer than two authors, or nothing was ever wrong.
    """
    status_rows = [
        (one, dict(signs_of_status(name, one.told, one.likely, deciding)), status == one.true[name])
        for one in judged
        for name, status in one.told.statuses.items()
    ]
    outside = _left_out(status_rows)
    said = iter(outside)
    verdict_rows = [
        (one, dict(signs_of_verdict(one.told, {name: next(said) for name in one.told.statuses})),
         one.told.decision == one.decision)
        for one in judged
    ]  # fmt: skip
    return Table(
        code=code,
        data=data,
        encounters=len(judged),
        authors=len({one.author for one in judged}),
        honest=sum(one.honest for one in judged),
        status_error=_error(status_rows, outside),
        release_error=_error(verdict_rows, _left_out(verdict_rows)),
        status=_learned(status_rows),
        verdict=_learned(verdict_rows),
    )


Rows = Sequence[tuple[Judged, Row, bool]]


def _left_out(rows: Rows) -> list[float]:
    """How likely each row is right, by weights that had not seen its author."""
    weights = {
        author: _learned_or_rate([row for row in rows if row[0].author != author])
        for author in sorted({one.author for one, _, _ in rows})
    }
    return [chance(weights[one.author], signs.items()) for one, signs, _ in rows]


def _error(rows: Rows, said: Sequence[float]) -> float:
    pairs: list[Said] = [
        (p, right) for p, (one, _, right) in zip(said, rows, strict=True) if one.honest
    ]
    return round(calibration_error(pairs), _DIGITS)


def _learned_or_rate(rows: Rows) -> Weights:
    """What is learned without an author; where nothing else was ever wrong, the mere rate of it."""
    right = sum(found for _, _, found in rows)
    if 0 < right < len(rows):
        return _learned(rows)
    return {BIAS: round(log((right + 1) / (len(rows) - right + 1)), _DIGITS)}


def _learned(rows: Rows) -> Weights:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    right = [found for _, _, found in rows]
    if len(set(right)) < 2:
        raise InputError("confidence is learned from two authors at least, of whom some go wrong")
    names = DictVectorizer(sparse=False)
    matrix: Any = names.fit_transform([signs for _, signs, _ in rows])
    model = LogisticRegression(C=_C, solver="liblinear", random_state=0).fit(
        matrix, right, sample_weight=[1.0 if one.honest else _NOT_HONEST for one, _, _ in rows]
    )
    found = {
        str(name): round(float(weight), _DIGITS)
        for name, weight in zip(names.get_feature_names_out(), model.coef_[0], strict=True)
    }
    return {BIAS: round(float(model.intercept_[0]), _DIGITS)} | found
