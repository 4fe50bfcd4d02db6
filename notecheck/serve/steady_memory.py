"""Keeps the memory of a service that runs for weeks at what its work needs at a time."""

from __future__ import annotations

import ctypes
import gc

# Parameters of glibc's mallopt, as its malloc.h numbers them.
_TRIM_FROM, _MAP_FROM, _MOST_ARENAS = -1, -3, -8
_LARGE = 128 * 1024  # bytes
_OFTEN = (500, 5, 5)  # objects made, collections of the youngest, of those grown older


def give_large_blocks_back() -> None:
    """From now on the memory of a large body goes back to the system when it is answered.

    Left alone, glibc keeps one heap for each thread, and after the first body of some megabytes it
    takes all smaller ones from the heaps too: what small objects then pin between them is never
    given back. Other C libraries have no such heaps, and nothing is done. To be called before any
    thread is started.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    for parameter, value in ((_MOST_ARENAS, 1), (_MAP_FROM, _LARGE), (_TRIM_FROM, _LARGE)):
        mallopt(parameter, value)


def collect_what_requests_leave() -> None:
    """Back to a collector that looks often, but no more at what is loaded by now.

    A command looks for cycles only when a hundred thousand objects have been made, and ends before
    that. A service would keep as many dead ones: each refused request leaves some.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_OFTEN)
