"""Templates -> pages, with the headers that keep them to themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from notecheck.report.wording import readable
from notecheck.workbench.people import Person, Role

HEADERS: Mapping[str, str] = {
    # Nothing from elsewhere, no inline script or style, in nobody's frame.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("notecheck.workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["readable"] = readable
    environment.filters["dollars"] = lambda amount: "" if amount is None else f"${amount:,.0f}"
    environment.filters["percent"] = lambda part: "" if part is None else f"{part:.0%}"
    environment.globals["Role"] = Role
    return environment


def fragment(name: str, **values: Any) -> str:
    """A part of a page."""
    return _environment().get_template(name).render(**values)


def page(name: str, person: Person | None, status: int = 200, **values: Any) -> HTMLResponse:
    """The page `name` for `person`."""
    html = _environment().get_template(name).render(person=person, **values)
    return HTMLResponse(html, status, HEADERS)
