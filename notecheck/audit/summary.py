"""The page of an audit: one file that needs nothing but itself, made from the tables."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template

from notecheck.audit.statistics import Statistics, statistics
from notecheck.audit.summary_lists import billed_otherwise, not_read, other_code, samples, singles
from notecheck.audit.summary_sections import (
    decisions,
    dimensions,
    money,
    plural,
    requirements,
    supported_codes,
    tiles,
    trend,
)
from notecheck.report.html import style_hash

_TEMPLATES = files(__package__) / "templates"
_PAGE_STYLE = files("notecheck.report") / "templates" / "page.css"


def write_summary(folder: Path, code: str) -> None:
    """Writes `summary.html` of the tables in `folder` into it; the same tables, the same bytes."""
    found = statistics(folder, code)
    style = _PAGE_STYLE.read_text(encoding="utf-8") + (_TEMPLATES / "audit.css").read_text("utf-8")
    page = Template((_TEMPLATES / "summary.html").read_text(encoding="utf-8")).substitute(
        style=style,
        style_hash=style_hash(style),
        code=code,
        lead=_lead(found),
        sections="\n".join(filter(None, _sections(found))),
    )
    (folder / "summary.html").write_text(page, encoding="utf-8", newline="")


def _sections(found: Statistics) -> list[str]:
    return [
        tiles(found),
        decisions(found),
        requirements(found),
        money(found),
        other_code(found),
        billed_otherwise(found),
        trend(found),
        *dimensions(found),
        supported_codes(found),
        samples(found),
        not_read(found),
        singles(found),
    ]


def _lead(found: Statistics) -> str:
    read = found.read.total()
    concern = plural(found.concerned, "of them concerns", "of them concern")
    return (
        f"{plural(read, 'encounter')} read, {concern} {found.code}: the claim bills it, or the "
        "note supports it. All figures below are of these, unless they say otherwise."
    )
