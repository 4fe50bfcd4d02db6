"""A report for a coder with sixty notes a day: the verdict, what is open, what would close it."""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.confidence.doubt import UNSURE, doubtful
from notecheck.models import NOT_MET, Encounter, Evidence, Operation, ReadingRemark, Report
from notecheck.report.columns import columns, shorten_middle, wrap
from notecheck.report.marks import (
    BOLD,
    VERDICT_COLOURS,
    Mark,
    painted,
    severity_mark,
    status_mark,
    warning_mark,
)
from notecheck.report.places import Places
from notecheck.report.safe import one_line
from notecheck.report.wording import (
    assessed_words,
    code_words,
    fact_lines,
    not_concerned_words,
    operation_words,
    score_words,
    unread,
)

MOST_LINES = 15
OF_MANY = 8  # lines of one report among many: a hundred take nine hundred with their gaps
_LEAST_WIDTH = 40
_INDENT = "   "
_TIMELINE_LINES = 2
_CODE = Mark("!! CODE", VERDICT_COLOURS["stop"])
_NOT_READ = warning_mark("NOT READ")
_BEFORE_BILLING = warning_mark("BEFORE BILLING")
_UNSURE = warning_mark("UNSURE")
_DOCUMENTED = Mark("Documented:", BOLD)
_TIMELINE = Mark("Timeline:", BOLD)
_FILES = Mark("Read from:", BOLD)


def render_brief(
    encounter: Encounter,
    report: Report,
    *,
    width: int = 80,
    colour: bool = False,
    source: str | None = None,
    most: int = MOST_LINES,
) -> str:
    """`report` in at most `most` lines of `width` columns: verdict, what is open, timeline.

    Each open requirement and each finding is named; where they are many, their words and messages
    are left out and what is documented too. `source` is the file that is itself the note's text;
    evidence is then named as `source:line:column`, which terminals and editors open. Nothing of
    the note can add a control character. The text has no line end at its end. Raises ValueError
    when `report` is of another encounter.
    """
    return "\n".join(
        _Brief(encounter, max(width, _LEAST_WIDTH), colour, source).lines(report, most)
    )


class _Brief:
    def __init__(self, encounter: Encounter, width: int, colour: bool, source: str | None) -> None:
        self._places = Places(encounter)
        self._width = width
        self._colour = colour
        self._source = source

    def lines(self, report: Report, most: int) -> list[str]:
        head = self._head(report)
        if report.decision == "not_concerned":
            return [*head, *self._not_read(unread(report), 2)][:most]
        files = (
            self._item(_FILES, ", ".join(map(one_line, report.files)), 2) if report.files else []
        )
        timeline = [*self._timeline(report.operations), *self._also(report), *files]
        bodies = [self._open(report, *so) for so in ((2, True), (2, False), (1, False))]
        bodies.append(self._named(report))
        tails: tuple[list[str], ...] = ([*self._documented(report), *timeline], timeline, [])
        for body in bodies:
            for tail in tails:
                if len(head) + len(body) + len(tail) <= most:
                    return [*head, *body, *tail]
        lines = [*head, *bodies[-1]]
        return [*lines[: most - 1], self._cut(f"{_INDENT}... and more: see it with -v")]

    def _named(self, report: Report) -> list[str]:
        """All that is open by its name alone, what is alike together."""
        groups: dict[Mark, list[str]] = {}
        for status in NOT_MET:
            for item in report.requirements:
                if item.status == status:
                    groups.setdefault(status_mark(status), []).append(item.id)
        for finding in report.findings:
            groups.setdefault(severity_mark(finding.severity), []).append(finding.id)
        for remark in report.reading:
            groups.setdefault(_NOT_READ, []).append(remark.part)
        lines = [
            line
            for mark, names in groups.items()
            for line in self._item(mark, one_line(", ".join(names)), MOST_LINES)
        ]
        return [*lines, *self._before_billing(report), *self._unsure(report)]

    def _not_read(self, remarks: Iterable[ReadingRemark], most: int) -> list[str]:
        told = (f"{one_line(r.part)} ({r.kind}): {one_line(r.why)}" for r in remarks)
        return [line for words in told for line in self._item(_NOT_READ, words, most)]

    def _before_billing(self, report: Report) -> list[str]:
        """What cannot be assessed yet, and the documents have something to say about."""
        return [
            line
            for item in report.requirements
            if item.status == "not_assessed" and item.evidence
            for line in self._item(_BEFORE_BILLING, one_line(item.message), 2)
        ]

    def _unsure(self, report: Report) -> list[str]:
        """The requirements whose status is doubtful, met ones too; nothing where none is."""
        names = [item.id for item in report.requirements if item.id in doubtful(report)]
        words = f"{one_line(', '.join(names))}: {UNSURE.partition(': ')[2]}"
        return self._item(_UNSURE, words, 2) if names else []

    def _head(self, report: Report) -> list[str]:
        word = report.release.verdict.upper()
        name = shorten_middle(one_line(report.encounter_id), self._width // 3)
        told = f"{word}  {name}: "
        if report.decision == "not_concerned":
            told += not_concerned_words(report)
        else:
            told += f"{report.code}, score {score_words(report)}, {assessed_words(report)}"
        lines = wrap(told, self._width, rest=_INDENT)
        lines[0] = self._painted(lines[0], word, VERDICT_COLOURS[report.release.verdict])
        other = code_words(report)
        if other and report.decision != "not_concerned":
            lines += self._item(_CODE, f"the note supports {other}", 2)
            lines += self._quote(report.supported_code.evidence)
        return lines

    def _open(self, report: Report, message_lines: int, quotes: bool) -> list[str]:
        lines: list[str] = []
        items = [item for item in report.requirements if item.status in NOT_MET]
        for item in sorted(items, key=lambda item: NOT_MET.index(item.status)):
            words = f"{one_line(item.id)}: {one_line(item.message)}"
            lines += self._item(status_mark(item.status), words, message_lines)
            lines += self._quote(item.evidence) if quotes else []
        for finding in report.findings:
            words = f"{one_line(finding.id)}: {one_line(finding.message)}"
            if message_lines > 1:
                words += f" Resolution: {one_line(finding.resolution)}"
            most = 3 if quotes else message_lines
            lines += self._item(severity_mark(finding.severity), words, most)
        lines += self._not_read(report.reading, message_lines)
        return [*lines, *self._before_billing(report), *self._unsure(report)]

    def _item(self, mark: Mark, words: str, most: int) -> list[str]:
        lines = wrap(words, self._width, first=f"{mark.words} ", rest=_INDENT)
        if len(lines) > most:  # what is left out is told by its dots; -v has all
            lines = [
                *lines[: most - 1],
                self._cut(" ".join([lines[most - 1], *map(str.strip, lines[most:])])),
            ]
        return [self._painted(lines[0], *mark), *lines[1:]]

    def _quote(self, evidence: Iterable[Evidence]) -> list[str]:
        """The first words of the evidence and their place, on one line."""
        for item in evidence:
            place = f"{_INDENT}{self._place_name(item)}  "
            room = self._width - columns(place) - 2
            if room < 3 or not item.text:
                return [place.rstrip()]  # a long path, whole, or words that were left out
            return [f'{place}"{shorten_middle(one_line(item.text), room)}"']
        return []

    def _documented(self, report: Report) -> list[str]:
        """What the documents say of the operation, on one line or two."""
        told = "; ".join(
            f"{fact.name} {', '.join(value.words for value in fact.values)}"
            for fact in fact_lines(report.facts)
            if any(value.evidence for value in fact.values)
        )
        return self._item(_DOCUMENTED, told, 2) if told else []

    def _timeline(self, operations: Iterable[Operation]) -> list[str]:
        """What was done to each limb, in the report's order, on one line or two.

        What does not fit is left out from the oldest on: today's operation always stands.
        """
        shown = list(operations)
        told = "; ".join(map(operation_words, shown))
        while len(self._wrapped_timeline(told)) > _TIMELINE_LINES and len(shown) > 1:
            shown.remove(next((one for one in shown if one.status != "today"), shown[0]))
            told = "...; " + "; ".join(map(operation_words, shown))
        return self._item(_TIMELINE, one_line(told), _TIMELINE_LINES) if told else []

    def _wrapped_timeline(self, told: str) -> list[str]:
        return wrap(one_line(told), self._width, first=f"{_TIMELINE.words} ", rest=_INDENT)

    def _also(self, report: Report) -> list[str]:
        if not report.also:
            return []
        told = ", ".join(f"{other.code} {other.decision}" for other in report.also)
        return wrap(told, self._width, first="Also billed: ", rest=_INDENT)[:2]

    def _place_name(self, evidence: Evidence) -> str:
        place = self._places.of(evidence)
        name = one_line(self._source or place.doc_id)
        if self._source is None:  # a path is kept whole, else nothing could open it
            name = shorten_middle(name, self._width // 5)
        page = "" if place.page is None else f" p{place.page}"
        sentence = "" if place.sentence is None else f" (sentence {place.sentence})"
        return f"{name}:{place.first_line}:{place.column}{page}{sentence}"

    def _cut(self, line: str) -> str:
        return _shorten_end(line, self._width)

    def _painted(self, line: str, words: str, style: str) -> str:
        return painted(line, words, style, colour=self._colour)


def _shorten_end(text: str, limit: int) -> str:
    """`text` in at most `limit` columns, with "..." for an end that is left out."""
    if columns(text) <= limit:
        return text
    kept = text
    while columns(kept) > limit - 3:
        kept = kept[:-1]
    return kept.rstrip() + "..."
