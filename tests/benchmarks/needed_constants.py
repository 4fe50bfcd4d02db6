"""Which numbers of the facts and the timeline no test needs: each is changed, and the tests are run.

    python tests/benchmarks/needed_constants.py [ROOM...]

In a copy of the project each constant of the rooms (facts and timeline when none is named) is made
three times as large, and then naught. It is needed when a test of its module, or else of its room,
fails then. What no test needs is printed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("facts", "timeline")
CONSTANT = re.compile(r"(?m)^(_?[A-Z_]+)(?:: \w+)? = (\d[\d.]*)")
CHANGES = {"threefold": lambda value: value * 3, "naught": lambda value: value * 0}


def passes(copy: Path, tests: Path) -> bool:
    command = [sys.executable, "-W", "ignore", "-m", "pytest", "-q", "-x", "-n", "0", str(tests)]
    own = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=own, capture_output=True, check=False)
    return done.returncode == 0


def survivors(copy: Path, room: str) -> Iterator[tuple[str, str, bool]]:
    """Each change of each constant of a room, and whether all tests still pass."""
    for file in sorted((copy / "notecheck" / room).glob("*.py")):
        whole = file.read_text(encoding="utf-8")
        tests = copy / "tests" / room
        own = tests / f"test_{file.name}"
        for found in CONSTANT.finditer(whole):
            number = float(found[2]) if "." in found[2] else int(found[2])
            for name, change in CHANGES.items():
                text = whole[: found.start(2)] + repr(change(number)) + whole[found.end(2) :]
                file.write_text(text, encoding="utf-8")
                alive = (not own.exists() or passes(copy, own)) and passes(copy, tests)
                yield f"{room}/{file.name}", f"{found[1]} {name}", alive
            file.write_text(whole, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rooms", nargs="*", default=ROOMS)
    changed = unseen = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("notecheck", "patterns", "tests", "corpus"):
            shutil.copytree(ROOT / name, copy / name)
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, copy / name)
        for room in parser.parse_args().rooms:
            for file, change, alive in survivors(copy, room):
                changed += 1
                unseen += alive
                if alive:
                    print(f"  no test needs {file}: {change}", flush=True)
    print(f"{unseen} of {changed} changes are noticed by no test")


if __name__ == "__main__":
    main()
