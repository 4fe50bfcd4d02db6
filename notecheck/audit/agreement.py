"""How far people and notecheck agree beyond chance, from an audit's worksheet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from notecheck.audit.worksheet import QUESTIONS, read_worksheet
from notecheck.errors import InputError
from notecheck.evaluate.kappa import Agreement, agreement


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
    return f"{question:<20}{found.cases:>6}{share:>8}   {found.kappa_text}"
