"""HTML -> text as a browser would show it: scripts, styles and hidden text are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from notecheck.errors import DocumentError
from notecheck.extras import missing_extra
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.markup import Layout, hides, markup_text, require_few_tags
from notecheck.read.text import decode

_LAYOUT = Layout(
    paragraphs=frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote hr".split()),
    lines=frozenset(
        "div section article header footer main nav aside address li dt dd tr caption form "
        "details summary fieldset legend figure figcaption option".split()
    ),
    cells=frozenset(("td", "th")),
    breaks=frozenset(("br",)),
    preformatted=frozenset(("pre", "textarea")),
    dropped=frozenset(
        "head script style template noscript title iframe object svg math del s strike datalist"
        " rp".split()
    ),
)


# Pictures inside the page, and a tag of more attributes than a page has: these take the parser
# a time that grows with the square of their number.
_INLINE_DATA = re.compile(r"data:[\w/+.-]*;base64,[^\"'>]*")
_TAG = re.compile(r"<[a-zA-Z/][^>]*")
_MOST_ATTRIBUTES = 1_000


# Tags that a piece of HTML has where its lines end, though it may begin with words.
_LINE_END = re.compile(r"<(?:br\s*/?|/p|/div|/li|/tr|/h[1-6])\s*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w:.-]+)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_STYLE_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->|@[^{;]*;", re.DOTALL)
_FOR_PRINTERS = re.compile(r"@media\s+(?:only\s+)?print\b[^{},]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE = re.compile(r"([\w-]*)((?:[.#][\w-]+)*)")
_MARK = re.compile(r"[.#][\w-]+")
_WITHIN = re.compile(r"\s*>\s*|\s+")
_MOST_RULES = 500
_MOST_WITHIN = 5


class _Selector(NamedTuple):
    """An element's tag, or "" for any, and its classes and id."""

    tag: str
    marks: frozenset[str]


def is_fragment(text: str) -> bool:
    """Whether text that begins with words is a piece of HTML: most of its lines end with tags."""
    ends = len(_LINE_END.findall(text))
    return ends >= 2 and ends * 2 >= text.count("\n")


def page_text(data: bytes, charset: str | None = None) -> DocumentText:
    """As `html_text`, of bytes in the character set that the page itself or its sender names."""
    named = _CHARSET.search(data[:4096]) or _DECLARED.search(data[:400])
    own = named[1].decode("ascii", "replace") if named else None
    return html_text(decode(data, charset or own))


def html_text(markup: str) -> DocumentText:
    """The text of an HTML page or of a piece of one.

    Raises InputError when it shows no text, and when it is made of more tags or attributes within
    one another than can be read in full.
    """
    try:
        from lxml import etree
        from lxml.html import HTMLParser, document_fromstring
    except ImportError:
        raise missing_extra("an HTML document", "formats") from None
    markup = _INLINE_DATA.sub("", markup)
    if any(len(tag[0].split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES for tag in _tags(markup)):
        raise DocumentError(
            f"a tag of the HTML document has more than {_MOST_ATTRIBUTES} attributes"
        )
    # As bytes, because an XHTML's own declaration of its encoding is refused in a string.
    source = markup.encode("utf-8", "replace")
    require_few_tags(source)
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = document_fromstring(source, parser=parser)
    except etree.LxmlError:
        raise DocumentError("the HTML document is empty or damaged") from None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise DocumentError("the HTML document is nested too deeply to be read in full")
    _hide_by_rules(root)
    _show_fields(root)
    text = markup_text(root, _LAYOUT)
    if not text.strip():
        raise DocumentError("the HTML document shows no text: give the text of the note")
    return DocumentText(text)


def _tags(markup: str) -> Iterator[re.Match[str]]:
    return (tag for tag in _TAG.finditer(markup) if len(tag[0]) > _MOST_ATTRIBUTES)


def _hide_by_rules(root: Any) -> None:
    """Marks what the page's own style sheets hide or strike; selectors are simple ones, also in a
    row: of what stands within what."""
    rules: list[tuple[_Selector, ...]] = []
    for sheet in root.iter("style"):
        told = _FOR_PRINTERS.sub("", _STYLE_COMMENT.sub("", sheet.text or ""))
        for selectors, style in _RULE.findall(told):
            if hides(style):
                rules += filter(None, map(_selector, selectors.split(",")))
    if not rules:
        return
    for element in root.iter():
        if isinstance(element.tag, str) and any(
            _fits(element, rule) for rule in rules[:_MOST_RULES]
        ):
            element.set("hidden", "")


def _selector(text: str) -> tuple[_Selector, ...]:
    """What the element is, and then what it stands within; nothing for another kind of selector."""
    found = [_SIMPLE.fullmatch(one) for one in _WITHIN.split(text.strip())[-_MOST_WITHIN:]]
    return tuple(
        _Selector(one[1].lower(), frozenset(_MARK.findall(one[2])))
        for one in reversed(found)
        if one and one[0] and all(found)
    )


def _fits(element: Any, rule: tuple[_Selector, ...]) -> bool:
    if not _is(element, rule[0]):
        return False
    wanted = list(rule[1:])
    for outer in element.iterancestors() if wanted else ():
        if _is(outer, wanted[0]):
            wanted.pop(0)
            if not wanted:
                break
    return not wanted


def _is(element: Any, wanted: _Selector) -> bool:
    if wanted.tag and wanted.tag != element.tag:
        return False
    own = {f".{name}" for name in (element.get("class") or "").split()}
    own.add(f"#{element.get('id')}")
    return wanted.marks <= own


def _show_fields(root: Any) -> None:
    """Writes the values of form fields where the reader of the page sees them."""
    for field in list(root.iter("input")):
        kind = (field.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            field.text = "[x] " if field.get("checked") is not None else "[ ] "
        elif kind not in ("hidden", "password", "submit", "button", "image", "reset", "file"):
            field.text = field.get("value") or ""
    for choice in list(root.iter("select")):
        options = list(choice.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        for option in options:
            if option not in (chosen or options[:1]):
                option.set("hidden", "")
