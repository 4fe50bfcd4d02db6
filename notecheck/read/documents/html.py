"""HTML -> text as a browser would show it: scripts, styles and hidden text are left out."""

from __future__ import annotations

from notecheck.errors import InputError
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.markup import Layout, markup_text
from notecheck.read.extra import formats_missing

_LAYOUT = Layout(
    paragraphs=frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote hr".split()),
    lines=frozenset(
        "div section article header footer main nav aside address li dt dd tr caption form "
        "fieldset legend figure figcaption option".split()
    ),
    cells=frozenset(("td", "th")),
    breaks=frozenset(("br",)),
    preformatted=frozenset(("pre", "textarea")),
    dropped=frozenset(
        "head script style template noscript title iframe object svg math del s strike".split()
    ),
)


def html_text(markup: str) -> DocumentText:
    """The text of an HTML page or of a piece of one. Raises InputError when there is none."""
    try:
        from lxml import etree
        from lxml.html import HTMLParser, document_fromstring
    except ImportError:
        raise formats_missing("an HTML document") from None
    try:
        # As bytes, because an XHTML's own declaration of its encoding is refused in a string.
        root = document_fromstring(
            markup.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8")
        )
    except etree.LxmlError:
        raise InputError("the HTML document is empty or damaged") from None
    text = markup_text(root, _LAYOUT)
    if not text.strip():
        raise InputError("the HTML document shows no text: give the text of the note")
    return DocumentText(text)
