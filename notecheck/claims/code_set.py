"""Which ICD-10-CM codes exist, of the families that stumps meet, and the sides of their titles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from notecheck.codes.model import Data, Sourced
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

CodeSide = Literal["right", "left", "both"]

_SHAPE = re.compile(r"[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}")
_ENTRY = re.compile(r"(?P<code>[0-9A-Z]+)(?:\+(?P<sevenths>[0-9A-Z]+))?(?::(?P<side>[rlb]))?")
_SIDES: dict[str, CodeSide] = {"r": "right", "l": "left", "b": "both"}


class Release(Sourced):
    """The release of the code set, and the first and last day on which it holds."""

    release: str
    effective_from: dt.date
    effective_to: dt.date


class CodeSetFile(Data):
    """`families` hold entries such as `S72301+AD:r`, parted by blanks, by the family's prefix."""

    about: Release
    families: dict[str, str]


@cache
def code_set() -> CodeSetFile:
    """The file `patterns/claims/icd10cm.toml`. Raises RulesError."""
    return load_toml(pattern_file("claims/icd10cm.toml"), CodeSetFile)


@cache
def _codes() -> dict[str, CodeSide | None]:
    return dict(_listed(" ".join(code_set().families.values())))


def _listed(entries: str) -> Iterator[tuple[str, CodeSide | None]]:
    for entry in entries.split():
        match = _ENTRY.fullmatch(entry)
        if match:
            side = _SIDES.get(match["side"] or "")
            for seventh in match["sevenths"] or ("",):
                yield match["code"] + seventh, side


def has_shape(code: str) -> bool:
    """Whether `code`, without its dot, could be a code at all."""
    return _SHAPE.fullmatch(code) is not None


def exists(code: str, day: dt.date | None) -> bool | None:
    """Whether `code` was a complete code on `day`; None where the code set held does not tell.

    It tells of the families it has, on the days for which its release holds.
    """
    about = code_set().about
    if day is None or not about.effective_from <= day <= about.effective_to:
        return None
    if not code.startswith(tuple(code_set().families)):
        return None
    return code in _codes()


def titled_side(code: str) -> CodeSide | None:
    """The side that the code's title names, where the code set held has the code."""
    return _codes().get(code)
