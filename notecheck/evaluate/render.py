"""An evaluation for a person at a terminal, in at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from notecheck.evaluate.bootstrap import CONFIDENCE, RESAMPLES, Interval
from notecheck.evaluate.compare import Change, Comparison
from notecheck.evaluate.elements import ELEMENTS, Value
from notecheck.evaluate.errors import EncounterError, ErrorKind, Passage
from notecheck.evaluate.evaluation import Evaluation
from notecheck.evaluate.figures import REQUIREMENTS, Path
from notecheck.report.columns import wrap
from notecheck.report.safe import one_line
from notecheck.report.wording import readable

_WIDTH = 80
_NAME = 24
_RATES = ("precision", "recall", "f1", "accuracy")
_COLUMN = 12
_INDENT = "   "
_NONE = ["   none"]


def render_evaluation(
    evaluation: Evaluation, *, with_errors: bool, comparison: Comparison | None
) -> str:
    """The figures, then errors and comparison where asked for; no line end at the end."""
    page = _Page(evaluation)
    lines = [*page.overall(), *page.elements(), *page.requirements()]
    if with_errors:
        lines += _errors(evaluation.errors)
    if comparison:
        lines += _comparison(comparison)
    return "\n".join(lines)


class _Page:
    def __init__(self, evaluation: Evaluation) -> None:
        self._rates = evaluation.rates
        self._intervals = evaluation.intervals
        self._tallies = evaluation.tallies
        self._confusions = evaluation.confusions

    def overall(self) -> list[str]:
        tallies = self._tallies
        encounters, absent = tallies["encounters",], tallies["absent",]
        items, invalid = tallies["evidence", "items"], tallies["evidence", "invalid"]
        false_met, not_met = tallies["false_met", "count"], tallies["false_met", "of"]
        bare = tallies["evidence", "facts_without_evidence"]
        valued = tallies["evidence", "facts_with_value"]
        right, labelled = tallies["labelled_evidence", "right"], tallies["labelled_evidence", "of"]
        told = f"{encounters} encounters, {encounters - absent} checked"
        return [
            told,
            "=" * len(told),
            *wrap(
                f"Below or beside each figure stands its {CONFIDENCE:.0%} confidence interval, "
                f"from {RESAMPLES} bootstrap resamples of the encounters.",
                _WIDTH,
            ),
            "",
            self._line("decision accuracy", ("decision_accuracy",), ""),
            self._line("status accuracy", ("status_accuracy",), ""),
            self._line("false met", ("false_met", "rate"), f"{false_met} of {not_met} not met"),
            self._line(
                "evidence validity", ("evidence_validity",), f"{items - invalid} of {items} items"
            ),
            f"{'without evidence':<{_NAME}}{bare} of {valued} facts with a value",
            *(
                [
                    self._line(
                        "evidence as labelled",
                        ("labelled_evidence", "rate"),
                        f"{right} of {labelled} labelled values",
                    )
                ]
                if labelled
                else []
            ),
        ]

    def elements(self) -> list[str]:
        titles = "".join(f"{name:>{_COLUMN}}" for name in _RATES)
        lines = _heading(f"{'Facts':<{_NAME}}{titles}{'n':>8}")
        for name in ELEMENTS:
            lines += self._found_and_lost(name.replace("_", " "), ("elements", name), _RATES)
        return [*lines, *self._found_and_lost("all", ("micro",), _RATES[:3])]

    def requirements(self) -> list[str]:
        lines = _heading(f"{'Requirements':<{_NAME}}accuracy             wanted->got")
        for name in REQUIREMENTS:
            confused = ", ".join(
                f"{words} {number}" for words, number in self._confusions[name].most_common()
            )
            first = self._line(name, ("requirements", name, "accuracy"), "")
            first = f"{first:<45}"
            lines += wrap(readable(confused), _WIDTH, first=first, rest=" " * len(first))
        return lines

    def _line(self, name: str, path: Path, more: str) -> str:
        interval = _interval(self._intervals[path])
        return f"{name:<{_NAME}}{self._rates[path]:.3f}   {interval}  {more}".rstrip()

    def _found_and_lost(self, name: str, path: Path, rates: Sequence[str]) -> list[str]:
        paths = [(*path, rate) for rate in rates]
        figures = "".join(f"{self._rates[at]:>{_COLUMN}.3f}" for at in paths)
        between = "".join(f"{_interval(self._intervals[at]):>{_COLUMN}}" for at in paths)
        support = self._tallies[(*path, "support")]
        return [
            f"{name:<{_NAME}}{figures:<{_COLUMN * len(_RATES)}}{support:>8}",
            f"{'':<{_NAME}}{between}",
        ]


def _errors(errors: Sequence[EncounterError]) -> list[str]:
    lines = _heading(f"Errors: {len(errors)}")
    for encounter_id, found in groupby(errors, key=attrgetter("encounter_id")):
        lines += _block(encounter_id)
        for error in found:
            lines += _error(error)
    return lines if errors else [*lines, *_NONE]


def _error(error: EncounterError) -> list[str]:
    said = _label(error.kind, error.name)
    if error.kind == "evidence":
        said += " is not the words of its document there"
    elif error.kind != "report":
        said += f": want {_words(error.want)}, got {_words(error.got)}"
    lines = _block(said, first=" - ", rest=_INDENT)
    for passage in error.passages:
        lines += _passage(passage)
    for value in error.unmentioned:
        lines += _block(f"{readable(value)}: no mention found", first="     ", rest="     ")
    return lines


def _passage(passage: Passage) -> list[str]:
    role = f"not counted, {readable(passage.reason)}" if passage.reason else passage.role
    value = f"{readable(passage.value)} " if passage.value else ""
    words = passage.evidence
    shown = f"{_after_first_blank(passage.before)}[{words.text}]{_before_last_blank(passage.after)}"
    said = f'{value}{role} {words.doc_id}: "{one_line(shown)}"'
    return _block(said, first="     ", rest="       ")


def _after_first_blank(text: str) -> str:
    """`text` without the word that was cut at its start."""
    return text.partition(" ")[2]


def _before_last_blank(text: str) -> str:
    return text.rpartition(" ")[0]


def _comparison(comparison: Comparison) -> list[str]:
    lines = []
    for title, changes in (("Better", comparison.better), ("Worse", comparison.worse)):
        lines += [*_heading(f"{title}: {len(changes)}"), *_changes(changes)]
    for words, encounter_ids in (
        ("Not compared, because the gold of a label changed", comparison.relabelled),
        ("Only in the earlier evaluation", comparison.only_earlier),
        ("Only in this evaluation", comparison.only_now),
    ):
        if encounter_ids:
            lines += ["", *_block(f"{words}: {', '.join(encounter_ids)}", rest=_INDENT)]
    return lines


def _changes(changes: Iterable[Change]) -> list[str]:
    lines = []
    for encounter_id, found in groupby(changes, key=attrgetter("encounter_id")):
        lines += _block(encounter_id)
        for change in found:
            lines += _block(
                f"{_label(change.kind, change.name)}: want {_words(change.want)}, "
                f"was {_words(change.before)}, now {_words(change.now)}",
                first=" - ",
                rest=_INDENT,
            )
    return lines or _NONE


def _heading(words: str) -> list[str]:
    return ["", words, "-" * len(words)]


def _block(text: str, *, first: str = "", rest: str = "") -> list[str]:
    return wrap(one_line(text), _WIDTH, first=first, rest=rest)


def _label(kind: ErrorKind, name: str) -> str:
    """A requirement stands in brackets: some facts have the same name."""
    if kind == "requirement":
        return f"[{name}]"
    return f"evidence {name}" if kind == "evidence" else readable(name)


def _words(value: Value) -> str:
    if isinstance(value, frozenset):
        return ", ".join(map(readable, sorted(value))) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None else readable(value)


def _interval(interval: Interval) -> str:
    return f"{interval.low:.3f}-{interval.high:.3f}"
