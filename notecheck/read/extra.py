"""What to say when a library of the extra `formats` is not installed."""

from __future__ import annotations

from notecheck.errors import InputError


def formats_missing(what: str) -> InputError:
    """The refusal of `what` ("a PDF file"), which the core installation cannot read."""
    return InputError(
        f"{what} needs the extra `formats`: install it with pip install 'notecheck[formats]'"
    )
