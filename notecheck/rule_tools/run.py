"""What the commands `notecheck rules ...` do; each returns its exit status.

All of them follow the site's setting, see `notecheck.rules.site`. Raises RulesError for rules that
cannot be read and InputError for input that cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from notecheck.errors import InputError, RulesError
from notecheck.evaluate.gold import read_gold
from notecheck.pipeline.analyse import pipeline
from notecheck.read.encounters import read_path
from notecheck.reader.choice import chosen_model
from notecheck.rule_tools.coverage import coverage, coverage_text
from notecheck.rule_tools.disagree import disagreements, disagreements_text
from notecheck.rule_tools.examples import example_failures
from notecheck.rule_tools.explain import explain_text
from notecheck.rule_tools.tried import share_tried
from notecheck.rule_tools.why import why_text
from notecheck.rules.files import patterns_root
from notecheck.rules.lint import lint
from notecheck.rules.load import read_rules
from notecheck.rules.read import RuleFolder
from notecheck.rules.site import site_root
from notecheck.terminal.exit_status import NOT_PASSED, PASSED
from notecheck.terminal.messages import counting, say
from notecheck.terminal.writing import write

_Read = TypeVar("_Read", covariant=True)


def lint_rules() -> int:
    """Print what is wrong with the rule files, one finding a line."""
    findings = lint(patterns_root(), site_root())
    write("".join(f"{finding}\n" for finding in findings))
    folder = _rules()
    tried = "" if findings else f", {share_tried(folder):.0%} of their words tried by a case"
    say(f"{len(folder.frames)} frames, {len(folder.words)} word lists{tried}")
    return _told(len(findings), "finding")


def test_rules(ids: Sequence[str]) -> int:
    """Print the examples that fail, of the rules with these ids or of all."""
    ready = pipeline()  # first, because it refuses broken rules
    failed = 0
    for failure in example_failures(ready, _rules(), ids):
        failed += 1
        write(f"{failure}\n")
    return _told(failed, "failing example")


def cover_rules(gold: Sequence[str]) -> int:
    """Print what the labelled encounters of these files say of the rules."""
    ready = pipeline()
    found = coverage(ready, _counted(read_gold, gold))
    write(coverage_text(found, _rules()))
    return PASSED


def explain_mentions(note: str, fact: str | None) -> int:
    """Print which rule made each mention of the encounters of `note`, and what excludes it."""
    ready = pipeline()
    _require_fact(fact)
    for result in read_path(note):
        if isinstance(result.outcome, InputError):
            raise result.outcome.at(result.where)
        write(why_text(ready, result.outcome, fact))
    return PASSED


def list_disagreements(notes: Sequence[str], most: int) -> int:
    """Print the sentences of the encounters of `notes` on which rules and reader differ most.

    Raises InputError where the second reader is switched off.
    """
    model = chosen_model()
    if model is None:
        raise InputError("the second reader is switched off: unset NOTECHECK_READER")
    found = disagreements(pipeline(), model, _counted(read_path, notes), most)
    write(disagreements_text(found))
    return PASSED


def explain_rule(rule_id: str) -> int:
    """Print the page of one rule, frame or word list."""
    write(explain_text(_rules(), rule_id))
    return PASSED


def _rules() -> RuleFolder:
    return read_rules(patterns_root(), site_root()).folder


def _told(count: int, what: str) -> int:
    say(f"{count or 'no'} {what}{'' if count == 1 else 's'}")
    return NOT_PASSED if count else PASSED


class _Result(Protocol[_Read]):
    """What a reader of files gives: one thing read, or why there is none, and where."""

    @property
    def where(self) -> str: ...

    @property
    def outcome(self) -> _Read | InputError: ...


def _counted(
    read: Callable[[str], Iterable[_Result[_Read]]], paths: Sequence[str]
) -> Iterator[_Read]:
    """What `read` finds in the files, counted on the terminal. Raises the first InputError."""
    with counting(several=True) as counter:
        for path in paths:
            for result in read(path):
                if isinstance(result.outcome, InputError):
                    raise result.outcome.at(result.where)
                yield result.outcome
                counter.count()


def _require_fact(fact: str | None) -> None:
    rules = _rules()
    facts = sorted({placed.record.fact for placed in rules.frames.values()})
    if fact is not None and fact not in facts:
        raise RulesError(f"no rule finds this fact: name one of {', '.join(facts)}", where=fact)
