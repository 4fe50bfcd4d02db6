"""Finds the sections of a note, whatever form the note came in.

Headings may stand on a line of their own, before a colon, before a run of blanks, glued to the
text before and after them ("...stump.PROCEDURE:Left..."), or, in speech-recognised text, bare in
the middle of a line. Known headings are data (`patterns/sections/`); an unknown label at the start
of a line ends a section too, and what follows it has no category.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from notecheck.pipeline.wrapping import SHORTEST_WRAPPED_LINE
from notecheck.rules.model import SectionRecord

_LONGEST_TITLE = 70
_BLANKS = " -"  # of a title
# The beginning of a word, or a capital glued to what stands before it.
_MAY_BEGIN_TITLE = re.compile(r"(?<![^\W_])[^\W\d_]|(?<![A-Z])[A-Z]")
# In unpunctuated text a word is no heading after these, nor before these.
_NOT_A_HEADING = "".join(
    rf"(?<!\b{word}\s)"
    for word in (
        "the this a an of for to his her that during with prior previous first second under no "
        "from in our my tolerated stage entire general spinal two minimal"
    ).split()
)
_NO_VERB_AFTER = (
    r"(?!\s(?:was|were|is|of|which|had|has|well|and|to|for|in|on|with|by|we|note|report|room|he|she)"
    r"\b)"
)
_TITLE_MAY_FOLLOW = re.compile(r"(?:^|[\n.;,:!?)\]}*_\"'>-]|\d[.)])[ \t]*$")
_LINE_LABEL = re.compile(r"^[ \t]*(?:[-*#>]+[ \t]*)?([A-Za-z][\w /&()'.+-]{1,45}?)[ \t]*:", re.M)
_STOP_IN_LABEL = re.compile(r"[a-z]{3}\. ")  # the end of a sentence, on a line that wraps
_LINE_ALONE = re.compile(r"^[ \t=*#_-]*([A-Za-z][\w /&(),'.-]{1,60}?)[ \t=*#_-]*$", re.M)
_LINE_COLUMN = re.compile(
    r"^[ \t]*([A-Za-z][\w/&()'.-]*(?: [\w/&()'.-]+){0,4})(?:\t| {2,}| - )(?=\S)", re.M
)
_LINE_STOP = re.compile(r"^[ \t]*([A-Z][\w /&()'-]{3,40}?)\.(?=[ \t]+\S)", re.M)
# "PART 2. The skin ..." and "STUMP. With him ...": a heading that runs into its text.
_LINE_CAPITALS = re.compile(r"^[ \t]*([A-Z][A-Z0-9 /&-]{2,30})\.(?=[ \t]+[A-Z][a-z])", re.M)
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n|\r[ \t]*\r")
# A line that begins like a sentence of its own, after a field: "EBL 100.\nThe stump was ...".
_NEW_STATEMENT = re.compile(r"(?:\r?\n|\r)(?=[ \t]*[A-Z][^\n:]{0,40} [a-z][^\n:]{0,25}[a-z. ])")
_PARENTHESIS = re.compile(r"[ \t]*\([^()\n]{0,80}\)[ \t]*$")
_QUOTED_LINES = re.compile(r"(?:^[ \t]*(?:>>|>[ \t]*[A-Za-z\"]).*$(?:\r?\n)?)+", re.M)
_END_OF_QUOTE = re.compile(
    r"\[?\bend (?:of )?(?:copied|quoted|prior|copy|excerpt|previous)[^\n\]]*\]?"
)
_NARRATIVE = re.compile(
    r"\b(?:was|were)\b[^.]{0,80}\b(?:taken|brought|placed|prepped|draped|made|positioned|opened"
    r"|given|induced|transferred|met|seen|identified|turned|put|moved)\b"
    r"|\bprepped and draped\b|\bincision\b[^.]{0,60}\bwas\b|\binto the operating (?:room|theatre)\b"
    r"|\bi (?:opened|made|divided|cut|went|used|took|raised|freed)\b"
)
_OPERATION_BEGINS = re.compile(
    r"\b(?:patient|pt|he|she|man|woman|gentleman|lady|mr|mrs|ms)\b[^.]{0,40}\bwas\b[^.]{0,60}\b(?:taken|brought|wheeled"
    r"|transported|moved|transferred)\b[^.]{0,40}\b(?:operating|or|theat)|\bprepped and draped\b"
)
_STORY_BEGINS = re.compile(
    r"(?:(?<=[.!?)] )|(?<=  ))"
    r"(?=(?:(?:the|this) )?(?:patient|mr|mrs|ms|\d+[ -]?(?:year|yo|y/o)|(?:[a-z]+-)?[a-z]+-year)\b"
    r"[^.]{0,40}\b(?:is|was|has|had|with|man|woman|male|female|who)\b)"
)
# A line that begins to tell of the patient, right below a title or a diagnosis.
_STORY_LINE = re.compile(
    r"[ ]*(?:this (?:[\w.-]+ ){0,5}?(?:man|woman|lady|gentleman|patient|amputee|year|is)"
    r"|(?:mr|mrs|ms|miss)\b|he|she|the patient|now \d+)\b[^.]{0,60}(?:mr\. )?[^.]{0,40}"
    r"\b(?:is|was|has|had|came|comes|were|presented|presents|lost|underwent|told)\b"
)
_SPOKEN_STORY_BEGINS = re.compile(
    r"(?<=\s)(?=(?:this is an?|the patient|she|he|mr|mrs"
    r"|this (?:\w+ ){0,4}(?:year|lady|man|woman|gentleman))\s"
    r"(?:is|was|has|had|who|with|presented|came|comes|[a-z]+ed|(?:\w+\s){0,3}(?:year|lady|man|woman|male|female|gentleman))\b)"
)
_DONE = re.compile(
    r"\b(?:incised|divided|ligated|prepped|draped|closed|cut|sewn|sutured|tied|raised|opened|excised|irrigated|transected|exposed|taken|placed)\b"
)
# The tools and tasks of an operation, as telegraphic notes list them without a verb.
_TOOLS = re.compile(
    r"\b(?:saw|gigli|drill|vicryl|pds|nylon|prolene|monocryl|ethibond|silk|staples|clips|drain|flaps?|stripped|rasped|sawn|released"
    r"|freed|detached|removed|stitched|dissected|sharply|debrided?|supine|prone|lateral|incision|approach)\b"
)
_PREPARED_LINE = re.compile(r"[ \t]*(?:[\w/]+ ){1,5}(?:was |were )?prepp?ed\b")
_LINE_END = re.compile(r"\r?\n|\r")
_WAS = re.compile(r"\b(?:was|were)\b")
_LIST_ITEM = re.compile(r"[ \t]*(?:\d{1,2}|[a-z])[.)]")
_ENDS_ANEW = re.compile(r"[.:;!?)]\s*$")
# Sections that may tell an earlier operation, or somebody else's, at any length.
_TELL_STORIES = frozenset(
    {
        "description", "past_history", "family_history", "social_history", "quoted_report",
        "exam", "assessment",
    }
)  # fmt: skip
_TELL_HISTORY = frozenset({"indications", "past_history"})
_LONG_TITLE_BODY, _LONG_SECOND_TITLE = 160, 90
_LONGEST_HEADLINE = 140
_SHORT_INLINE = frozenset({
    "exam", "anesthesia", "administrative", "specimens", "setting", "laterality", "assessment",
    "social_history", "medications", "preoperative_diagnosis", "postoperative_diagnosis",
})  # fmt: skip
_SENTENCE_END = re.compile(r"[a-z)0-9][.;]\s+(?=[A-Z])")
_MANY_DEEDS = 3
_SOME_DEEDS = 2
_FULL_STOP = re.compile(r"[a-z)]\. ")
_MANY_SENTENCES = 3
# How many words a heading heads where nothing but the next heading ends what stands under it.
_SPOKEN_WORDS = {
    "anesthesia": 5, "administrative": 8, "specimens": 12, "setting": 8, "laterality": 4,
    "preoperative_diagnosis": 26, "postoperative_diagnosis": 26, "procedure_title": 30,
}  # fmt: skip
_SPOKEN_WORD = re.compile(r"\S+")


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


class SectionFinder:
    """Finds sections by the headings of a rule set."""

    def __init__(self, records: tuple[SectionRecord, ...]) -> None:
        self._by_title: dict[str, SectionRecord] = {}
        self._records = {record.category: record for record in records}
        self._headlines = [
            (record, re.compile(record.headline)) for record in records if record.headline
        ]
        bare: list[str] = []
        for record in records:
            for title in (*record.titles, *record.bare_titles, *record.spoken_titles):
                self._by_title.setdefault(_title_key(title), record)
            bare += record.bare_titles
        # Few colons follow the last word of a title: the others need no closer look.
        self._last_words = tuple({title.split()[-1] for title in self._by_title})
        # Found with any blanks between their words, or with none: "operativeprocedure".
        self._run_together = {
            _run_together(title): self._by_title[_title_key(title)] for title in bare
        }
        self._spoken_titles = {
            _run_together(title): self._by_title[_title_key(title)]
            for record in records
            for title in record.spoken_titles
        }
        self._spoken = re.compile(
            rf"(?<![a-z]){_NOT_A_HEADING}\b({_alternatives(r.spoken_titles for r in records)})\b"
            rf"{_NO_VERB_AFTER}"
        )
        self._bare = re.compile(
            rf"({_alternatives([bare])})(?![ ]+(?:of|is|was|as|were|are|and)\b)"
            r"\s*(?:\([^)\n]*\))?[ ]*[:-]?"
        )

    def find(self, text: str, normalized: str) -> list[Section]:
        """The sections of `text` in order, without gaps, the first from offset 0.

        `normalized` is the text's same-length copy from `notecheck.pipeline.normalize`.
        """
        starts: dict[int, tuple[int, SectionRecord | None]] = {0: (0, None)}
        for start, body, record in self._headings(text, normalized):
            known = starts.get(start)
            if known is None or known[0] < body or (known[1] is None and record is not None):
                starts[start] = (body, record)
        ordered: list[tuple[int, int, SectionRecord | None]] = []
        for start, (body, record) in sorted(starts.items()):
            if not ordered or start >= ordered[-1][1]:
                ordered.append((start, body, record))
        ordered = self._after_description(normalized, ordered)
        ends = [start for start, _, _ in ordered[1:]] + [len(text)]
        unpunctuated = _is_unpunctuated(normalized)
        headed = [
            Section(start, body, end, record)
            for (start, body, record), end in zip(ordered, ends, strict=True)
        ]
        described = any(section.category == "description" for section in headed)
        tells = [place for place, s in enumerate(headed) if _tells_operation(text, s, headed)]
        sections: list[Section] = []
        named = False
        for place, section in enumerate(headed):
            record = section.record
            told_later = bool(tells) and tells[-1] > place
            rest: list[Section] = []
            if not described and record and record.category not in _TELL_STORIES:
                section, rest = _split_before_operation(text, normalized, section)
            settled = self._settle(
                text,
                normalized,
                section,
                unpunctuated=unpunctuated,
                named=named,
                told_later=told_later,
            )
            named = named or any(told.category == "procedure_title" for told in settled)
            sections += [*settled, *rest]
        return _quoted_lines(text, _joined(sections), self._records.get("quoted_report"))

    def headline(self, words: str) -> SectionRecord | None:
        """The record of which `words`, normalised, are the headline; None for any other line."""
        if len(words) > _LONGEST_HEADLINE:
            return None
        return next((record for record, line in self._headlines if line.fullmatch(words)), None)

    def _headings(
        self, text: str, normalized: str
    ) -> Iterator[tuple[int, int, SectionRecord | None]]:
        titles: dict[int, tuple[int, SectionRecord]] = {}  # by their colons
        for match in re.finditer(":", normalized):
            found = self._title_before(text, normalized, match.start())
            if found:
                titles[match.start()] = found
                yield found[0], match.end(), found[1]
        if _is_unpunctuated(normalized):
            for match in self._spoken.finditer(normalized):
                yield match.start(1), match.end(1), self._spoken_titles[_run_together(match[1])]
        run_together = _run_together(normalized)
        has_bare = any(title in run_together for title in self._run_together)
        for match in self._bare.finditer(normalized) if has_bare else ():
            yield match.start(), match.end(), self._run_together[_run_together(match[1])]
        for match in _LINE_ALONE.finditer(text):
            record = self._by_title.get(_title_key(normalized[match.start(1) : match.end(1)]))
            if record and len(match[1]) > 3:
                yield match.start(1), match.end(), record
        for match in _LINE_COLUMN.finditer(text):
            record = self._by_title.get(_title_key(normalized[match.start(1) : match.end(1)]))
            if record:
                yield match.start(1), match.end(), record
        for match in _LINE_STOP.finditer(text):
            record = self._by_title.get(_title_key(normalized[match.start(1) : match.end(1)]))
            if record and len(match[1]) > 4:
                yield match.start(1), match.end(), record
        for match in _LINE_CAPITALS.finditer(text):
            yield match.start(1), match.start(1), None
        for match in _LINE_LABEL.finditer(text):
            clock = match[1][-1].isdigit() and text[match.end() : match.end() + 1].isdigit()
            if len(match[1].split()) > 5 or clock or _STOP_IN_LABEL.search(match[1]):
                continue
            if match[1][0].islower() and _goes_on(text, match.start(1)):
                continue
            known = titles.get(match.end() - 1)
            if known is None or known[0] <= match.start(1):
                # An unknown label ends a section but says something itself: it is read.
                yield match.start(1), match.start(1), None

    def _title_before(
        self, text: str, normalized: str, colon: int
    ) -> tuple[int, SectionRecord] | None:
        """The longest known title that ends at `colon` and stands where a heading may stand."""
        inside = _PARENTHESIS.search(normalized, max(0, colon - 90), colon)
        for end in [colon, inside.start()] if inside else [colon]:
            first = max(0, end - _LONGEST_TITLE)
            words = normalized[first:end]
            if not words.rstrip(_BLANKS).endswith(self._last_words):
                continue
            for match in _MAY_BEGIN_TITLE.finditer(text[first:end]):
                record = self._by_title.get(_title_key(words[match.start() :]))
                if record and _may_be_heading(text, first + match.start(), end):
                    return first + match.start(), record
        return None

    def _after_description(
        self, normalized: str, ordered: list[tuple[int, int, SectionRecord | None]]
    ) -> list[tuple[int, int, SectionRecord | None]]:
        """Once the operation is told, a short "Post-op:" heads a plan and no diagnosis."""
        described = False
        settled: list[tuple[int, int, SectionRecord | None]] = []
        for start, body, record in ordered:
            described = described or (
                record is not None and record.category == "description" and start > 0
            )
            if (
                described
                and record
                and record.category == "postoperative_diagnosis"
                and body - start < 9
            ):
                record = self._records.get("plan")
            settled.append((start, body, record))
        return settled

    def _settle(
        self,
        text: str,
        normalized: str,
        section: Section,
        *,
        unpunctuated: bool,
        named: bool,
        told_later: bool,
    ) -> list[Section]:
        """Apply what the record says of the section's end, and tell titles from narratives.

        `told_later` is whether a later heading stands over the operation itself.
        """
        record = section.record
        if record is None:
            return [section]
        body = normalized[section.body : section.end]
        if record.category == "procedure_title" and _is_narrative(
            _first_paragraph(text, section.body, section.end).lower(), named=named
        ):
            return [
                Section(section.start, section.body, section.end, self._records.get("description"))
            ]
        end = section.end
        if record.ends == "line":
            content = section.body + len(body) - len(body.lstrip())
            line_end = _NEW_STATEMENT.search(text, content, end)
            end = line_end.start() if line_end else end
        if record.category in _SHORT_INLINE and not _begins_line(text, section.start):
            # "MRI: ..." in the middle of a story heads its own sentence, not the rest of the story.
            stop = _SENTENCE_END.search(text, section.body, end)
            if stop and end - stop.end() > _LONG_TITLE_BODY:
                end = stop.end()
        if record.ends in ("blank_line", "line"):
            content = section.body + len(body) - len(body.lstrip())
            blank = _BLANK_LINE.search(text, content, end)
            end = blank.start() if blank else end
        if record.category in _SPOKEN_WORDS:
            lines = (line.end() for line in _LINE_END.finditer(text, section.body, end))
            end = next((line for line in lines if _STORY_LINE.match(normalized, line, end)), end)
        # A history that comes before the operation's own heading tells of earlier ones.
        if record.category != "description" and not (
            told_later and record.category in _TELL_HISTORY
        ):
            begins = _OPERATION_BEGINS.search(normalized, section.body, end)
            end = max(section.body, begins.start()) if begins else end
        if record.ends in ("blank_line", "line"):
            story = _SPOKEN_STORY_BEGINS if unpunctuated else _STORY_BEGINS
            begins = story.search(normalized, section.body, end)
            end = begins.start() if begins else end
        if unpunctuated and record.category in _SPOKEN_WORDS:
            words = _SPOKEN_WORD.finditer(normalized, section.body, end)
            last = next(islice(words, _SPOKEN_WORDS[record.category], None), None)
            end = last.start() if last else end
        if record.category == "quoted_report":
            quote_end = _END_OF_QUOTE.search(normalized, section.body, end)
            end = quote_end.end() if quote_end else end
            if normalized[section.body : end].lstrip()[:1] == '"':
                first = normalized.index('"', section.body)
                closing = normalized.find('"', first + 1, end)
                end = closing + 1 if closing > 0 else end
        if end == section.end:
            return [section]
        return [
            Section(section.start, section.body, end, record),
            Section(end, end, section.end, None),
        ]


def _tells_operation(text: str, section: Section, headed: Sequence[Section]) -> bool:
    """Whether an operation is told under a heading: a description's, or a second title's."""
    if section.category == "procedure_title":
        named = any(s.category == "procedure_title" for s in headed if s.start < section.start)
        told = _first_paragraph(text, section.body, section.end).lower()
        return _is_narrative(told, named=named)
    return section.category == "description"


def _begins_line(text: str, start: int) -> bool:
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return not text[line_start:start].strip(" \t-*#>.\u20220123456789)([")


def _is_narrative(body: str, *, named: bool) -> bool:
    """Whether what stands under "Procedure" tells the operation instead of naming it.

    Once an earlier heading has `named` the operation, several sentences are enough.
    """
    return len(body) > (_LONG_SECOND_TITLE if named else _LONG_TITLE_BODY) and (
        bool(_NARRATIVE.search(body))
        or len(_DONE.findall(body)) >= _MANY_DEEDS
        or (named and len(_FULL_STOP.findall(body)) >= _MANY_SENTENCES)
    )


def _goes_on(text: str, start: int) -> bool:
    """Whether the line at `start` goes on with the sentence of a long line above it."""
    line = text.rfind("\n", 0, start)
    above = text[text.rfind("\n", 0, max(line, 0)) + 1 : max(line, 0)].rstrip()
    return len(above) >= SHORTEST_WRAPPED_LINE and above[-1] not in ".:;!?"


def _split_before_operation(
    text: str, normalized: str, section: Section
) -> tuple[Section, list[Section]]:
    """Cut a section where, with no empty line and no heading, lines begin that tell the operation.

    Returns what is left of the section, and the unheaded rest if there is one.
    """
    for line_end in _LINE_END.finditer(text, section.body, section.end):
        before = normalized[section.body : line_end.start()]
        after = normalized[line_end.end() : section.end]
        if not before.strip():
            continue
        if _begins_story(before):
            break
        # However short, what follows "R thigh prepped." is the operation.
        prepared = _PREPARED_LINE.match(normalized, line_end.end())
        told = _deeds(after) >= (_SOME_DEEDS if prepared else _MANY_DEEDS)
        if not told or (len(after) <= _LONG_TITLE_BODY and not prepared):
            break
        if _begins_anew(text, before, line_end.end()):
            rest = Section(line_end.end(), line_end.end(), section.end, None)
            return Section(section.start, section.body, line_end.end(), section.record), [rest]
    return section, []


def _begins_story(words: str) -> bool:
    """Whether the operation is told from the very first line, under whatever heading."""
    deeds = _deeds(words)
    return deeds >= _MANY_DEEDS or bool(_NARRATIVE.search(words) or (deeds and _WAS.search(words)))


def _deeds(words: str) -> int:
    return len(_DONE.findall(words)) + len(_TOOLS.findall(words))


def _begins_anew(text: str, before: str, start: int) -> bool:
    """Whether the line at `start` is a statement of its own, no item of the list before it."""
    if _LIST_ITEM.match(before.lstrip()) and _LIST_ITEM.match(text, start):
        return False
    first = text[start : start + 40].lstrip(" \t>*-")[:1]
    return first.isupper() or first.isdigit() or bool(_ENDS_ANEW.search(before))


def _first_paragraph(text: str, start: int, end: int) -> str:
    return _BLANK_LINE.split(text[start:end].lstrip(), maxsplit=1)[0]


def section_at(sections: list[Section], offset: int) -> Section:
    """The section that holds `offset`."""
    return sections[max(0, bisect_right(sections, offset, key=lambda s: s.start) - 1)]


def _alternatives(titles: Iterable[Iterable[str]]) -> str:
    every = sorted({t for group in titles for t in group}, key=len, reverse=True)
    return "|".join(re.escape(title).replace(r"\ ", r"[\s-]*") for title in every)


def _is_unpunctuated(normalized: str) -> bool:
    """Whether a machine wrote the dictation down with (almost) no stops or colons."""
    words = normalized.count(" ")
    return words > 40 and normalized.count(".") + normalized.count(":") < words / 60


def _run_together(normalized: str) -> str:
    return normalized.replace(" ", "").replace("-", "")


def _title_key(title: str) -> str:
    return " ".join(title.lower().replace("-", " ").split())


def _may_be_heading(text: str, start: int, end: int) -> bool:
    if _begins_line(text, start):
        return True
    before = text[max(0, start - 2) : start]
    if end - start < 4 and not text[start:end].isupper():
        return False
    glued = text[start - 1].isalnum()
    return text[start].isupper() and (
        glued
        or bool(_TITLE_MAY_FOLLOW.search(text[:start][-12:]))
        or text[start:end].isupper()
        or before.endswith("  ")
    )


def _joined(sections: list[Section]) -> list[Section]:
    """Drop empty stretches and an unlabelled stretch's claim to a section of its own."""
    return [s for s in sections if s.end > s.start] or sections[:1]


def _quoted_lines(
    text: str, sections: list[Section], record: SectionRecord | None
) -> list[Section]:
    """Lines that begin with ">" quote somebody else's text: cut them out as such."""
    quoted = list(_QUOTED_LINES.finditer(text)) if record and ">" in text else []
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
