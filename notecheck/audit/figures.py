"""The figures of an audit's page, section by section, in the order and words that it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from notecheck.audit.charts import bar, columns, curve, legend
from notecheck.audit.clearing import Cleared, clearing, shown
from notecheck.audit.statistics import DIMENSIONS, UNTOLD, FindingCount, Share, Statistics
from notecheck.models import NOT_MET, Decision

DECISIONS: tuple[Decision, ...] = ("hold", "review", "pass")  # of what concerns the code
_MOST_ROWS = 25
_MOST_MONTHS = 36
_MOST_SURGEONS = 20  # of the heat map, and of the worklist's filter
_GRAVEST = ("error", "warning", "note")
_STEPS = 5  # shades of the heat map


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


@dataclass(frozen=True)
class Ranked:
    """Encounters by surgeon, payer or month: the rows shown, and what is left out."""

    name: str
    rows: Sequence[tuple[str, Share, Markup]]
    left: int = 0
    left_encounters: int = 0


@dataclass(frozen=True)
class Heat:
    """A cell of the heat map: how many of those assessed are not met, and its shade (0 to 5)."""

    not_met: int
    assessed: int
    shade: int


class Figures:
    """What the page's template asks for."""

    decisions = DECISIONS

    def __init__(self, found: Statistics) -> None:
        self.found = found

    @property
    def lead(self) -> str:
        concern = plural(self.found.concerned, "of them concerns", "of them concern")
        read = plural(self.found.read.total(), "encounter")
        return (
            f"{read} read, {concern} {self.found.code}: the claim bills it, or the "
            "note supports it. All figures below are of these, unless they say otherwise."
        )

    @property
    def months(self) -> list[str]:
        known = self.found.months
        return _months(min(known), max(known))[-_MOST_MONTHS:] if known else []

    @property
    def period(self) -> str:
        known = self.found.months
        return f"{min(known)} to {max(known)}" if known else "no date of service documented"

    @property
    def decision_rows(self) -> Iterator[tuple[Decision, int, str, Markup]]:
        whole, all_of = self.found.whole.decisions, self.found.concerned
        for word in DECISIONS:
            drawn = bar({word: whole[word]}, all_of)
            yield word, whole[word], percent(whole[word], all_of), drawn

    @property
    def score_columns(self) -> Markup:
        groups = [(_score_words(step), self.found.scores[step]) for step in range(11)]
        said = "; ".join(f"score {name}: {c.total()}" for name, c in groups if c)
        return columns(groups, f"Encounters by score. {said}.")

    @property
    def month_columns(self) -> Markup:
        months, known = self.months, self.found.months
        groups = [(m, known[m].decisions if m in known else Counter()) for m in months]
        label = f"Encounters by month, {months[0]} to {months[-1]}; the table has them."
        return columns(groups, label)

    @property
    def cleared(self) -> list[Cleared]:
        """What clears by itself at round confidences; empty where nothing is released."""
        return shown(clearing(self.found.released))

    @property
    def risk_curve(self) -> Markup:
        points = [(point.coverage, point.risk) for point in clearing(self.found.released)]
        return curve(points, "Share expected to be wrong by share cleared; the table has both.")

    def legend(self, kinds: Sequence[str]) -> Markup:
        return legend(kinds)

    @property
    def findings(self) -> list[tuple[str, FindingCount, Markup]]:
        """The findings on claims, errors first, the most frequent first."""
        ranked = sorted(
            self.found.findings.items(),
            key=lambda item: (_GRAVEST.index(item[1].severity), -item[1].count, item[0]),
        )
        most = max((item.count for _, item in ranked), default=0)
        kinds = {"error": "hold", "warning": "review", "note": "money"}
        return [(i, item, bar({kinds[item.severity]: item.count}, most)) for i, item in ranked]

    @property
    def requirement_rows(self) -> Iterator[tuple[str, int, Counter[str], Markup]]:
        """The requirements by how many encounters fail them, the worst first."""
        for name, counts in sorted(self.found.statuses.items(), key=lambda i: -_unmet(i[1])):
            shown: dict[str, float] = {status: counts[status] for status in (*NOT_MET, "met")}
            yield name, _unmet(counts), counts, bar(shown, sum(shown.values()))

    @property
    def surgeons(self) -> list[str]:
        """Those with the most that is not met, the first first."""
        unmet = {
            name: sum(of[True] for of in by.values()) for name, by in self.found.by_surgeon.items()
        }
        ranked = sorted(unmet, key=lambda name: (-unmet[name], name))
        return ranked[:_MOST_SURGEONS] if set(unmet) - {UNTOLD} else []

    @property
    def heat(self) -> Iterator[tuple[str, list[Heat]]]:
        """Requirements, the worst first, by surgeon."""
        surgeons = self.surgeons
        for name, *_ in self.requirement_rows if surgeons else ():
            yield name, [_heat(self.found.by_surgeon[surgeon][name]) for surgeon in surgeons]

    @property
    def money_rows(self) -> Iterator[tuple[str, float, Mapping[str, float], Markup]]:
        payments = self.found.payments
        most = max((c.total() * amount for (_, amount), c in payments.items()), default=0.0)
        for (name, amount), counts in sorted(payments.items()):
            by: dict[str, float] = {word: counts[word] * amount for word in DECISIONS}
            yield name, amount, by, bar(by, most)

    @property
    def dimensions(self) -> Iterator[Ranked]:
        for name in DIMENSIONS:
            shares = self.found.by[name]
            if set(shares) - {UNTOLD}:
                yield _ranked(name, shares)

    @property
    def month_shares(self) -> Ranked:
        return Ranked("month", _drawn(sorted(self.found.months.items())))

    @property
    def supported(self) -> list[tuple[str, int, Markup]]:
        codes = {code: n for code, n in self.found.supported.items() if code != "none"}
        return _counted(Counter(codes), "money")

    @property
    def other_code(self) -> list[tuple[str, int, Markup]]:
        return _counted(self.found.other_code, "hold")

    @property
    def billed_as(self) -> list[tuple[str, int, Markup]]:
        return _counted(self.found.billed_as, "money")


def filter_of(rows: Iterable[dict[str, Any]], name: str) -> list[str]:
    """The values that a column of the worklist can be filtered by, the most frequent first."""
    counted = Counter(row[name] or UNTOLD for row in rows)
    return [value for value, _ in counted.most_common(_MOST_SURGEONS)] if len(counted) > 1 else []


def _counted(counts: Counter[str], kind: str) -> list[tuple[str, int, Markup]]:
    most = max(counts.values(), default=0)
    return [(name, n, bar({kind: n}, most)) for name, n in counts.most_common(_MOST_ROWS)]


def _ranked(name: str, shares: Mapping[str, Share]) -> Ranked:
    ranked = sorted(
        shares.items(), key=lambda i: (-i[1].at_stake, -i[1].decisions["hold"], -i[1].total, i[0])
    )
    left = ranked[_MOST_ROWS:]
    encounters = sum(share.total for _, share in left)
    return Ranked(name, _drawn(ranked[:_MOST_ROWS]), len(left), encounters)


def _drawn(shares: Sequence[tuple[str, Share]]) -> list[tuple[str, Share, Markup]]:
    most = max(share.total for _, share in shares)
    return [(name, share, bar(share.decisions, most)) for name, share in shares]


def _heat(counts: Counter[bool]) -> Heat:
    assessed = counts.total()
    return Heat(counts[True], assessed, -(-_STEPS * counts[True] // assessed) if assessed else 0)


def _months(first: str, last: str) -> list[str]:
    """All months from `first` to `last`, those without encounters too."""
    low, high = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(low, high + 1)]


def _unmet(counts: Counter[str]) -> int:
    return sum(counts[status] for status in NOT_MET)


def _score_words(step: int) -> str:
    return "100" if step == 10 else f"{step * 10}-{step * 10 + 9}"
