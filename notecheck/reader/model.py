"""The trained model: weights, how they join with the rules, and where it is kept.

A model is one `.npz` of plain arrays and a JSON text; nothing in it is code (`allow_pickle` is
off). Weights are whole numbers from -127 to 127 with a scale for each value.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from notecheck.errors import InputError
from notecheck.reader.features import SIZE, Row, blocks
from notecheck.reader.fusion import Fusion

_FORMAT = "notecheck.reader/1"
_STEPS = 127
Value = tuple[str, str]  # a fact and a value of it
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

    def scores(self, rows: Sequence[Row]) -> Scores:
        """The probability of each value in each row, rows x values."""
        places: list[int] = []
        starts: list[int] = []
        shares: list[float] = []
        of_row: list[int] = []
        for number, row in enumerate(rows):
            for found, share in blocks(row):
                starts.append(len(places))
                places.extend(found)
                shares.append(share)
                of_row.append(number)
        total = np.zeros((len(rows), len(self.values)), dtype=np.float32)
        if places:
            sums = np.add.reduceat(self.weights[places], starts, axis=0, dtype=np.int32)
            np.add.at(total, of_row, sums * np.array(shares, dtype=np.float32)[:, None])
        logits = total * self.scale + self.bias
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)

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
                np.lib.format.write_array(part, np.ascontiguousarray(array), allow_pickle=False)
                # A fixed date: numpy's own writer puts in the hour.
                archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)),
                                 part.getvalue(), zipfile.ZIP_DEFLATED)  # fmt: skip
        return stream.getvalue()


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
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise InputError(
            "this is no model of the second reader: make one with `notecheck train`",
            where=str(path),
        ) from None
    shape = (SIZE, len(model.values))
    if told.get("format") != _FORMAT or model.weights.shape != shape:
        raise InputError("this model is of another version: train it again", where=str(path))
    return model
