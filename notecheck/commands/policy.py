"""`notecheck policy ...`: the payers' rules by date of service."""

from __future__ import annotations

from notecheck.commands.options import OnDay, SiteRules
from notecheck.terminal.exit_status import NOT_PASSED, PASSED
from notecheck.terminal.writing import write


def check(
    on: OnDay = None,
    rules: SiteRules = None,
) -> int:
    """Find gaps, overlaps, and stale or unsourced rows, ours and the site's.

    Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage or an unreadable file.
    """
    from notecheck.policy.run import checked_policy

    faults, clean = checked_policy(on)
    write(faults)
    return PASSED if clean else NOT_PASSED
