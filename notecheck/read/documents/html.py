"""HTML -> text as a browser would show it: scripts, styles and hidden text are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notecheck.errors import InputError
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.markup import Layout, markup_text, require_few_tags
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


# Pictures inside the page, and a tag of more attributes than a page has: these take the parser
# a time that grows with the square of their number.
_INLINE_DATA = re.compile(r"data:[\w/+.-]*;base64,[^\"'>]*")
_TAG = re.compile(r"<[a-zA-Z/][^>]*")
_MOST_ATTRIBUTES = 1_000


def html_text(markup: str) -> DocumentText:
    """The text of an HTML page or of a piece of one.

    Raises InputError when it shows no text, and when it is made of more tags or attributes within
    one another than can be read in full.
    """
    try:
        from lxml import etree
        from lxml.html import HTMLParser, document_fromstring
    except ImportError:
        raise formats_missing("an HTML document") from None
    markup = _INLINE_DATA.sub("", markup)
    if any(len(tag[0].split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES for tag in _tags(markup)):
        raise InputError(f"a tag of the HTML document has more than {_MOST_ATTRIBUTES} attributes")
    # As bytes, because an XHTML's own declaration of its encoding is refused in a string.
    source = markup.encode("utf-8", "replace")
    require_few_tags(source)
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = document_fromstring(source, parser=parser)
    except etree.LxmlError:
        raise InputError("the HTML document is empty or damaged") from None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise InputError("the HTML document is nested too deeply to be read in full")
    text = markup_text(root, _LAYOUT)
    if not text.strip():
        raise InputError("the HTML document shows no text: give the text of the note")
    return DocumentText(text)


def _tags(markup: str) -> Iterator[re.Match[str]]:
    return (tag for tag in _TAG.finditer(markup) if len(tag[0]) > _MOST_ATTRIBUTES)
