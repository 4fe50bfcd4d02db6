"""One section of a note, and where a place of the text falls."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from notecheck.rules.model import SectionRecord


@dataclass(frozen=True, slots=True)
class Section:
    """`text[start:end]` under a heading; `body` is where the text after the heading begins."""

    start: int
    body: int
    end: int
    record: SectionRecord | None

    @property
    def category(self) -> str | None:
        return self.record.category if self.record else None


def section_at(sections: Sequence[Section], offset: int) -> Section:
    """The section that holds `offset`."""
    return sections[max(0, bisect_right(sections, offset, key=lambda s: s.start) - 1)]
