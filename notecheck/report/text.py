"""One report for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.confidence.doubt import UNSURE, doubtful
from notecheck.models import Encounter, Evidence, Report
from notecheck.report.columns import columns, shorten_middle, wrap
from notecheck.report.marks import (
    BOLD,
    VERDICT_COLOURS,
    Mark,
    painted,
    severity_mark,
    status_mark,
)
from notecheck.report.places import Places
from notecheck.report.safe import one_line
from notecheck.report.wording import (
    NOT_FOUND,
    FactLine,
    decision_reasons,
    exclusion_words,
    fact_lines,
    in_time,
    operation_words,
    place_words,
    policy_source,
    policy_words,
    readable,
    score_words,
    supported_code_words,
)

_LEAST_WIDTH = 40
_INDENT = "   "
_LABEL = 16  # columns of "Supported code" and of the longest fact name, with a gap
_QUOTES = 3  # quoted in full words; further places are only named
_QUOTE_LINES = 2


def render_text(
    encounter: Encounter, report: Report, *, width: int = 80, colour: bool = False
) -> str:
    """`report` as text, the decision first, then requirements, facts and what did not count.

    No line takes more than `width` columns (at least 40 are used). With `colour` the same
    text carries ANSI colours; nothing of the note can add any other control character. The
    text has no line end at its end. Raises ValueError when `report` is of another encounter.
    """
    return "\n".join(_TextPage(encounter, max(width, _LEAST_WIDTH), colour).lines(report))


class _TextPage:
    def __init__(self, encounter: Encounter, width: int, colour: bool) -> None:
        self._places = Places(encounter)
        self._width = width
        self._colour = colour

    def lines(self, report: Report) -> list[str]:
        return [
            *self._verdict(report),
            *self._heading("Requirements"),
            *self._requirements(report),
            *self._claim(report),
            *self._policy(report),
            *self._suggestions(report),
            *self._heading("Facts"),
            *self._facts(report),
            *self._operations(report),
            *self._heading("Seen and not counted"),
            *self._excluded(report),
            *self._reading(report),
        ]

    def _verdict(self, report: Report) -> list[str]:
        verdict = report.release.verdict.upper()
        told = f"documentation {readable(report.decision)}, score {score_words(report)}"
        headline = wrap(told, self._width, first=f"{verdict}  ", rest=_INDENT)
        reasons = decision_reasons(report)
        return [
            self._painted(headline[0], verdict, VERDICT_COLOURS[report.release.verdict]),
            *headline[1:],
            "=" * columns(headline[0]),
            *self._labelled("Encounter", report.encounter_id),
            *(self._labelled("Read from", ", ".join(report.files)) if report.files else ()),
            *self._labelled("Code checked", report.code),
            *self._labelled("Supported code", supported_code_words(report)),
            *self._quotes(report.supported_code.evidence),
            *self._labelled("Why", reasons[0]),
            *(line for reason in reasons[1:] for line in self._labelled("", reason)),
        ]

    def _requirements(self, report: Report) -> list[str]:
        lines: list[str] = []
        unsure = doubtful(report)
        for item in report.requirements:
            doubt = self._paragraph(UNSURE) if item.id in unsure else []
            lines += [*self._marked(status_mark(item.status), item.id), *doubt]
            lines += [*self._paragraph(item.message), *self._quotes(item.evidence), ""]
        return lines[:-1]

    def _reading(self, report: Report) -> list[str]:
        """What was sent and could not be read; nothing at all where all was."""
        if not report.reading:
            return []
        lines = self._heading("Sent and not read as text")
        for item in report.reading:
            words = f"{one_line(item.part)} ({item.kind}): {item.why}"
            lines += wrap(one_line(words), self._width, first=" - ", rest=_INDENT)
        return lines

    def _claim(self, report: Report) -> list[str]:
        """The findings on the claim; nothing at all where there was no claim."""
        if not report.findings and not report.policy:
            return []
        lines = self._heading("Claim against the documents")
        for item in report.findings:
            lines += self._marked(severity_mark(item.severity), item.id)
            lines += self._paragraph(item.message)
            lines += [line for place in item.claim for line in self._paragraph(place_words(place))]
            lines += [*self._quotes(item.evidence), *self._paragraph(f"Why: {item.why}")]
            lines += [*self._paragraph(f"Resolution: {item.resolution}"), ""]
        return lines[:-1] if report.findings else [*lines, f"{_INDENT}nothing to resolve"]

    def _policy(self, report: Report) -> list[str]:
        if not report.policy:
            return []
        lines = self._heading("Payer's rule of the day")
        for note in report.policy:
            lines += self._labelled(note.topic, policy_words(note))
            lines += self._paragraph(note.message)
            lines += self._paragraph(policy_source(note) or "")
        return lines

    def _suggestions(self, report: Report) -> list[str]:
        if not report.suggestions:
            return []
        lines = self._heading("What an answer would settle")
        for item in report.suggestions:
            lines += wrap(one_line(item.question), self._width, first=" - ", rest=_INDENT)
        return lines

    def _facts(self, report: Report) -> list[str]:
        return [
            line
            for fact in fact_lines(report.facts)
            for line in self._labelled(fact.name, self._fact_words(fact))
        ]

    def _operations(self, report: Report) -> list[str]:
        """The limbs' history, a line each; nothing at all where none is told."""
        if not report.operations:
            return []
        lines = self._heading("Operations")
        for operation in in_time(report.operations):
            where = ", ".join(self._place_names(operation.evidence)[:_QUOTES])
            words = f"{operation_words(operation)} ({where})"
            lines += wrap(one_line(words), self._width, first=" - ", rest=_INDENT)
        return lines

    def _fact_words(self, fact: FactLine) -> str:
        values = []
        for value in fact.values:
            places = self._place_names(value.evidence)
            more = f", +{len(places) - _QUOTES}" if len(places) > _QUOTES else ""
            where = f" ({', '.join(places[:_QUOTES])}{more})" if places else ""
            values.append(value.words + where)
        return ", ".join(values) or NOT_FOUND

    def _excluded(self, report: Report) -> list[str]:
        lines: list[str] = []
        for item in report.excluded:
            lines += wrap(one_line(exclusion_words(item)), self._width, first=" - ", rest=_INDENT)
            lines += self._quotes(item.evidence)
        return lines or [f"{_INDENT}nothing"]

    def _heading(self, words: str) -> list[str]:
        return ["", self._painted(words, words, BOLD), "-" * len(words)]

    def _marked(self, mark: Mark, name: str) -> list[str]:
        lines = wrap(one_line(name), self._width, first=f"{mark.words:<18}", rest=_INDENT)
        return [self._painted(lines[0], *mark), *lines[1:]]

    def _labelled(self, label: str, text: str) -> list[str]:
        return wrap(one_line(text), self._width, first=f"{label:<{_LABEL}}", rest=" " * _LABEL)

    def _paragraph(self, text: str) -> list[str]:
        words = one_line(text)
        return wrap(words, self._width, first=_INDENT, rest=_INDENT) if words else []

    def _quotes(self, evidence: Iterable[Evidence]) -> list[str]:
        said = {(self._place_name(item), one_line(item.text)): item for item in evidence}
        items = list(said.values())  # the same words on the same line are told once
        lines = [line for item in items[:_QUOTES] for line in self._quote(item)]
        if len(items) > _QUOTES:
            lines += self._paragraph("also " + ", ".join(self._place_names(items[_QUOTES:])))
        return lines

    def _quote(self, evidence: Evidence) -> list[str]:
        first = f"{_INDENT}{self._place_name(evidence)}  "
        rest = " " * columns(first)
        words = one_line(evidence.text)
        if not words:  # left out
            return [first.rstrip()]
        limit = _QUOTE_LINES * (self._width - len(rest)) - 2
        while True:
            quoted = f'"{shorten_middle(words, limit)}"'
            lines = wrap(quoted, self._width, first=first, rest=rest)
            if len(lines) <= _QUOTE_LINES:
                return lines
            limit -= 1  # words do not fill their lines, so a little more has to go

    def _place_name(self, evidence: Evidence) -> str:
        """Document and line, the document's name shortened where it is long."""
        place = self._places.of(evidence)
        return f"{shorten_middle(one_line(place.doc_id), self._width // 5)}:{place.position}"

    def _place_names(self, evidence: Iterable[Evidence]) -> list[str]:
        return list(dict.fromkeys(map(self._place_name, evidence)))

    def _painted(self, line: str, words: str, style: str) -> str:
        """`line` with its opening `words` coloured, where colour is wanted."""
        return painted(line, words, style, colour=self._colour)
