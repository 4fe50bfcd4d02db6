"""The bytes of an XML document -> its tree, in whatever character set they are."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from notecheck.errors import DocumentError
from notecheck.extras import missing_extra
from notecheck.read.documents.markup import require_few_tags
from notecheck.read.text import decode

_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,300}\?>")
_ENCODING = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]+)")


def xml_root(data: bytes, what: str) -> Element:
    """The root of `data`, in UTF-8, UTF-16 or what its declaration names.

    `what` ("a C-CDA document") is for the messages. Raises InputError for a document type
    declaration, which entity attacks need, and for what is no whole XML.
    """
    try:
        from defusedxml import DefusedXmlException
        from defusedxml import ElementTree as Defused
    except ImportError:
        raise missing_extra(what, "formats") from None
    require_few_tags(data)
    named = _ENCODING.match(data[:600])
    text = decode(data, named[1].decode("ascii", "replace") if named else None)
    source = _DECLARATION.sub("", text, count=1).lstrip()
    before = text[: len(text) - len(source)].count("\n")
    try:
        root: Element = Defused.fromstring(source.encode("utf-8"), forbid_dtd=True)
    except DefusedXmlException:
        raise DocumentError(
            f"the XML declares a document type or entities, which {what} never needs: "
            "it is not read"
        ) from None
    except (Defused.ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (1, 0))
        raise DocumentError(
            f"the XML is damaged or cut off at line {line + before}, column {column + 1}"
        ) from None
    return root
