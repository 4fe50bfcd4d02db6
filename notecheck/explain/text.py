"""A card for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.explain.blocks import Chapter, Entry, Page
from notecheck.report.columns import wrap

_INDENT = "   "


def page_text(page: Page, width: int = 80) -> str:
    """The page as text of at most `width` columns."""
    lines = [*wrap(page.title, width), "=" * min(len(page.title), width)]
    for chapter in page.chapters:
        lines += ["", chapter.title, "-" * len(chapter.title), *_chapter(chapter, width)]
    return "\n".join(lines) + "\n"


def _chapter(chapter: Chapter, width: int) -> Iterator[str]:
    for entry in chapter.entries:
        yield from _entry(entry, width)
        if entry.href:
            yield _INDENT + entry.href  # whole, whatever its length: a broken one opens nothing
        for title, points in entry.points:
            for number, point in enumerate(points):
                label = f"{_INDENT}{title:<9} " if number == 0 else " " * 13
                yield from wrap(f"- {point}", width, first=label, rest=" " * 15)


def _entry(entry: Entry, width: int) -> list[str]:
    told = f"{entry.text} [{entry.source}]" if entry.source else entry.text
    if entry.places:
        told += f"; to confirm in {', '.join(place.name for place in entry.places)}"
    if not entry.name:
        return wrap(told, width)
    if entry.name.endswith(("?", ")", ".")):
        return [*wrap(entry.name, width), *wrap(told, width, first=_INDENT, rest=_INDENT)]
    colon = "" if entry.name.startswith("[") else ":"
    return wrap(f"{entry.name}{colon} {told}", width, rest=_INDENT)
