"""Building the rules makes a million small objects, none of which is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Spare the garbage collector what is built here: looking through it takes half of a start.

    What is there is not frozen: files that a script leaves open would then not be written out.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
