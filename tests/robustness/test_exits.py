"""A few hostile inputs of the hook; `python -m robustness.exits` is the long form."""

from __future__ import annotations

import json

from notecheck import check

from .exits import wrong, wrong_exit
from .fuzz import inputs
from .seeds import MARKER

REPORT = check("Left above-knee amputation stump revised, femur cut.").model_dump_json().encode()
STOPS = json.loads(REPORT)["release"]["verdict"] == "stop"


def test_the_hook_ends_as_it_should_whatever_it_is_given() -> None:
    given = [(n, data) for n, target, data in inputs(90, 3_000) if target in ("encounter", "file")]
    assert len(given) > 30
    assert not {n: told for n, data in given if (told := wrong_exit(data))}


def test_a_wrong_end_is_seen() -> None:
    def ended(status: int) -> int:
        return status << 8  # as the system tells it

    assert wrong(ended(STOPS), REPORT, b"") is None
    assert wrong(ended(2), b"", b"stdin: this is no encounter\n") is None
    for status, out, said in (
        (9, b"", b""),  # killed
        (ended(not STOPS), REPORT, b""),
        (ended(2), REPORT, b"stdin: this is no encounter\n"),
        (ended(2), b"", b""),
        (ended(2), b"", b"stdin: a fault [NC190]\n"),
        (ended(2), b"", f"stdin: {MARKER} is no kind\n".encode()),
        (ended(3), b"", b""),
    ):
        assert wrong(status, out, said)
