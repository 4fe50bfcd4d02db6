"""How a text is laid out, worked out once for all its sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from notecheck.pipeline.lines import BLANK_LINE
from notecheck.pipeline.section import Section
from notecheck.pipeline.speech import is_unpunctuated


@dataclass(frozen=True)
class Layout:
    """A `text` with its same-length copy `normalized`.

    `unpunctuated` is whether it is dictation without stops.
    """

    text: str
    normalized: str
    unpunctuated: bool = field(init=False)
    _parted: int = field(init=False)  # where the first words below an empty line stand

    def __post_init__(self) -> None:
        object.__setattr__(self, "unpunctuated", is_unpunctuated(self.normalized))
        blank = BLANK_LINE.search(self.text)
        below = self.text[blank.end() :] if blank else ""
        object.__setattr__(self, "_parted", len(self.text) - len(below.lstrip()))

    def parted_before(self, end: int) -> bool:
        """Whether an empty line parts the text above `end`; what is added below changes nothing."""
        return self._parted < end

    def content_of(self, section: Section) -> int:
        """Where the first words under the section's heading stand."""
        body = self.normalized[section.body : section.end]
        return section.body + len(body) - len(body.lstrip())
