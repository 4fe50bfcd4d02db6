"""How a text is laid out, worked out once for all its sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from notecheck.pipeline.lines import BLANK_LINE
from notecheck.pipeline.section import Section
from notecheck.pipeline.speech import is_unpunctuated


@dataclass(frozen=True)
class Layout:
    """A `text` with its same-length copy `normalized`.

    `unpunctuated` is whether it is dictation without stops, `spaced` whether empty lines part its
    paragraphs.
    """

    text: str
    normalized: str
    unpunctuated: bool = field(init=False)
    spaced: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unpunctuated", is_unpunctuated(self.normalized))
        object.__setattr__(self, "spaced", bool(BLANK_LINE.search(self.text)))

    def content_of(self, section: Section) -> int:
        """Where the first words under the section's heading stand."""
        body = self.normalized[section.body : section.end]
        return section.body + len(body) - len(body.lstrip())
