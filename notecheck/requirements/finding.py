"""What one requirement's module answers, before its message is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notecheck.facts.case import Words
from notecheck.models import Status


@dataclass(frozen=True)
class Finding:
    """A status, the words that decided it, and what its message needs.

    `reason` chooses the message where one status has several; `values` fill its placeholders
    and never hold note text.
    """

    status: Status
    evidence: Words = ()
    reason: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


def joined(*groups: Words) -> Words:
    """The words of all groups in order, each once."""
    return tuple(dict.fromkeys(words for group in groups for words in group))
