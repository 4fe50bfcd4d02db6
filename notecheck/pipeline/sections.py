"""Finds the sections of a note by its headings and by where what they head ends."""

from __future__ import annotations

from notecheck.pipeline.headings import Heading, HeadingFinder
from notecheck.pipeline.layout import Layout
from notecheck.pipeline.quoted_lines import quoted_lines
from notecheck.pipeline.section import Section
from notecheck.pipeline.section_ends import section_end
from notecheck.pipeline.stories import is_narrative, split_before_operation, tells_operation
from notecheck.rules.model import SectionRecord

_LONGEST_SHORT_HEADING = 8  # characters, its colon with it: "Post-op:"


class SectionFinder:
    """Finds sections by the headings of a rule set."""

    def __init__(self, records: tuple[SectionRecord, ...]) -> None:
        self._records = {record.category: record for record in records}
        self._headings = HeadingFinder(records)
        self.headline = self._headings.headline

    def find(self, text: str, normalized: str) -> list[Section]:
        """The sections of `text` in order, without gaps, the first from offset 0.

        `normalized` is the text's same-length copy from `notecheck.pipeline.normalize`.
        """
        page = Layout(text, normalized)
        headed = self._headed(text, normalized)
        described = any(section.category == "description" for section in headed)
        tells = [place for place, s in enumerate(headed) if tells_operation(page, s, headed)]
        sections: list[Section] = []
        named = False
        told: SectionRecord | None = None  # of the description that a heading interrupts
        for place, section in enumerate(headed):
            rest: list[Section] = []
            if not described and section.record and not section.record.stories:
                section, rest = split_before_operation(page, section, told)
            if section.category == "procedure_title" and is_narrative(page, section, named=named):
                told = self._records.get("description")
                sections += [Section(section.start, section.body, section.end, told), *rest]
                continue
            named = named or section.category == "procedure_title"
            told_later = bool(tells) and tells[-1] > place
            end = section_end(page, section, told_later=told_later)
            if section.category == "description":
                told = section.record
            elif end == section.end and not rest:
                told = None
            sections += [*_cut_at(section, end, told), *rest]
        sections = [s for s in sections if s.end > s.start] or sections[:1]
        quoted = self._records.get("quoted_report")
        return quoted_lines(text, sections, quoted) if quoted else sections

    def _headed(self, text: str, normalized: str) -> list[Section]:
        """Each heading's section, as far as the next heading; what stands before the first one."""
        headings = self._once_told(self._headings.find(text, normalized))
        if not headings or headings[0].start > 0:
            headings = [Heading(0, 0, None), *headings]
        ends = [heading.start for heading in headings[1:]] + [len(text)]
        return [
            Section(heading.start, heading.body, end, heading.record)
            for heading, end in zip(headings, ends, strict=True)
        ]

    def _once_told(self, headings: list[Heading]) -> list[Heading]:
        """Once the operation is told, a short "Post-op:" heads a plan and no diagnosis."""
        described = False
        settled = []
        for heading in headings:
            record = heading.record
            described = described or (
                record is not None and record.category == "description" and heading.start > 0
            )
            short = heading.body - heading.start <= _LONGEST_SHORT_HEADING
            if described and short and record and record.once_told:
                heading = heading._replace(record=self._records.get(record.once_told))
            settled.append(heading)
        return settled


def _cut_at(section: Section, end: int, told: SectionRecord | None) -> list[Section]:
    """The section as far as `end`; what is left has no heading, or goes on with what was `told`."""
    if end == section.end:
        return [section]
    return [
        Section(section.start, section.body, end, section.record),
        Section(end, end, section.end, told),
    ]
