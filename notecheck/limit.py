"""Limits of time, for the code inside a `with`, by the process's alarm, and of memory."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from notecheck.errors import TimeLimitError


class OverTimeError(BaseException):
    """The time is up. Not an Exception, so that no code in between takes it for its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises OverTimeError inside when it takes longer; only in a process's main thread.

    Python's matching of expressions answers to it. Code in C that does not is cut off by whoever
    watches the process. Windows has no alarm, so there nothing is limited here.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def give_up_after(seconds: float | None) -> Iterator[None]:
    """Raises InputError when what is inside takes longer; `None` is no limit.

    Only in a process's main thread, where alone an alarm can be heard.
    """
    if seconds is None:
        yield
        return
    try:
        with time_limit(seconds):
            yield
    except OverTimeError:
        raise TimeLimitError(f"gave up after {seconds:g} s: the note takes too long") from None


def limit_memory(more: int) -> None:
    """From now on this process gets `more` bytes for its data at most; then MemoryError is raised.

    What is loaded already does not count. Where the system does not tell how much that is, there
    is no limit.
    """
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return
    import resource  # not on Windows, which has no /proc either

    sizes = dict(line.split(":", 1) for line in told.splitlines())
    now = int(sizes["VmData"].split()[0]) * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = now + more if hard == resource.RLIM_INFINITY else min(now + more, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _time_is_up(_signal: int, _frame: FrameType | None) -> None:
    raise OverTimeError
