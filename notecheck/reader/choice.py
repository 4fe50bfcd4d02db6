"""Whether the second reader takes part, and by which model.

The choice is an environment variable, so that worker processes follow it; an option of the command
sets the same variable. `on` is the shipped model, `off` the rules by themselves, `alone` the reader
without the rules where it knows a value; anything else is the path of a model.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from notecheck.rules.files import pattern_file

if TYPE_CHECKING:
    from notecheck.reader.model import ReaderModel

SETTING = "NOTECHECK_READER"
ON, OFF, ALONE = "on", "off", "alone"
_SHIPPED = "reader/27596.npz"
_given: list[ReaderModel | None] = []  # innermost last


def chosen_model() -> ReaderModel | None:
    """The model that reads, or None where the rules read by themselves.

    Raises InputError for a model that is none.
    """
    if _given:
        return _given[-1]
    choice = os.environ.get(SETTING) or ON
    return None if choice == OFF else _model_of(ON if choice == ALONE else choice)


def reads_alone() -> bool:
    """Whether the rules are silent on what the reader knows."""
    return os.environ.get(SETTING) == ALONE


@contextmanager
def reading_by(model: ReaderModel | None) -> Iterator[None]:
    """Read by this model meanwhile, or without one; for training and for figures."""
    _given.append(model)
    try:
        yield
    finally:
        _given.pop()


@cache
def _model_of(choice: str) -> ReaderModel:
    from notecheck.reader.model import read_model  # numpy, for a chart that is read

    return read_model(pattern_file(_SHIPPED) if choice == ON else Path(choice))
