"""What a person's minute on an item is worth: the amount at stake times the doubt about it."""

from __future__ import annotations

from notecheck.models import Verdict

_NO_AMOUNT = 1.0  # dollars: what has no amount comes after what has one, doubtful ones first
# How doubtful a verdict is where nothing calibrated says so.
_DOUBT: dict[Verdict, float] = {"stop": 1.0, "review": 0.5, "release": 0.1}


def worth(amount: float | None, verdict: Verdict, confidence: float | None) -> float:
    """Dollars at stake, by expectation. `confidence` is that of the verdict `release`, 0 to 1."""
    doubt = _DOUBT[verdict]
    if confidence is not None and verdict == "release":
        doubt = 1.0 - confidence
    return round((amount if amount is not None else _NO_AMOUNT) * doubt, 4)
