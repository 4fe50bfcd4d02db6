"""A tree of elements -> text, laid out as a reader sees it: one walk for HTML, C-CDA and Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from notecheck.errors import DocumentError
from notecheck.read.limits import MAX_TAGS

_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|text-decoration(?:-line)?:[^;]*line-through|"
    r"mso-hide:all|opacity:0(?:\.0+)?(?:;|!|$)|font-size:0(?:px|pt|em|%)?(?:;|!|$)"
)
_STRUCK_CODES = frozenset(
    {"strike", "strikethrough", "xstrike", "line-through", "hidden", "xhidden"}
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class Element(Protocol):
    """What lxml and the standard library have in common; a comment's tag is no string."""

    @property
    def tag(self) -> object: ...
    @property
    def text(self) -> str | None: ...
    @property
    def tail(self) -> str | None: ...
    def get(self, name: str, /) -> str | None: ...
    def __iter__(self) -> Iterator[Element]: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """How the elements of one language stand on the page, by their tags.

    `paragraphs` have an empty line before and after, `lines` a line of their own, `cells` a tab
    between them; `breaks` end a line and `tabs` are a tab. The text of `preformatted` keeps its
    blanks. `dropped` elements are not shown; where `shown` is given only its text is.
    """

    paragraphs: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    tabs: frozenset[str] = frozenset()
    preformatted: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    shown: frozenset[str] | None = None

    def is_hidden(self, element: Element) -> bool:
        """Whether the element's content is not for the reader."""
        if not isinstance(element.tag, str) or element.tag in self.dropped:
            return True
        return (
            element.get("hidden") is not None
            or element.get("revised") == "delete"
            or bool(_STRUCK_CODES & set((element.get("styleCode") or "").lower().split()))
            or hides(element.get("style") or "")
        )


def hides(style: str) -> bool:
    """Whether a style (CSS) hides or strikes what it is for."""
    style = _BLANKS.sub("", style).lower()
    return bool(style) and bool(_HIDING.search(style))


def require_few_tags(*sources: bytes) -> None:
    """Raises InputError for more tags or attributes than fit into a bounded memory."""
    if sum(source.count(b"<") for source in sources) > MAX_TAGS:
        raise DocumentError(f"the document has more than {MAX_TAGS:,} tags: give one note a file")
    if sum(source.count(b"=") for source in sources) > MAX_TAGS:
        raise DocumentError(
            f"the document has more than {MAX_TAGS:,} attributes: give one note a file"
        )


def markup_text(root: Element, layout: Layout) -> str:
    """The text of `root` by `layout`. The walk needs no recursion, however deep the tree."""
    page = _Page(layout)
    if layout.is_hidden(root):
        return ""
    page.open(root)
    path = [(root, iter(root))]
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            page.close(element, within=path[-1][0] if path else None)
        elif layout.is_hidden(child):
            page.tail(child, within=element)
        else:
            page.open(child)
            path.append((child, iter(child)))
    return page.text()


class _Page:
    """Text as it is laid out; line ends, tabs and blanks wait until a word follows them."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._pieces: list[str] = []
        self._line_ends = 0
        self._tabs = 0
        self._blank = False
        self._at_cell_start = False
        self._preformatted = 0

    def open(self, element: Element) -> None:
        layout, tag = self._layout, element.tag
        if not self._at_cell_start:  # what opens a cell stands on the cell's own line
            self._stand_apart(element)
        if tag in layout.cells:
            self._at_cell_start = True
        elif tag in layout.tabs:
            self._put("\t")
        self._preformatted += tag in layout.preformatted
        if layout.shown is None or tag in layout.shown:
            self._write(element.text)

    def close(self, element: Element, within: Element | None) -> None:
        layout, tag = self._layout, element.tag
        self._preformatted -= tag in layout.preformatted
        if tag in layout.cells:
            # What ended the cell's last line only ends the cell.
            self._line_ends = 0 if not self._at_cell_start else self._line_ends
            self._at_cell_start = False
            self._tabs += 1
        elif tag in layout.breaks:
            self._line_ends += 1
        else:
            self._stand_apart(element)
        if within is not None:
            self.tail(element, within)

    def tail(self, element: Element, within: Element) -> None:
        """The text behind `element`, which belongs to the element round it."""
        shown = self._layout.shown
        if shown is None or within.tag in shown:
            self._write(element.tail)

    def text(self) -> str:
        return "".join(self._pieces)

    def _stand_apart(self, element: Element) -> None:
        wanted = 2 if element.tag in self._layout.paragraphs else 0
        wanted = wanted or (1 if element.tag in self._layout.lines else 0)
        if wanted:
            self._line_ends = max(self._line_ends, wanted)
            self._tabs = 0

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted:
            self._put(text.replace("\r\n", "\n").replace("\r", "\n"))
            return
        words = _BLANKS.sub(" ", text)
        self._blank = self._blank or words.startswith(" ")
        if words.strip(" "):
            self._put(words.strip(" "))
            self._blank = words.endswith(" ")

    def _put(self, text: str) -> None:
        if self._pieces:
            if self._line_ends:
                self._pieces.append("\n" * self._line_ends)
            elif self._blank and not self._tabs:
                self._pieces.append(" ")
            self._pieces.append("\t" * self._tabs)
        self._line_ends = self._tabs = 0
        self._blank = self._at_cell_start = False
        self._pieces.append(text)
