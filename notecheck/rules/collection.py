"""Building the rules, and a check, make a mass of small objects of which none waits for gc."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_A_MASS = 20_000  # objects: a check leaves some hundred, all rules two hundred thousand
_OF_PYTHON = 1_000  # Python 3.12 freezes some hundred of its own; who freezes a program, thousands


@contextmanager
def without_collection() -> Iterator[None]:
    """Spare the garbage collector what is made here: looking through it takes half of a start.

    What is there is not frozen: files that a script leaves open would then not be written out. But
    where a mass was made it stays, as rules do, and is not looked through before a full collection.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if gc.get_count()[0] > _A_MASS and gc.get_freeze_count() < _OF_PYTHON:
                gc.freeze()
                gc.unfreeze()  # what was frozen becomes the collector's oldest, unseen
            gc.enable()
