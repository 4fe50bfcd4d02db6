"""What can go wrong with what a user gives us, in one sentence each, with a code to search for.

A message says what is wrong, where, and what to do. It never holds note text. What each code means,
its usual causes and cures, stands in `notecheck/explain/error_codes.toml`, from which
`notecheck explain NC113` prints it; a code never changes its meaning.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Self

_PACKAGE = Path(__file__).parent
FAULT = "NC190"  # a fault in notecheck itself


class NotecheckError(Exception):
    """Anything notecheck refuses; `where` is the file, line or field that it is about."""

    code = "NC000"

    def __init__(self, message: str, *, where: str | None = None) -> None:
        self.message = message
        self.where = where
        super().__init__(f"{where}: {message}" if where else message)

    @property
    def coded(self) -> str:
        """The message without its place, and the code."""
        return f"{self.message} [{self.code}]"

    @property
    def sentence(self) -> str:
        """The whole of it as a person reads it: where, what, and the code."""
        return f"{self} [{self.code}]"

    def at(self, where: str) -> Self:
        """The same error, about the file, line or field `where`."""
        return type(self)(self.message, where=where)

    def within(self, part: str) -> Self:
        """The same error, with the part of the input that it is about named in its message."""
        return type(self)(f"{part}: {self.message}", where=self.where)


class InputError(NotecheckError):
    """The input cannot be checked: unreadable, malformed, or not what it claims to be."""

    code = "NC100"


class UsageError(InputError):
    """Options or values that do not go together, or that do not exist."""

    code = "NC101"


class FileError(InputError):
    """A file or folder that the system does not let us read or write."""

    code = "NC102"


class ExtraError(InputError):
    """A part of the installation that is not there."""

    code = "NC103"


class UnknownError(InputError):
    """A code, requirement, fact or error code that notecheck does not know."""

    code = "NC104"


class ConfigError(InputError):
    """A settings file, `notecheck.toml` or `[tool.notecheck]`, that cannot be used."""

    code = "NC105"


class NotANoteError(InputError):
    """Readable, but no note: a table, an e-mail, several reports, a picture, binary content."""

    code = "NC110"


class JsonError(InputError):
    """Text that should be JSON and is not."""

    code = "NC111"


class ShapeError(InputError):
    """JSON of another shape than an encounter's."""

    code = "NC112"


class EmptyError(InputError):
    """Nothing to read."""

    code = "NC113"


class TooLargeError(InputError):
    """More than one note or encounter may be."""

    code = "NC114"


class DocumentError(InputError):
    """A PDF, Word, RTF, HTML, C-CDA or e-mail document that cannot be opened as one."""

    code = "NC115"


class Hl7Error(InputError):
    """An HL7 v2 message that cannot be read."""

    code = "NC116"


class FhirError(InputError):
    """A FHIR resource that cannot be read."""

    code = "NC117"


class ClaimFileError(InputError):
    """An X12 claim that cannot be read."""

    code = "NC118"


class ClaimError(InputError):
    """A claim that belongs to no note, or to several."""

    code = "NC119"


class TimeLimitError(InputError):
    """Given up: it takes longer than it may."""

    code = "NC120"


class GoldError(InputError):
    """A file of labelled encounters, or of figures, that cannot be used."""

    code = "NC130"


class RulesError(NotecheckError):
    """A file in `patterns/` is wrong; `where` is `file:line`."""

    code = "NC200"


class AuditError(NotecheckError):
    """An audit cannot run, or go on, as it was asked for."""

    code = "NC300"


class SettingsError(InputError):
    """A setting of the service, its keys or its addresses that cannot be used."""

    code = "NC500"


def fault(error: Exception) -> str:
    """Where the fault is, for a bug report; its own message could hold words of a note."""
    if isinstance(error, MemoryError):
        return f"could not be checked: it takes more memory than one encounter may have [{FAULT}]"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    frame = ours[-1]
    place = f"{Path(frame.filename).name} line {frame.lineno}"
    return (
        f"could not be checked: a fault in notecheck ({type(error).__name__} at {place}), "
        f"please report it without the note [{FAULT}]"
    )
