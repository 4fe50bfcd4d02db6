"""The lines of a claim as they stand after what was taken back."""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.models import ClaimLine


def net_lines(lines: Iterable[ClaimLine]) -> tuple[ClaimLine, ...]:
    """The lines without those of a negative quantity and what these take back.

    A reversal takes back the last line of its code, modifiers and day before it.
    """
    standing: list[ClaimLine] = []
    for line in lines:
        if line.units is None or line.units >= 0:
            standing.append(line)
            continue
        for number in reversed(range(len(standing))):
            other = standing[number]
            if (other.code, other.modifiers, other.service_date) == (
                line.code, line.modifiers, line.service_date,
            ):  # fmt: skip
                left = (other.units or 0) + line.units
                if left > 0:
                    standing[number] = other.model_copy(update={"units": left})
                else:
                    del standing[number]
                break
    return tuple(standing)
