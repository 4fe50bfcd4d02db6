"""Templates -> web pages that stand alone, without a script, under a policy that allows none.

Every value is escaped by the templates themselves; `line` makes text from outside harmless first.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from notecheck.report.safe import one_line
from notecheck.report.wording import readable

_SHARED = "notecheck.report"
# Of statuses, verdicts, decisions and severities: shape and word tell them, colour besides.
_ICONS = {
    "met": "✓", "partial": "◐", "missing": "✗", "conflict": "≠",
    "not_applicable": "–", "not_assessed": "○",
    "release": "✓", "review": "◐", "stop": "✗",
    "pass": "✓", "hold": "✗", "not_concerned": "–",
    "error": "✗", "warning": "◐", "note": "–",
}  # fmt: skip


@cache
def environment(package: str) -> Environment:
    """The templates of a room, and those that all pages share (`parts.html`, `page.css`)."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(_SHARED)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["line"] = one_line
    made.filters["readable"] = readable
    made.filters["dollars"] = lambda amount: "-" if amount is None else f"${amount:,.2f}"
    made.filters["count"] = lambda number: f"{number:,}"
    made.globals["icons"] = _ICONS
    return made


def render_page(package: str, name: str, style: str, **values: Any) -> str:
    """The page `name` of a room, `style` being its style sheet."""
    template = environment(package).get_template(name)
    return template.render(style=style, style_hash=style_hash(style), **values)


def style_sheet(package: str, name: str) -> str:
    """A style sheet beside the templates of a room."""
    return (files(package) / "templates" / name).read_text(encoding="utf-8")


def style_hash(style: str) -> str:
    """What the policy of a page needs to know its style sheet by."""
    digest = hashlib.sha256(style.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
