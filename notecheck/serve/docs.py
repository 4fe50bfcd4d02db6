"""The description of the service as a page for people: no script, and nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from notecheck.report.pages import render_page, style_sheet


@dataclass(frozen=True)
class Call:
    """One thing that can be asked; `examples` are titles with what they show."""

    method: str
    path: str
    says: str
    takes: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]


def docs_page(described: dict[str, Any]) -> str:
    """What `/docs` shows of the description in `/openapi.json`."""
    style = style_sheet("notecheck.report", "page.css")
    calls = tuple(_calls(described["paths"]))
    return render_page(
        "notecheck.serve", "docs.html", style, summary=described["info"]["summary"], calls=calls
    )


def _calls(paths: dict[str, Any]) -> Iterator[Call]:
    for path, methods in paths.items():
        for method, operation in methods.items():
            taken = operation.get("requestBody", {}).get("content", {})
            given = operation["responses"].get("200", {}).get("content", {})
            yield Call(
                method.upper(),
                path,
                operation.get("description") or operation["summary"],
                tuple(taken),
                (*_examples("An example", taken), *_examples("Its answer", given)),
            )


def _examples(title: str, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for shown in content.values():
        if example := shown.get("example"):
            text = example if isinstance(example, str) else json.dumps(example, indent=1)
            yield title, text
