"""A calibration for a person at a terminal, and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from notecheck.evaluate.calibration import MOST_WRONG, Calibration, Point

_POINTS = 12  # lines of the curve that are printed


def calibration_lines(found: Calibration) -> list[str]:
    """The reliability table, both errors and the curve of risk against coverage."""
    lines = ["", "Confidence   statuses     said      seen right", "-" * 44]
    lines += [
        f"{b.low:.1f} to {b.high:.1f}{b.count:>12}{b.said:>10.3f}{b.seen:>12.3f}"
        for b in found.reliability
    ]
    lines += [
        "",
        f"expected calibration error: statuses {found.status_error:.3f}, "
        f"verdicts on what passes {found.verdict_error:.3f}",
        "",
        f"Of {found.truly_passing} encounters that truly pass, and {found.not_met} "
        "requirements that are not met:",
        "at least    cleared   right  coverage  wrong met",
        "-" * 49,
    ]
    lines += [_line(point) for point in _few(found.curve)]
    best = found.at_most_wrong()
    told = f"{best.coverage:.0%} of what truly passes clears" if best else "nothing clears"
    return [*lines, f"With at most {MOST_WRONG:.0%} wrong met, {told}."]


def calibration_record(found: Calibration) -> dict[str, Any]:
    """The same as JSON values, the curve whole."""
    best = found.at_most_wrong()
    return {
        "status_error": found.status_error,
        "verdict_error": found.verdict_error,
        "reliability": [asdict(b) for b in found.reliability],
        "truly_passing": found.truly_passing,
        "not_met": found.not_met,
        "curve": [asdict(point) for point in found.curve],
        "at_most_wrong": asdict(best) if best else None,
    }


def _line(point: Point) -> str:
    return (
        f"{point.confidence:>8.3f}{point.cleared:>11}{point.right / point.cleared:>8.3f}"
        f"{point.coverage:>10.3f}{point.wrong_met:>11}"
    )


def _few(curve: list[Point]) -> list[Point]:
    """Points spread evenly over the curve, its last among them."""
    if len(curve) <= _POINTS:
        return curve
    step = (len(curve) - 1) / (_POINTS - 1)
    return [curve[round(number * step)] for number in range(_POINTS)]
