"""What else stands on a claim beside an amputation: taken in by it, not told, or paired with it."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.apart import separate_not_told
from notecheck.claims.data import ToldWork
from notecheck.claims.data import lines as line_data
from notecheck.claims.pairs import pairs
from notecheck.claims.view import ClaimView, LineView, Raised
from notecheck.schedules.book import schedule_book


def further_lines(view: ClaimView) -> Iterator[Raised]:
    """Closures and drainage of the same wound, work that is not told, codes for something else."""
    for line in view.lines:
        beside = _amputation_beside(view, line)
        if beside is None:
            continue
        values = {"code": line.code, "amputation": beside.code}
        if pairs().ruled(line.code, "included"):
            yield Raised("closure-included", (line.place,), values=values)
        if line.code in line_data().unlisted.codes:
            yield Raised("unlisted-needs-comparator", (line.place,), values=values)
        untold = list(_told(view, line, values))
        yield from untold
        held = line.date is not None and schedule_book().of("pairs", line.date)
        if pairs().ruled(line.code, "unknown") and not held and not untold:
            yield Raised("pair-not-held", (line.place, beside.place), values=values)


def _told(view: ClaimView, line: LineView, values: dict[str, str]) -> Iterator[Raised]:
    for rule in line_data().misnamed:
        words = view.told(rule.fact, rule.value) if line.code in rule.codes else ()
        if words:
            yield Raised(rule.finding, (line.place,), words, values | {"due": rule.due})
    for work in line_data().told_work:
        if line.code not in work.codes:
            continue
        words = view.told(work.fact, *work.values)
        if not words:
            yield Raised(work.untold, (line.place,), values=values)
        elif work.told and not _set_apart(view, line, work):
            yield Raised(work.told, (line.place,), words, values)
            yield from separate_not_told(line, words)


def _set_apart(view: ClaimView, line: LineView, work: ToldWork) -> bool:
    """Whether the line says that it was done elsewhere, and the documents bear that out."""
    apart = bool(line.modifiers & line_data().separate.modifiers)
    # a place, which the day of what lay there says nothing against
    return apart and bool(work.elsewhere and view.told(work.fact, *work.elsewhere, today=False))


def _amputation_beside(view: ClaimView, line: LineView) -> LineView | None:
    """The amputation of the line's day, unless the line's own side says that it was elsewhere."""
    own = view.side(line)
    return next(
        (
            other
            for other in view.amputations
            if other.date == line.date
            and other is not line
            and other.code != line.code
            and {own, view.side(other)} != {"left", "right"}
        ),
        None,
    )
