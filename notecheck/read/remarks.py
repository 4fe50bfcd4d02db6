"""What could not be read of what was sent, in the words that every surface shows."""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.models import ReadingRemark


def remark(part: str, kind: str, why: str) -> ReadingRemark:
    """A remark on one part. None of its words is from the note: they may stand in logs."""
    return ReadingRemark(part=part, kind=kind, why=why)


def link(part: str) -> ReadingRemark:
    """The part only points to where it is."""
    return remark(part, "link", "it is only a link, and links are not followed")


def picture(part: str) -> ReadingRemark:
    """The part is a picture: what it shows is not text."""
    return remark(part, "picture", "it is a picture, which holds no text that is read")


def unreadable(part: str, why: str) -> ReadingRemark:
    """The part is there, but cannot be read; `why` is the sentence of its refusal."""
    return remark(part, "unreadable", why)


def distinct(remarks: Iterable[ReadingRemark]) -> tuple[ReadingRemark, ...]:
    """Each remark once, in order."""
    return tuple(dict.fromkeys(remarks))
