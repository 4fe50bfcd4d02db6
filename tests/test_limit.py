"""A check that takes too long is given up, and says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from notecheck import InputError, check

_LONG = (
    "In the left AKA stump the femur was divided with a saw 12 cm above the joint line. " * 8_000
)


def test_check_gives_up() -> None:
    with pytest.raises(InputError, match="gave up after 0.05 s"):
        check(_LONG, seconds=0.05)
    assert check("Left AKA revised.", seconds=60).decision  # the alarm is off again


@pytest.mark.parametrize("command", ["scan", "hook"])
def test_a_command_gives_up_with_exit_status_2(command: str, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(_LONG)
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", command, "--time-limit", "0.05", str(note)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "gave up after 0.05 s" in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr and "femur" not in done.stderr


def test_memory_is_limited_and_the_process_lives_on() -> None:
    program = """
from notecheck.errors import fault
from notecheck.limit import limit_memory
limit_memory(100_000_000)
try:
    bytearray(200_000_000)
except MemoryError as error:
    print(fault(error), len(bytearray(1_000_000)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert "takes more memory than one encounter may have [NC190] 1000000" in done.stdout
