"""The exit statuses of commands, and which of them a report gives `notecheck hook`."""

from __future__ import annotations

from collections.abc import Mapping

PASSED, NOT_PASSED, FAILED = 0, 1, 2
INTERRUPTED = 130  # as a shell reports SIGINT
BROKEN_PIPE = 141  # as a shell reports SIGPIPE


def hook_status(report: Mapping[str, object], fail_on: str) -> int:
    """Whether a bill may go out by its report, a JSON object.

    `fail_on` is the mildest verdict that stops it, "review" or "stop".
    """
    released = ("release",) if fail_on == "review" else ("release", "review")
    release = report["release"]
    assert isinstance(release, Mapping)
    return PASSED if release["verdict"] in released else NOT_PASSED
