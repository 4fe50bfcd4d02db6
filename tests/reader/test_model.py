"""A model is written and read back the same, and a file that is none is refused."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from notecheck.errors import InputError
from notecheck.reader.features import SIZE, Row, features
from notecheck.reader.fusion import Fusion, Thresholds, Weights
from notecheck.reader.model import ReaderModel, compact, read_model
from notecheck.reader.words import MOST

VALUES = (("reconstruction", "myodesis"), ("indication", "trauma"))
FUSION = Fusion(
    weights={"reconstruction": Weights(bias=-1, rules=3, reader=0.5, both=0)},
    thresholds={"reconstruction": Thresholds(keep=0.4, add=0.7)},
)
ROWS = [
    Row(("muscle", "to", "bone"), (), "description", "operative"),
    Row((), (), "none", "other"),
]


@pytest.fixture
def model() -> ReaderModel:
    weights = np.random.default_rng(1).normal(size=(SIZE, 2))
    return compact(VALUES, weights, [0.1, -0.2], FUSION, {"data": "hash"})


def test_scores_are_those_of_the_features(model: ReaderModel) -> None:
    for row, scores in zip(ROWS, model.scores(ROWS), strict=True):
        for column, bias in enumerate((0.1, -0.2)):
            total = sum(share * model.weight(place, column) for place, share in features(row))
            assert scores[column] == pytest.approx(1 / (1 + np.exp(-total - bias)), abs=1e-5)


def test_a_row_scores_the_same_by_itself_and_among_others(model: ReaderModel) -> None:
    alone = [model.scores([row])[0] for row in ROWS]
    assert np.allclose(model.scores(ROWS), alone)
    assert model.scores([]).shape == (0, 2)


def test_ever_new_words_are_not_kept_for_good(model: ReaderModel) -> None:
    def read(first: int) -> int:
        """The most bytes held while many words are read, each new."""
        tracemalloc.reset_peak()
        for start in range(first, first + 2 * MOST, 100):
            words = tuple(f"{word:x}" for word in range(start, start + 100))
            model.scores([Row(words, (), "description", "operative")])
        return tracemalloc.get_traced_memory()[1]

    before = model.scores(ROWS)
    tracemalloc.start()
    try:
        first = read(10**6)
        assert read(2 * 10**6) < 1.1 * first
    finally:
        tracemalloc.stop()
    assert np.array_equal(model.scores(ROWS), before)


def test_written_and_read_it_is_the_same(model: ReaderModel, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(model.written())
    again = read_model(path)
    assert again.written() == model.written()
    assert again.fusion == FUSION and again.about == {"data": "hash"}
    assert np.array_equal(again.scores(ROWS), model.scores(ROWS))


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_model_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no model of the second reader"):
        read_model(path)


def test_both_witnesses_make_a_value_likelier_than_one() -> None:
    def likely(told: bool, score: float) -> float:
        return FUSION.probability("reconstruction", "myodesis", told=told, score=score)

    assert likely(True, 0.99) > likely(True, 0.01) > likely(False, 0.01)
    assert likely(True, 0.99) > likely(False, 0.99) > likely(False, 0.01)
