"""What the dashboard shows, each figure one question to the queue's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import case, func, select

from notecheck.workbench.store import Store
from notecheck.workbench.tables import events, items, reasons

_TOP = 12


@dataclass(frozen=True)
class Share:
    """How many of a group's items have which verdict, and the dollars at stake in them."""

    name: str
    release: int
    review: int
    stop: int
    amount: float

    @property
    def total(self) -> int:
        return self.release + self.review + self.stop


@dataclass(frozen=True)
class Point:
    """With every release below `confidence` looked at by a person, `coverage` of them clear by
    themselves, and `risk` of those that clear were overturned by a reviewer."""

    confidence: float
    coverage: float
    risk: float | None


class Figures:
    """Methods raise QueueError when the store fails."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def by(self, column: str) -> list[Share]:
        """The verdicts by surgeon, payer, facility or month (`service_month`), most first."""
        group = (
            func.substr(items.c.service_date, 1, 7)
            if column == "service_month"
            else items.c[column]
        ).label("name")
        counts = [
            func.sum(case((items.c.verdict == verdict, 1), else_=0)).label(verdict)
            for verdict in ("release", "review", "stop")
        ]
        order = group.desc() if column == "service_month" else func.count().desc()
        with self._store.reading() as connection:
            rows = connection.execute(
                select(group, *counts, func.coalesce(func.sum(items.c.amount), 0).label("amount"))
                .where(group.is_not(None))
                .group_by(group)
                .order_by(order)
                .limit(_TOP)
            )
            found = [
                Share(r.name, int(r.release), int(r.review), int(r.stop), float(r.amount))
                for r in rows
            ]
        return found[::-1] if column == "service_month" else found

    def reasons(self, kind: str) -> list[tuple[str, int]]:
        """How often each requirement or finding is open, most first."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(reasons.c.name, func.count())
                .where(reasons.c.kind == kind, reasons.c.status != "note")
                .group_by(reasons.c.name)
                .order_by(func.count().desc(), reasons.c.name)
                .limit(_TOP)
            )
            return [(name, int(count)) for name, count in rows]

    def money(self) -> dict[str, float]:
        """Dollars of items that people released and held, and of those in work."""
        outcome = self._outcomes()
        found = {"released": 0.0, "held": 0.0, "in work": 0.0}
        with self._store.reading() as connection:
            for row in connection.execute(select(items.c.id, items.c.state, items.c.amount)):
                if row.amount is not None:
                    name = outcome.get(row.id, "held") if row.state == "closed" else "in work"
                    found[name] += row.amount
        return found

    def turnaround(self) -> float | None:
        """Hours from arrival to close, at the median; None before the first."""
        with self._store.reading() as connection:
            times = [
                (datetime.fromisoformat(r.closed) - datetime.fromisoformat(r.arrived))
                for r in connection.execute(
                    select(items.c.arrived, items.c.closed).where(items.c.closed.is_not(None))
                )
            ]
        return median(t.total_seconds() / 3600 for t in times) if times else None

    def agreement(self) -> tuple[int, int]:
        """Of the items that two or more people decided, how many all decided alike."""
        told: dict[int, dict[str, str]] = {}
        with self._store.reading() as connection:
            for row in connection.execute(
                select(events.c.item_id, events.c.person, events.c.action)
                .where(events.c.action.in_(("released", "held", "override_approved")))
                .order_by(events.c.id)
            ):
                decided = "held" if row.action == "held" else "released"
                told.setdefault(row.item_id, {})[row.person] = decided
        several = [set(by.values()) for by in told.values() if len(by) > 1]
        return sum(len(values) == 1 for values in several), len(several)

    def risk(self) -> list[Point]:
        """Risk against coverage over the closed items that notecheck would release."""
        outcome = self._outcomes()
        with self._store.reading() as connection:
            known: list[tuple[float, bool]] = [
                (row.confidence, outcome.get(row.id) == "held")
                for row in connection.execute(
                    select(items.c.id, items.c.confidence).where(
                        items.c.state == "closed",
                        items.c.verdict == "release",
                        items.c.confidence.is_not(None),
                    )
                )
            ]
        return [_point(known, step / 20) for step in range(21)] if known else []

    def _outcomes(self) -> dict[int, str]:
        """What people last decided, by item."""
        decided = {"released": "released", "override_approved": "released", "held": "held"}
        with self._store.reading() as connection:
            return {
                row.item_id: decided[row.action]
                for row in connection.execute(
                    select(events.c.item_id, events.c.action)
                    .where(events.c.action.in_(tuple(decided)))
                    .order_by(events.c.id)
                )
            }

    def people(self) -> list[tuple[str, int]]:
        """How many items each person closed."""
        with self._store.reading() as connection:
            counted = Counter(
                connection.execute(
                    select(events.c.person).where(
                        events.c.action.in_(("released", "held", "override_approved"))
                    )
                ).scalars()
            )
        return counted.most_common(_TOP)

    def rows(self) -> list[dict[str, Any]]:
        """Every item with what was done with it, for an export: no note text."""
        outcome = self._outcomes()
        with self._store.reading() as connection:
            return [
                {**row, "outcome": outcome.get(row["id"], "")}
                for row in connection.execute(select(items).order_by(items.c.id)).mappings()
            ]


def _point(known: Sequence[tuple[float, bool]], threshold: float) -> Point:
    cleared = [wrong for confidence, wrong in known if confidence >= threshold]
    return Point(
        threshold,
        len(cleared) / len(known),
        sum(cleared) / len(cleared) if cleared else None,
    )
