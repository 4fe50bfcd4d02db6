"""The trained model: weights, how they join with the rules, and where it is kept.

A model is one `.npz` of plain arrays and a JSON text; nothing in it is code (`allow_pickle` is
off). Weights are whole numbers from -127 to 127 with a scale for each value.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from notecheck.errors import InputError
from notecheck.reader.features import (
    BESIDE,
    PLACE,
    SIZE,
    Row,
    places_of_phrases,
    places_of_section,
    share_of,
    share_of_words,
)
from notecheck.reader.fusion import Fusion
from notecheck.reader.value import Value
from notecheck.reader.words import MOST, WordTable, summed

_FORMAT = "notecheck.reader/1"
_STEPS = 127
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ReaderModel:
    """`values` are what it reads; `about` tells the data's hash, seed and figures."""

    values: tuple[Value, ...]
    weights: npt.NDArray[np.int8]  # SIZE x values
    scale: Scores
    bias: Scores
    fusion: Fusion
    about: dict[str, Any]
    _tables: list[WordTable] = field(default_factory=list, repr=False)  # the latest, once asked

    def scores(self, rows: Sequence[Row]) -> Scores:
        """The probability of each value in each row, rows x values."""
        table = self._table()
        told = [row.words for row in rows] + [row.beside for row in rows]
        table.learn(chain.from_iterable(told))
        words = [table.numbers(row.words) for row in rows]
        own = table.own(words) + summed(self.weights, [places_of_phrases(r.words) for r in rows])
        total = own * _column(share_of_words(len(row.words)) for row in rows)
        letters, counts = table.letters(words)
        total += letters * _column(map(share_of, counts.tolist()))
        sections = [places_of_section(row.section, row.kind) for row in rows]
        total += summed(self.weights, sections) * np.float32(PLACE)
        beside = table.beside([table.numbers(row.beside) for row in rows])
        total += beside * _column(BESIDE * share_of(len(row.beside)) for row in rows)
        logits = total * self.scale + self.bias
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)

    def heaviest(self, words: Sequence[str], columns: Sequence[int]) -> list[int]:
        """The place among `words`, at least one, of the one that weighs most for each value."""
        table = self._table()
        table.learn(words)
        heaviest: list[int] = (
            table.weights_of(table.numbers(words), columns).argmax(axis=0).tolist()
        )
        return heaviest

    def _table(self) -> WordTable:
        if not self._tables or len(self._tables[-1]) > MOST:
            self._tables[:] = [WordTable(self.weights)]
        return self._tables[-1]

    def __reduce__(self) -> tuple[Any, ...]:
        """Without the words met so far, which hold a lock."""
        told = (self.values, self.weights, self.scale, self.bias, self.fusion, self.about)
        return ReaderModel, told

    def weight(self, place: int, column: int) -> float:
        """The weight of one feature for one value."""
        return float(self.weights[place, column] * self.scale[column])

    def written(self) -> bytes:
        """The model as the bytes of its file; the same model gives the same bytes."""
        text = json.dumps(
            {
                "format": _FORMAT,
                "values": self.values,
                "fusion": self.fusion.model_dump(),
                "about": self.about,
            },
            sort_keys=True,
        )
        arrays: dict[str, npt.NDArray[Any]] = {
            "weights": self.weights,
            "scale": self.scale,
            "bias": self.bias,
            "json": np.frombuffer(text.encode(), dtype=np.uint8),
        }
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, array in arrays.items():
                part = io.BytesIO()
                np.lib.format.write_array(  # type: ignore[no-untyped-call]  # numpy's
                    part, np.ascontiguousarray(array), allow_pickle=False
                )
                # A fixed date: numpy's own writer puts in the hour.
                archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)),
                                 part.getvalue(), zipfile.ZIP_DEFLATED)  # fmt: skip
        return stream.getvalue()


def _column(shares: Iterable[float]) -> Scores:
    return np.array(list(shares), dtype=np.float32)[:, None]


def compact(
    values: Sequence[Value],
    weights: npt.NDArray[np.float64],
    bias: Sequence[float],
    fusion: Fusion,
    about: dict[str, Any],
) -> ReaderModel:
    """A model of weights as they were learned, SIZE x values, rounded to what is stored."""
    largest = np.maximum(np.abs(weights).max(axis=0), 1e-9)
    return ReaderModel(
        values=tuple(values),
        weights=np.round(weights / largest * _STEPS).astype(np.int8),
        scale=(largest / _STEPS).astype(np.float32),
        bias=np.array(bias, dtype=np.float32),
        fusion=fusion,
        about=about,
    )


def read_model(path: Path) -> ReaderModel:
    """The model of a file. Raises InputError when it cannot be read or is something else."""
    try:
        with np.load(path, allow_pickle=False) as file:
            told = json.loads(file["json"].tobytes())
            model = ReaderModel(
                values=tuple((fact, value) for fact, value in told["values"]),
                weights=file["weights"],
                scale=file["scale"],
                bias=file["bias"],
                fusion=Fusion.model_validate(told["fusion"]),
                about=told["about"],
            )
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise InputError(
            "this is no model of the second reader: make one with `notecheck train`",
            where=str(path),
        ) from None
    shape = (SIZE, len(model.values))
    if told.get("format") != _FORMAT or model.weights.shape != shape:
        raise InputError("this model is of another version: train it again", where=str(path))
    return model
