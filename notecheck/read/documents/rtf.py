"""RTF -> text."""

from __future__ import annotations

import re

from notecheck.errors import InputError
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.extra import formats_missing
from notecheck.read.limits import MAX_NOTE, megabytes

# Pictures and embedded objects are long runs of hex digits; no note has a word of this length.
_HEX_RUN = re.compile(rb"(?:[0-9a-fA-F]{2}[\r\n]*){500,}")


def rtf_text(data: bytes) -> DocumentText:
    """The text of an RTF document, without its headers, footers, pictures and comments.

    Raises InputError when it is too large or damaged, or has no text.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise formats_missing("an RTF document") from None
    data = _HEX_RUN.sub(b"", data)
    if len(data) > MAX_NOTE:
        raise InputError(f"the RTF document has more than {megabytes(MAX_NOTE)} of text")
    if not data.rstrip(b"\x00 \r\n\t").endswith(b"}"):
        raise InputError("the RTF document is cut off: its last bracket is missing")
    # RTF is ASCII with escapes; other bytes are the writer's Windows characters.
    try:
        text = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")
    except (ValueError, OverflowError, LookupError, TypeError):  # a character that cannot be
        raise InputError("the RTF document is damaged: save it again") from None
    if not text.strip():
        raise InputError("the RTF document has no text")
    return DocumentText(text)
