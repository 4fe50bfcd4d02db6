"""Runs a coroutine in a thread of its own, whatever runs in this one.

A browser that a test opened earlier keeps an event loop in the main thread, and `asyncio.run`
begins no second one beside it; with this, the order of tests is of no consequence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` returns; what it raises is raised here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
