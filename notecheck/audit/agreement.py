"""How far people and notecheck agree beyond chance, from an audit's worksheet.

Cohen, A coefficient of agreement for nominal scales (1960); the interval is by the standard error
of Fleiss, Cohen and Everitt, Large sample standard errors of kappa and weighted kappa (1969).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from notecheck.audit.worksheet import QUESTIONS, read_worksheet
from notecheck.errors import InputError

_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two raters over the same cases.

    `kappa` is None where both always gave the same one answer: chance alone explains that too.
    `low` and `high` bound its 95 % interval.
    """

    cases: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of pairs of answers, at least one."""
    cases = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    first = Counter(one for one, _ in pairs)
    second = Counter(other for _, other in pairs)
    observed = agreed / cases
    expected = sum(first[word] * second[word] for word in first) / cases**2
    if expected == 1:
        return Agreement(cases, agreed, None, None, None)
    kappa = (observed - expected) / (1 - expected)
    error = sqrt(_variance(pairs, first, second, observed, expected))
    return Agreement(
        cases, agreed, kappa, max(-1.0, kappa - _Z * error), min(1.0, kappa + _Z * error)
    )


def _variance(
    pairs: Sequence[tuple[str, str]],
    first: Counter[str],
    second: Counter[str],
    observed: float,
    expected: float,
) -> float:
    """The large-sample variance of kappa; equation 13 of Fleiss, Cohen and Everitt."""
    cases = len(pairs)
    chance, seen = 1 - expected, 1 - observed
    agreeing = disagreeing = 0.0
    for (one, other), count in Counter(pairs).items():
        share = count / cases
        if one == other:
            agreeing += share * (chance - (first[one] + second[one]) / cases * seen) ** 2
        else:
            disagreeing += share * ((first[other] + second[one]) / cases) ** 2
    rest = (observed * expected - 2 * expected + observed) ** 2
    found = (agreeing + seen**2 * disagreeing - rest) / (cases * chance**4)
    return max(0.0, found)  # rounding may leave a hair below


def agreement_text(path: Path, ours: Path | None = None) -> str:
    """What `notecheck agreement` prints; `ours` is notecheck's sheet where `path` is a blind one.

    Raises InputError for a worksheet it cannot use.
    """
    answers = read_worksheet(path, ours)
    if not answers:
        raise InputError(
            "no answer is filled in: write into the columns that begin with human:", where=str(path)
        )
    lines = [
        "Agreement of people and notecheck",
        "=================================",
        f"{'question':<20}{'cases':>6}{'agree':>8}   kappa (95 % interval)",
    ]
    for question in QUESTIONS:
        pairs = [(a.human, a.tool) for a in answers if a.question == question]
        if pairs:
            lines.append(_line(question, agreement(pairs)))
    lines.append("")
    lines.append("Kappa is agreement beyond chance: 0 none, 1 full. Where every answer of both")
    lines.append("is the same word it is not defined. Few cases make wide, rough intervals.")
    differ = Counter(
        (a.question, a.human, a.tool) for a in answers if a.human != a.tool
    ).most_common(10)
    if differ:
        lines += ["", "Where they differ most", "----------------------"]
        lines += [f"{n:>5}  {q}: people {h}, notecheck {t}" for (q, h, t), n in differ]
    return "\n".join(lines) + "\n"


def _line(question: str, found: Agreement) -> str:
    share = f"{100 * found.agreed / found.cases:.1f} %"
    if found.kappa is None:
        told = "not defined"
    else:
        told = f"{found.kappa:.3f} ({found.low:.3f} to {found.high:.3f})"
    return f"{question:<20}{found.cases:>6}{share:>8}   {told}"
