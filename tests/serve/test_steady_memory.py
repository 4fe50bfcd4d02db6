"""What a service does so that its memory stays what it needs, each in its own process."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

# Bodies of a megabyte come and go; what is small and stays lies between them.
_BODIES = """
import sys
from pathlib import Path
from notecheck.serve.steady_memory import give_large_blocks_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

if sys.argv[1] == "steady":
    give_large_blocks_back()
del (first := [bytearray(1_000_000)])[:]
before, stays = resident(), []
for _ in range(3):
    bodies = []
    for _ in range(40):
        bodies.append(bytearray(b"x") * 1_000_000)
        stays.append(bytearray(b"x") * 2_000)
    del bodies
print(resident() - before)
"""
_CYCLES = """
import gc
gc.set_threshold(100_000, 50)
from notecheck.serve.steady_memory import collect_what_requests_leave
collect_what_requests_leave()
assert gc.get_freeze_count()

class Dead: pass

gone = 0
def seen(phase, info):
    global gone
    gone += info["collected"] if phase == "stop" else 0
gc.callbacks.append(seen)
for _ in range(5_000):
    dead = Dead()
    dead.own = dead
print(gone)
"""


def printed(program: str, *words: str) -> int:
    run = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=True
    )
    return int(run.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="heaps are glibc's")
def test_the_memory_of_large_bodies_is_given_back() -> None:
    assert printed(_BODIES, "steady") < 5_000_000 < printed(_BODIES, "left alone")


def test_what_requests_leave_is_collected_soon() -> None:
    assert printed(_CYCLES) > 4_000
