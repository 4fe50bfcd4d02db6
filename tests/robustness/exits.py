"""What a billing line sees of a hostile input: the exit status of `notecheck hook`, and its words.

    cd tests && python -m robustness.exits --inputs 3000

Status 0 or 1 stands beside one report and is that of its verdict; 2 beside nothing but one sentence
without a word of the note. Ends with status 1 where it is otherwise, and prints the input's number.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time

from notecheck import check
from notecheck.errors import FAULT
from notecheck.start import main as notecheck

from .fuzz import inputs
from .seeds import MARKER

SECONDS = 60.0
_GIVEN = ("encounter", "fhir", "file", "hl7-message")  # what comes on standard input


def wrong_exit(data: bytes) -> str | None:
    """What is wrong with how the hook, in a process of its own, ends on this input, or None."""
    begun = time.monotonic()
    with contextlib.ExitStack() as files:
        given, out, said = (files.enter_context(tempfile.TemporaryFile()) for _ in range(3))
        given.write(data)
        given.seek(0)
        child = os.fork()
        if not child:
            for number, file in enumerate((given, out, said)):
                os.dup2(file.fileno(), number)
            os._exit(_hook())
        status = os.waitpid(child, 0)[1]
        out.seek(0)
        said.seek(0)
        told = wrong(status, out.read(), said.read())
    taken = time.monotonic() - begun
    return told or (f"took {taken:.0f} s" if taken > SECONDS else None)


def wrong(status: int, out: bytes, said: bytes) -> str | None:
    """What is wrong with a process's end, what it printed and what it said."""
    if os.WIFSIGNALED(status):
        return f"ended by signal {os.WTERMSIG(status)}"
    code = os.WEXITSTATUS(status)
    if MARKER.encode() in said or b"Traceback" in said or FAULT.encode() in said:
        return "says words of the note" if MARKER.encode() in said else "a fault"
    if code == 2:
        sentences = said.decode().splitlines()
        return None if not out and len(sentences) == 1 else f"2 with {len(sentences)} sentences"
    if code not in (0, 1):
        return f"status {code}"
    verdict = json.loads(out)["release"]["verdict"]
    return None if (code == 1) is (verdict == "stop") else f"status {code} for {verdict}"


def _hook() -> int:
    # The parent's own streams may be none of the system's, under a test.
    sys.stdin, sys.stdout, sys.stderr = map(os.fdopen, (0, 1, 2), ("r", "w", "w"))
    sys.argv = ["notecheck", "hook"]
    try:
        notecheck()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--inputs", type=int, default=3_000)
    options.add_argument("--first", type=int, default=0, help="the first input's number")
    given = options.parse_args()
    check("Left AKA revised.")  # the rules are loaded once, and by no child
    count = faults = 0
    with contextlib.suppress(KeyboardInterrupt):
        for number, target, data in inputs(given.inputs, given.first):
            if target not in _GIVEN:
                continue
            count += 1
            if told := wrong_exit(data):
                faults += 1
                print(f"input {number}, {target}: {told}", flush=True)
    print(f"{count} inputs, {faults} ended otherwise than they should")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
