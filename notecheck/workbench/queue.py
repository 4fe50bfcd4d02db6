"""The queue: what waits, who works on it, and what they did."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from notecheck.errors import InputError
from notecheck.models import Encounter, Report
from notecheck.workbench.arrivals import chart_row, checked_row, item_row, now, reason_rows
from notecheck.workbench.filters import Filter
from notecheck.workbench.store import Store
from notecheck.workbench.tables import charts, events, items, reasons

PAGE = 50


class Taken(InputError):
    """Somebody else changed or holds the item; the message says who."""

    code = "NC451"


@dataclass(frozen=True)
class Page:
    """One page of the queue; `after` asks for the next one, None at the end."""

    rows: Sequence[RowMapping]
    total: int
    after: str | None


class Queue:
    """Every change names the person, is one transaction, and leaves an event behind.

    Methods raise QueueError when the store fails, InputError for an item that is not there, and
    Taken when the item has changed since `version` was shown.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self, encounter: Encounter, report: Report, *, source: str, amount: float | None = None
    ) -> int:
        """Puts an encounter in, or checks the item that it has anew; the item's id.

        A closed item that comes again with another verdict is opened again.
        """
        row = item_row(encounter, report, source, amount)
        with self._store.writing() as connection:
            known = connection.execute(
                select(items.c.id, items.c.state, items.c.verdict).where(
                    items.c.encounter_id == encounter.encounter_id
                )
            ).first()
            if known is None:
                try:
                    with connection.begin_nested():
                        entered = insert(items).values(**row).returning(items.c.id)
                        item: int = connection.execute(entered).scalar_one()
                    connection.execute(
                        insert(charts).values(item_id=item, **chart_row(encounter, report))
                    )
                except IntegrityError:  # another process was quicker
                    item = connection.execute(
                        select(items.c.id).where(items.c.encounter_id == encounter.encounter_id)
                    ).scalar_one()
                _event(connection, item, source, "arrived", {"verdict": row["verdict"]})
            else:
                item = int(known.id)
                _recheck(connection, item, encounter, report, amount)
                if known.state == "closed" and known.verdict != row["verdict"]:
                    connection.execute(
                        update(items)
                        .where(items.c.id == item)
                        .values(state="open", assignee=None, closed=None)
                    )
                _event(connection, item, source, "checked_again", {"verdict": row["verdict"]})
            _reasons(connection, item, report)
        return item

    def page(self, wanted: Filter, after: str | None = None) -> Page:
        """One page, what is worth most first. `after` is the last page's. Raises InputError."""
        condition = wanted.where()
        start = _start(after)
        here = and_(condition, start) if start is not None else condition
        with self._store.reading() as connection:
            rows = (
                connection.execute(
                    select(items)
                    .where(here)
                    .order_by(items.c.worth.desc(), items.c.id)
                    .limit(PAGE + 1)
                )
                .mappings()
                .all()
            )
            total = connection.execute(
                select(func.count()).select_from(items).where(condition)
            ).scalar_one()
        more = len(rows) > PAGE
        rows = rows[:PAGE]
        last = f"{rows[-1]['worth']}:{rows[-1]['id']}" if more else None
        return Page(rows, int(total), last)

    def next_open(self, wanted: Filter) -> int | None:
        """The item that is worth most of those that nobody works on."""
        condition = wanted.model_copy(update={"state": "open"}).where()
        with self._store.reading() as connection:
            return connection.execute(
                select(items.c.id)
                .where(condition)
                .order_by(items.c.worth.desc(), items.c.id)
                .limit(1)
            ).scalar()

    def item(self, number: int) -> RowMapping:
        """The whole item."""
        with self._store.reading() as connection:
            return _item(connection, number)

    def history(self, number: int) -> list[dict[str, Any]]:
        """What was done with the item, oldest first."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(events).where(events.c.item_id == number).order_by(events.c.id)
            ).mappings()
            return [{**row, "detail": json.loads(row["detail"])} for row in rows]

    def choices(self) -> dict[str, list[str]]:
        """The values that a filter may name, by field."""
        with self._store.reading() as connection:
            found = {
                name: _distinct(connection, items.c[name])
                for name in ("payer", "surgeon", "facility", "assignee")
            }
            for kind in ("requirement", "finding"):
                found[kind] = _distinct(connection, reasons.c.name, reasons.c.kind == kind)
        return found

    def claim(self, number: int, person: str, version: int) -> None:
        """Takes an item that nobody has."""
        with self._store.writing() as connection:
            row = _item(connection, number)
            if row["assignee"] not in (None, person) or row["state"] == "closed":
                raise Taken(_held(row))
            _change(
                connection, row, version, person, "claimed", {},
                assignee=person, state="claimed",
            )  # fmt: skip

    def hand_over(self, number: int, person: str, to: str | None, version: int) -> None:
        """Gives an item that `person` has to somebody else, or with None back to the queue."""
        with self._store.writing() as connection:
            row = _own(connection, number, person)
            state = "claimed" if to else "open"
            _change(
                connection, row, version, person, "handed_over", {"to": to},
                assignee=to, state=state,
            )  # fmt: skip

    def note(
        self, number: int, person: str, action: str, detail: Mapping[str, Any], version: int,
        *, state: str | None = None,
    ) -> None:  # fmt: skip
        """Writes down what `person`, who has the item, did; `state` is the item's from now on."""
        with self._store.writing() as connection:
            row = _own(connection, number, person)
            values = {"state": state} if state else {}
            _change(connection, row, version, person, action, detail, **values)

    def recheck(
        self, number: int, person: str, encounter: Encounter, report: Report,
        detail: Mapping[str, Any], version: int,
    ) -> None:  # fmt: skip
        """The item's encounter has changed (an addendum): its new report."""
        with self._store.writing() as connection:
            row = _own(connection, number, person)
            _change(connection, row, version, person, "answered", detail, state="claimed")
            _recheck(connection, number, encounter, report, row["amount"])
            _reasons(connection, number, report)

    def close(
        self, number: int, person: str, outcome: str, detail: Mapping[str, Any], version: int
    ) -> None:
        """The item is done: released, or held for good."""
        with self._store.writing() as connection:
            row = _own(connection, number, person)
            _change(connection, row, version, person, outcome, detail, state="closed", closed=now())

    def approve(self, number: int, person: str, version: int) -> None:
        """A second person lets through what the first asked to override."""
        with self._store.writing() as connection:
            row = _item(connection, number)
            asked = (
                connection.execute(
                    select(events)
                    .where(events.c.item_id == number)
                    .order_by(events.c.id.desc())
                    .limit(1)
                )
                .mappings()
                .first()
            )
            if asked is None or asked["action"] != "override_asked":
                raise InputError("nobody has asked to override this item")
            if asked["person"] == person:
                raise InputError("a second person has to approve an override of a stop")
            _change(
                connection, row, version, person, "override_approved",
                {"asked_by": asked["person"], **json.loads(asked["detail"])},
                state="closed", closed=now(),
            )  # fmt: skip


def _start(after: str | None) -> Any:
    if after is None:
        return None
    worth_text, _, number = after.partition(":")
    try:
        worth, last = float(worth_text), int(number)
    except ValueError:
        raise InputError("there is no such page of the queue: begin at the first") from None
    return or_(items.c.worth < worth, and_(items.c.worth == worth, items.c.id > last))


def _distinct(connection: Connection, column: Column[Any], *only: ColumnElement[bool]) -> list[str]:
    """The values of an indexed column, from one to the next by the index, not by every row."""
    least = select(func.min(column).label("value")).where(*only)
    seen = least.cte("seen", recursive=True)
    following = select(func.min(column)).where(column > seen.c.value, *only).scalar_subquery()
    seen = seen.union_all(select(following).where(seen.c.value.is_not(None)))
    return [value for value in connection.execute(select(seen.c.value)).scalars() if value]


def _item(connection: Connection, number: int) -> RowMapping:
    row = (
        connection.execute(
            select(items, charts.c.encounter, charts.c.report)
            .join(charts, charts.c.item_id == items.c.id)
            .where(items.c.id == number)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise InputError(f"there is no item {number} in the queue")
    return row


def _own(connection: Connection, number: int, person: str) -> RowMapping:
    row = _item(connection, number)
    if row["assignee"] != person or row["state"] == "closed":
        raise Taken(_held(row))
    return row


def _held(row: RowMapping) -> str:
    if row["state"] == "closed":
        return "this item is closed"
    if row["assignee"]:
        return f"{row['assignee']} is working on this item"
    return "claim this item before you work on it"


def _change(
    connection: Connection, row: RowMapping, version: int, person: str, action: str,
    detail: Mapping[str, Any], **values: Any,
) -> None:  # fmt: skip
    done = connection.execute(
        update(items)
        .where(items.c.id == row["id"], items.c.version == version)
        .values(version=items.c.version + 1, **values)
    )
    if done.rowcount != 1:
        raise Taken("this item has changed since you saw it: look at it again")
    _event(connection, row["id"], person, action, detail)


def _event(
    connection: Connection, item: int, person: str, action: str, detail: Mapping[str, Any]
) -> None:
    connection.execute(
        insert(events).values(
            item_id=item, time=now(), person=person, action=action,
            detail=json.dumps(detail, ensure_ascii=False),
        )
    )  # fmt: skip


def _recheck(
    connection: Connection, item: int, encounter: Encounter, report: Report, amount: float | None
) -> None:
    connection.execute(
        update(items).where(items.c.id == item).values(**checked_row(encounter, report, amount))
    )
    connection.execute(
        update(charts).where(charts.c.item_id == item).values(**chart_row(encounter, report))
    )


def _reasons(connection: Connection, item: int, report: Report) -> None:
    connection.execute(delete(reasons).where(reasons.c.item_id == item))
    rows = reason_rows(report)
    if rows:
        connection.execute(insert(reasons), [{"item_id": item, **row} for row in rows])
