"""What of the queue is shown: a page's query string -> conditions on its tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import ColumnElement, and_, select

from notecheck.models import Verdict
from notecheck.workbench.tables import IN_WORK, items, reasons

State = Literal["open", "claimed", "waiting", "closed"]


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


_Text = Annotated[str | None, BeforeValidator(_blank_is_none)]
_Number = Annotated[float | None, BeforeValidator(_blank_is_none)]
_Days = Annotated[int | None, BeforeValidator(_blank_is_none)]


class Filter(BaseModel):
    """All of it optional; a field left empty filters nothing.

    `state` None means whatever is not closed. `older_than` is in days since the date of service,
    `amount_from` in US dollars, `confidence_below` between 0 and 1. Raises ValidationError.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    state: Annotated[State | None, BeforeValidator(_blank_is_none)] = None
    verdict: Annotated[Verdict | None, BeforeValidator(_blank_is_none)] = None
    requirement: _Text = None
    finding: _Text = None
    payer: _Text = None
    surgeon: _Text = None
    facility: _Text = None
    assignee: _Text = None
    older_than: Annotated[_Days, Field(ge=0, le=36500)] = None
    amount_from: Annotated[_Number, Field(ge=0)] = None
    confidence_below: Annotated[_Number, Field(ge=0, le=1)] = None

    def where(self) -> ColumnElement[bool]:
        """The condition on `items`."""
        found: list[ColumnElement[bool]] = [items.c.state == self.state if self.state else IN_WORK]
        for name in ("verdict", "payer", "surgeon", "facility", "assignee"):
            wanted = getattr(self, name)
            if wanted is not None:
                found.append(items.c[name] == wanted)
        for kind in ("requirement", "finding"):
            wanted = getattr(self, kind)
            if wanted is not None:
                found.append(_has_reason(kind, wanted))
        if self.older_than is not None:
            day = datetime.now(UTC).date() - timedelta(days=self.older_than)
            found.append(items.c.service_date <= day.isoformat())
        if self.amount_from is not None:
            found.append(items.c.amount >= self.amount_from)
        if self.confidence_below is not None:
            found.append(items.c.confidence < self.confidence_below)
        return and_(*found)

    @property
    def query(self) -> dict[str, str]:
        """The fields that filter, as a query string holds them."""
        return {name: str(value) for name, value in self if value is not None}


def _has_reason(kind: str, name: str) -> ColumnElement[bool]:
    return items.c.id.in_(
        select(reasons.c.item_id).where(reasons.c.kind == kind, reasons.c.name == name)
    )
