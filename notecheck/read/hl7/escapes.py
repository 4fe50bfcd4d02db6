r"""Escape sequences of HL7 v2 text (`\F\`, `\.br\`, `\X0D\`) -> the characters they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE_COMMANDS = {"br", "ce"}
_MOST_REPEATS = 100


@dataclass(frozen=True, slots=True)
class Separators:
    """The characters that a message's header declares (MSH-1 and MSH-2)."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"

    def unescape(self, text: str) -> str:
        r"""`text` with its escape sequences decoded.

        `\F\ \S\ \T\ \R\ \E\` are the separators, `\Xdd..\` bytes in hexadecimal (UTF-8, else
        Windows-1252), `\.br\` and `\.ce\` line ends, `\.sp5\` five line ends and `\.sk5\` five
        blanks. Highlighting, indents, character sets and local sequences (`\H\ \N\ \.in+4\
        \C2842\ \Zxx\`) say nothing and go. An escape character that opens none of these stays.
        """
        if self.escape not in text:
            return text
        mark = re.escape(self.escape)
        sequence = re.compile(
            rf"{mark}(?:(?P<sep>[FSTREP])|X(?P<hex>(?:[0-9A-F]{{2}})+)|"
            rf"\.(?P<line>br|ce|sp|sk|fi|nf|in|ti) *\+?(?P<count>-?\d{{0,4}}) *|"
            rf"[HN]|[CM](?:[0-9A-F]{{2}})+|Z[^{mark}\r\n]{{0,40}}){mark}",
            re.IGNORECASE,
        )
        return sequence.sub(self._decoded, text)

    def _decoded(self, found: re.Match[str]) -> str:
        if found["sep"]:
            return {
                "F": self.field, "S": self.component, "T": self.subcomponent,
                "R": self.repetition, "E": self.escape, "P": "#",
            }[found["sep"].upper()]  # fmt: skip
        if found["hex"]:
            data = bytes.fromhex(found["hex"])
            try:
                decoded = data.decode("utf-8")
            except UnicodeDecodeError:
                decoded = data.decode("cp1252", "replace")
            return decoded.replace("\r\n", "\n").replace("\r", "\n")
        command = (found["line"] or "").lower()
        repeats = min(max(int(found["count"] or 1), 1), _MOST_REPEATS) if command else 0
        if command in _LINE_COMMANDS:
            return "\n"
        return {"sp": "\n", "sk": " "}.get(command, "") * repeats
