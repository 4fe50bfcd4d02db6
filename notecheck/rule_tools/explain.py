"""A page for one rule: what it reads, why, where that comes from, its cases and weak points."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.errors import RulesError
from notecheck.report.columns import wrap
from notecheck.rules.case_lists import held_list
from notecheck.rules.model import ContextRecord, FrameCase, FrameRecord, TermRecord
from notecheck.rules.phrase import lists_in
from notecheck.rules.read import Placed, RuleFolder

_INDENT = "   "
_NONE_TOLD = "none given"
_FRAME_KEYS = (
    ("phrases", "the words"),
    ("told_by", "a word of"),
    ("act", "one of the verbs of"),
    ("part", "said of (as subject or object)"),
    ("where", "beside it, one of"),
    ("also", "in the same clause, a word of"),
    ("then", "a few words after the verb, one of"),
    ("being", "in a state of"),
    ("within", "in the same sentence, a word of"),
    ("beside", "in this or a neighbouring sentence, a word of"),
    ("only", "and nothing but words of"),
    ("not_part", "never said of"),
    ("unless", "never with a word in its clause of"),
    ("nowhere", "never with a word in its sentence of"),
    ("not_where", "never beside"),
    ("not_near", "never a few words from"),
    ("said_of", "said of"),
    ("not_said_of", "never said of"),
    ("not_before", "never right before a word of"),
    ("only_before", "right before one of, or at the end of a sentence"),
    ("not_after", "never right after a word of"),
    ("not_between", "never with a word in a gap of"),
    ("not_shared", "never with a detail that belongs to a phrase of"),
    ("until", "no further than a word of"),
)


def explain_text(rules: RuleFolder, rule_id: str, *, width: int = 80) -> str:
    """The page for a rule, frame, context rule or word list.

    Raises RulesError for an unknown id.
    """
    for kind in (rules.frames, rules.contexts, rules.words):
        placed = kind.get(rule_id)
        if placed is not None:
            return "\n".join(_page(rules, placed, width)) + "\n"
    raise RulesError("there is no rule and no word list with this id", where=rule_id)


def _page(
    rules: RuleFolder,
    placed: Placed[FrameRecord] | Placed[ContextRecord] | Placed[TermRecord],
    width: int,
) -> Iterator[str]:
    record = placed.record
    yield record.id
    yield "=" * len(record.id)
    yield f"in {placed.place}"
    yield ""
    if isinstance(record, FrameRecord):
        yield from _frame(record, width)
    elif isinstance(record, TermRecord):
        yield from _term(rules, record, width)
    else:
        yield from _context(record, width)


def _frame(record: FrameRecord, width: int) -> Iterator[str]:
    where = "in one sentence" if record.phrases else "in one clause"
    yield f"A frame. It reads {record.fact} = {' or '.join(record.values)} {where} from"
    for key, words in _FRAME_KEYS:
        names = getattr(record, key)
        if names:
            yield from wrap(f"{words}: {', '.join(names)}", width, first=_INDENT, rest=_INDENT * 2)
    if record.verbless:
        yield f"{_INDENT}in a clause without a verb"
    if record.denied:
        yield f"{_INDENT}and the clause must deny it"
    if record.until_later:
        yield f"{_INDENT}and a later day told after it does not put it off"
    yield from _sections(record, width)
    yield from _sources(record.source, record.weak, width)
    yield "Cases"
    for case in record.cases:
        yield from _case(case, width)


def _case(case: FrameCase, width: int) -> Iterator[str]:
    but = f" (but {', '.join(sorted(case.but))})" if case.but else ""
    yield from wrap(f"{case.gives}: {case.text}{but}", width, first=_INDENT, rest=_INDENT * 2)


def _term(rules: RuleFolder, record: TermRecord, width: int) -> Iterator[str]:
    yield f"A word list ({record.kind}): {record.says}"
    yield from wrap("; ".join(record.words), width, first=_INDENT, rest=_INDENT)
    used = [
        frame_id
        for frame_id, frame in rules.frames.items()
        if any(record.id in names for names in _named(frame.record))
    ]
    yield ""
    yield from wrap(
        f"Frames that name it: {', '.join(used) or 'none'}", width, first="", rest=_INDENT
    )
    cases = (case for frame in rules.frames.values() for case in frame.record.cases)
    tried = [case for case in cases if (held := held_list(case.text)) and held.name == record.id]
    yield "Cases that try each of its words" if tried else "No case tries its words"
    for case in tried:
        yield from _case(case, width)


def _named(record: FrameRecord) -> Iterator[list[str]]:
    for key, _ in _FRAME_KEYS:
        yield [name.rpartition(" ")[2] for name in getattr(record, key)]
    yield [name for phrase in record.phrases for name in lists_in(phrase)]


def _context(record: ContextRecord, width: int) -> Iterator[str]:
    reach = f"up to {record.max_scope} words" if record.max_scope else "to the end of its reach"
    yield f"A context rule: its words take what stands {record.direction.lower()} of them, {reach},"
    yield f"as {record.reason} (within the {record.within})."
    spared = record.not_facts | {f"what tells `{told}`" for told in record.not_tells}
    for label, facts in (("Only for", record.facts), ("Not for", spared)):
        if facts:
            yield from wrap(f"{label}: {', '.join(sorted(facts))}", width, first="", rest=_INDENT)
    yield from wrap("; ".join(record.literals), width, first=_INDENT, rest=_INDENT)
    yield "Cases"
    for told, texts in ((record.reason, record.examples), ("not", record.non_examples)):
        for text in texts:
            yield from wrap(f"{told}: {text}", width, first=_INDENT, rest=_INDENT * 2)


def _sections(record: FrameRecord, width: int) -> Iterator[str]:
    for label, names in (("Only in", record.sections), ("Not in", record.not_sections)):
        if names:
            sections = ", ".join(sorted(names))
            yield from wrap(f"{label} the sections: {sections}", width, first="", rest=_INDENT)


def _sources(source: str | None, weak: str | None, width: int) -> Iterator[str]:
    for label, told in (("Source", source), ("Known weak points", weak)):
        yield from wrap(f"{label}: {told or _NONE_TOLD}", width, first="", rest=_INDENT)
