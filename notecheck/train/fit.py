"""Learns one logistic regression for each value, by scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from notecheck.reader.features import SIZE, Row, features
from notecheck.train.labels import OF_RULES, Array, Sentences

SEED = 27596
_C = 10.0  # the inverse of the regularisation
_MOST = 10.0  # how much more a rare class may weigh
_TOLERANCE = 3e-2
_ROUGH = 0.1  # the tolerance before the last round
_ROUNDS = 1  # of scoring the unknown and learning again
_TOLD, _NOT_TOLD = 0.6, 0.25  # an unknown sentence above is told, below is not, between is left out
_FEWEST = 3  # sentences that tell a value, for it to be learned
_NEVER = -6.0  # the bias of a value that could not be learned
Matrix = Any  # scipy.sparse.csr_matrix
Learned = tuple[npt.NDArray[np.float64], float]


def matrix(rows: Sequence[Row]) -> Matrix:
    """The rows as a sparse matrix, rows x SIZE."""
    from scipy.sparse import csr_matrix

    ends: list[int] = [0]
    places: list[int] = []
    shares: list[float] = []
    for row in rows:
        for place, share in features(row):
            places.append(place)
            shares.append(share)
        ends.append(len(places))
    made = csr_matrix(
        (np.array(shares, dtype=np.float32), np.array(places, dtype=np.int32), np.array(ends)),
        shape=(len(rows), SIZE),
    )
    made.sum_duplicates()
    return made


def learn(found: Sentences, rows: Matrix, keep: npt.NDArray[np.bool_]) -> list[Learned]:
    """Weights and bias of each value, from the rows to `keep`, on all processors."""
    from joblib import Parallel, delayed

    kept, labels, weights = rows[keep], found.labels[keep], found.weights[keep]
    known = found.authors[keep] == OF_RULES
    return list(
        Parallel(n_jobs=-1)(
            delayed(_value)(kept, labels[:, place], weights[:, place], known)
            for place in range(labels.shape[1])
        )
    )


def _value(features: Matrix, label: Array, weight: Array, fixed: npt.NDArray[np.bool_]) -> Learned:
    unknown = np.isnan(label) & ~fixed
    learned = _once(features, label, weight, _ROUGH)
    for number in range(_ROUNDS):
        weights, bias = learned
        score = 1 / (1 + np.exp(-(features[unknown] @ weights + bias)))
        guessed = label.copy()
        guessed[unknown] = np.where(score > _TOLD, 1, np.where(score < _NOT_TOLD, 0, np.nan))
        last = number == _ROUNDS - 1
        learned = _once(features, guessed, weight, _TOLERANCE if last else _ROUGH)
    return learned


def _once(features: Matrix, label: Array, weight: Array, tolerance: float) -> Learned:
    from sklearn.linear_model import LogisticRegression

    known = ~np.isnan(label)
    told, not_told = int((label[known] == 1).sum()), int((label[known] == 0).sum())
    if told < _FEWEST or not not_told:
        return np.zeros(SIZE), _NEVER
    model = LogisticRegression(
        C=_C,
        solver="liblinear",
        tol=tolerance,
        random_state=SEED,
        class_weight={0: 1.0, 1: min(_MOST, (not_told / told) ** 0.5)},
    )
    model.fit(features[known], label[known], sample_weight=weight[known])
    return model.coef_[0], float(model.intercept_[0])
