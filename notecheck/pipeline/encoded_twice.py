"""Characters that an interface took for others: UTF-8 that was read as Windows-1252.

"above\u00e2\u20ac\u201cknee" was "above\u2013knee". Matching runs on what was meant.
"""

from __future__ import annotations

import re

from notecheck.pipeline.repair import Repaired, edited

_LEADS = "\u00c2\u00c3\u00e2"  # of Latin letters and signs, and of dashes, quotes and the like
_BYTES = {
    bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)): byte
    for byte in range(0x80, 0x100)
}
_BEHIND = "".join(re.escape(sign) for sign, byte in _BYTES.items() if byte < 0xC0)
_ENCODED = re.compile(f"[\u00c2\u00c3][{_BEHIND}]|\u00e2[{_BEHIND}]{{2}}")


def decoded_once(text: str) -> Repaired:
    """`text` with what was meant in the place of such characters; the very same without any."""
    if text.isascii() or not any(lead in text for lead in _LEADS):
        return Repaired(text)
    edits = {
        found.start(): (found.end(), bytes(_BYTES[sign] for sign in found[0]).decode("utf-8"))
        for found in _ENCODED.finditer(text)
    }
    return edited(text, edits) if edits else Repaired(text)
