"""Characters that an interface took for others, or left as the names that HTML has for them.

"above\u00e2\u20ac\u201cknee" was "above\u2013knee" in UTF-8, read as Windows-1252; so was
"above&ndash;knee". Matching runs on what was meant.
"""

from __future__ import annotations

import re

from notecheck.pipeline.repair import Repaired, edited
from notecheck.screen.unseen import ENTITY, named_sign

_LEADS = "\u00c2\u00c3\u00e2"  # of Latin letters and signs, and of dashes, quotes and the like
_BYTES = {
    bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)): byte
    for byte in range(0x80, 0x100)
}
_BEHIND = "".join(re.escape(sign) for sign, byte in _BYTES.items() if byte < 0xC0)
_ENCODED = re.compile(f"[\u00c2\u00c3][{_BEHIND}]|\u00e2[{_BEHIND}]{{2}}")


def decoded_once(text: str) -> Repaired:
    """`text` with what was meant in the place of such characters; the very same without any."""
    named = Repaired(text)
    if "&" in text:
        signs = {
            found.start(): (found.end(), sign)
            for found in ENTITY.finditer(text)
            if (sign := named_sign(found[0])) != found[0]
        }
        named = edited(text, signs) if signs else named
    text = named.text
    if text.isascii() or not any(lead in text for lead in _LEADS):
        return named
    edits = {
        found.start(): (found.end(), bytes(_BYTES[sign] for sign in found[0]).decode("utf-8"))
        for found in _ENCODED.finditer(text)
    }
    return edited(text, edits, named if named.changed else None) if edits else named
