"""Building the rules, and a check, make a mass of small objects of which none waits for gc."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Spare the garbage collector what is made here: looking through it takes half of a start.

    What is there is not frozen: files that a script leaves open would then not be written out.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
