"""The error codes: what each means, what usually causes it, and what cures it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from notecheck.errors import UnknownError
from notecheck.explain.blocks import Chapter, Entry, Page

_CODE = re.compile(r"NC\d{3}", re.IGNORECASE)


class ErrorCode(BaseModel):
    """One record of `error_codes.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    means: str
    causes: tuple[str, ...]
    cures: tuple[str, ...]


def is_error_code(subject: str) -> bool:
    """Whether `subject` is written as an error code, known or not."""
    return _CODE.fullmatch(subject) is not None


@cache
def error_codes() -> dict[str, ErrorCode]:
    """All error codes, in order."""
    text = (files(__package__) / "error_codes.toml").read_text(encoding="utf-8")
    records = (ErrorCode.model_validate(record) for record in tomllib.loads(text)["error"])
    return {record.code: record for record in records}


def error_code(code: str) -> ErrorCode:
    """The record of `code`, in capitals or not. Raises UnknownError for one that there is not."""
    found = error_codes().get(code.upper())
    if found is None:
        known = ", ".join(error_codes())
        raise UnknownError(f'"{code}" is no error code of notecheck: there are {known}')
    return found


def error_page(error: ErrorCode) -> Page:
    """What `notecheck explain NC113` prints."""
    return Page(
        error.code,
        (
            Chapter("What it means", (Entry(error.means),)),
            Chapter("Usual causes", tuple(map(Entry, error.causes))),
            Chapter("What cures it", tuple(map(Entry, error.cures))),
        ),
    )
