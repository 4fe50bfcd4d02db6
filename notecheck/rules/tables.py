"""The tables of a folder's TOML files, parsed once: to parse ours takes a tenth of a start."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from notecheck.rules import kept

Table = dict[str, Any]


def kept_tables(texts: Sequence[str]) -> list[Table] | None:
    """The tables of these texts, from where they are kept, or kept from now on.

    None where one of the texts is no TOML.
    """
    key = _key_of(texts)
    tables: list[Table] | None = kept.stored(key)
    if tables is None:
        try:
            tables = [tomllib.loads(text) for text in texts]
        except tomllib.TOMLDecodeError:
            return None
        with suppress(TypeError):  # a day, which JSON cannot tell: no rule asks for one
            kept.store(key, tables)
    return tables


def _key_of(texts: Sequence[str]) -> str:
    """The name under which the tables of these texts are kept."""
    return hashlib.sha256(json.dumps(["tables", *texts]).encode()).hexdigest()
