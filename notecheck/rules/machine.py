"""A compiled expression as numbers, from which Python's `re` makes it again without compiling.

Compiling is nine tenths of what an expression of a rule costs at a start. The numbers are those
that Python's own compiler makes; they hold for one version of Python alone (`PYTHON`), and `re`
looks them through before it takes them.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]  # typeshed leaves it out
import base64
import re
import sys
import zlib
from array import array
from dataclasses import dataclass
from re import _compiler as compiler  # type: ignore[attr-defined]  # typeshed leaves it out
from re import _parser as parser  # type: ignore[attr-defined]  # typeshed leaves it out

PYTHON = f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}"
_NUMBER = "I"  # of four bytes, as the compiler's


@dataclass(frozen=True, slots=True)
class Machine:
    """What Python's compiler makes of an expression; `numbers` are packed for a text file."""

    numbers: str
    flags: int
    groups: int
    names: dict[str, int]

    def expression(self, text: str) -> re.Pattern[str]:
        """The compiled expression of `text`, of which this was made."""
        numbers = array(_NUMBER, zlib.decompress(base64.b64decode(self.numbers)))
        by_number = dict(zip(self.names.values(), self.names, strict=True))
        groups = tuple(by_number.get(number) for number in range(self.groups + 1))
        made: re.Pattern[str] = _sre.compile(
            text, self.flags, numbers.tolist(), self.groups, self.names, groups
        )
        return made


def machine_of(text: str) -> Machine:
    """Compile the expression `text`. Raises re.error where it is none."""
    tree = parser.parse(text)
    numbers = array(_NUMBER, compiler._code(tree, 0)).tobytes()
    return Machine(
        base64.b64encode(zlib.compress(numbers)).decode("ascii"),
        tree.state.flags,
        tree.state.groups - 1,
        dict(tree.state.groupdict),
    )
