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
def time_limit(seconds: float, *, of_processor: bool = False) -> Iterator[None]:
    """Raises OverTimeError inside when it takes longer; only in a process's main thread.

    The time is the clock's, or `of_processor` what this process had of it, which does not grow
    while others keep the machine busy. Python's matching of expressions answers to it. Code in C
    that does not is cut off by whoever watches the process. Windows has no alarm, so there nothing
    is limited here.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    timer = signal.ITIMER_PROF if of_processor else signal.ITIMER_REAL
    alarm = signal.SIGPROF if of_processor else signal.SIGALRM
    before = signal.signal(alarm, _time_is_up)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(alarm, before)


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
    now = _data_now()
    if now is None:
        return
    import resource  # not on Windows, which does not tell how much it is either

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = now + more if hard == resource.RLIM_INFINITY else min(now + more, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def no_crash_dumps() -> None:
    """A process that crashes leaves no image of its memory, which holds notes; nor do those that it
    starts."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def memory_limit(more: int) -> Iterator[None]:
    """As `limit_memory`, while the code inside runs."""
    if _data_now() is None:
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    limit_memory(more)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _data_now() -> int | None:
    """The bytes of this process's data, where the system tells."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    sizes = dict(line.split(":", 1) for line in told.splitlines())
    return int(sizes["VmData"].split()[0]) * 1024


def _time_is_up(_signal: int, _frame: FrameType | None) -> None:
    raise OverTimeError
