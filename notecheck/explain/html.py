"""A card as one web page that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from string import Template

from notecheck.explain.blocks import Chapter, Entry, Page

_TEMPLATES = files(__package__) / "templates"


def page_html(page: Page) -> str:
    """The page, its style inside it, with no script and a policy that allows none."""
    style = (_TEMPLATES / "card.css").read_text(encoding="utf-8")
    template = Template((_TEMPLATES / "card.html").read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return template.substitute(
        style=style,
        style_hash=f"sha256-{digest}",
        title=escape(page.title),
        chapters="".join(map(_chapter, page.chapters)),
    )


def _chapter(chapter: Chapter) -> str:
    entries = "".join(map(_entry, chapter.entries))
    named = any(entry.name for entry in chapter.entries)
    return f"<h2>{escape(chapter.title)}</h2>\n" + (f"<dl>\n{entries}</dl>\n" if named else entries)


def _entry(entry: Entry) -> str:
    source = f' <span class="source">[{entry.source}]</span>' if entry.source else ""
    told = f"{escape(entry.text)}{source}"
    lists = "".join(_list(title, points) for title, points in entry.points if points)
    if entry.name:
        return f"<dt>{escape(entry.name)}</dt><dd>{told}{lists}</dd>\n"
    return f"<p>{told}</p>{lists}\n"


def _list(title: str, points: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(point)}</li>" for point in points)
    return f'<p class="list-title">{escape(title)}</p><ul>{items}</ul>'
