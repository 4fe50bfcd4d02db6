"""Lines that begin with ">", as letters quote, are somebody else's text."""

from __future__ import annotations

import re

from notecheck.pipeline.section import Section
from notecheck.rules.model import SectionRecord

_QUOTED_LINES = re.compile(r"(?:^[ \t]*(?:>>|>[ \t]*[A-Za-z\"]).*$(?:\r?\n)?)+", re.M)


def quoted_lines(text: str, sections: list[Section], record: SectionRecord) -> list[Section]:
    """The sections with each run of quoted lines cut out as a section of `record`."""
    quoted = list(_QUOTED_LINES.finditer(text)) if ">" in text else []
    if sum(match.end() - match.start() for match in quoted) > len(text) / 2:
        return sections  # a note typed with ">" before every line quotes nobody
    for match in quoted:
        cut: list[Section] = []
        for section in sections:
            if section.end <= match.start() or section.start >= match.end():
                cut.append(section)
                continue
            if section.start < match.start():
                cut.append(Section(section.start, section.body, match.start(), section.record))
            if not cut or cut[-1].start < match.start():
                cut.append(Section(match.start(), match.start(), match.end(), record))
            if section.end > match.end():
                cut.append(Section(match.end(), match.end(), section.end, section.record))
        sections = cut
    return sections
