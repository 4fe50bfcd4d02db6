"""A card as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notecheck.explain.blocks import Entry, Page

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def page_markdown(page: Page) -> str:
    """The page as Markdown, every word of the data escaped."""
    lines = [f"# {_escaped(page.title)}"]
    for chapter in page.chapters:
        lines += ["", f"## {_escaped(chapter.title)}", ""]
        for entry in chapter.entries:
            lines += _entry(entry)
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    name = f"**{_escaped(entry.name)}** " if entry.name else ""
    if entry.href:
        name = f"[{_escaped(entry.name)}]({entry.href}) "
    source = f" \\[{entry.source}\\]" if entry.source else ""
    places = ", ".join(f"[{place.name}]({place.href})" for place in entry.places)
    yield f"- {name}{_escaped(entry.text)}{source}" + (
        f"; to confirm in {places}" if places else ""
    )
    for title, points in entry.points:
        if points:
            yield f"  - {title}:"
            yield from (f"    - {_escaped(point)}" for point in points)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
