"""The plain English of a report, the same on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notecheck.models import (
    NOT_MET,
    BoneFact,
    ClaimPlace,
    DebridementFact,
    Evidence,
    Excluded,
    ExclusionReason,
    Facts,
    IndicationFact,
    LevelFact,
    NewLevelFact,
    Operation,
    PolicyNote,
    ReadingRemark,
    ReconstructionFact,
    Report,
    SettingFact,
    SideFact,
)
from notecheck.read.note_found import NO_NOTE

NOT_FOUND = "not documented"

REASONS: dict[ExclusionReason, str] = {
    "negated": "negated: the note states that it is not so",
    "hypothetical": "hypothetical: a possibility or a condition, not asserted",
    "planned": "planned, not documented as done",
    "history": "historical, not part of today's operation",
    "other_limb": "about another limb",
    "other_operation": "about another operation than the one in question",
    "consent": "from the consent and its risks",
    "other_person": "about another person (experiencer)",
    "quoted_report": "quoted from another report",
    "other_meaning": "these words have another meaning here",
    "doubtful": "doubtful: the second reader does not confirm it",
}


@dataclass(frozen=True)
class FactValue:
    """One value of a fact in words, with the words of the note that say it."""

    words: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class FactLine:
    """One fact by name; no values when it was not found."""

    name: str
    values: tuple[FactValue, ...]


def readable(value: str) -> str:
    """A value of the report's vocabulary as words: `mid_shaft` is "mid shaft"."""
    return value.replace("_", " ")


NOT_CONCERNED = "not concerned, no operation of the amputation family"


def score_words(report: Report) -> str:
    if report.decision == "not_concerned":
        return "no score"
    return f"{report.score:.1f} of 100"


def assessed_words(report: Report) -> str:
    """How many requirements could be assessed: "6 of 11 assessed"."""
    open_to_it = [item for item in report.requirements if item.status != "not_applicable"]
    assessed = sum(item.status != "not_assessed" for item in open_to_it)
    return f"{assessed} of {len(open_to_it)} assessed"


def code_words(report: Report) -> str | None:
    """What the note supports instead of the code checked, or None where it supports that one."""
    supported = report.supported_code.value
    if _supported(report):
        return None
    return "no amputation code" if supported == "none" else f"{supported}, not {report.code}"


def operation_words(operation: Operation) -> str:
    """One operation in words: "2021 left division, transfemoral (earlier)"."""
    kind = "other operation" if operation.kind == "other" else operation.kind
    words = [operation.date or "", operation.side or "", kind]
    told = " ".join(filter(None, words))
    if operation.level:
        told += f", {readable(operation.level)}"
    return f"{told} ({operation.status}{f': {operation.code}' if operation.code else ''})"


def supported_code_words(report: Report) -> str:
    """The supported code, with a word where it is no code or another than the one checked."""
    value = report.supported_code.value
    if value == "none":
        return "none (no amputation or stump operation)"
    return value if _supported(report) else f"{value} (not the code checked)"


def _supported(report: Report) -> bool:
    """Whether the supported code satisfies the code checked."""
    if report.code_supported is None:
        return report.supported_code.value == report.code
    return report.code_supported


def unread(report: Report) -> list[ReadingRemark]:
    """The parts that were sent and not read as text."""
    return [told for told in report.reading if told.kind != NO_NOTE]


def not_concerned_words(report: Report) -> str:
    """Why there is nothing to check; where not all was read, that comes first."""
    if unread(report):
        return "not all was read; the rest documents no operation of the amputation family"
    return NOT_CONCERNED


def decision_reasons(report: Report) -> list[str]:
    """What stands between the report and a pass, the gravest first; one line for a pass."""
    if report.decision == "not_concerned":
        return [not_concerned_words(report)]
    reasons = []
    other = code_words(report)
    if other:
        reasons.append(f"the note supports {other}")
    for status in NOT_MET:
        ids = [item.id for item in report.requirements if item.status == status]
        if ids:
            reasons.append(f"{status}: {', '.join(ids)}")
    for severity in ("error", "warning"):
        found = [item.id for item in report.findings if item.severity == severity]
        if found:
            reasons.append(f"{severity} on the claim: {', '.join(dict.fromkeys(found))}")
    return reasons or ["every requirement that could be assessed is met"]


def exclusion_words(excluded: Excluded) -> str:
    """What was seen and why it does not count."""
    seen = f"{readable(excluded.fact)}, {readable(excluded.value)}"
    return f"{seen}: {REASONS[excluded.reason]}"


def place_words(place: ClaimPlace) -> str:
    """What the claim says, and where: "claim C1, line 2: code 27596-LT"."""
    claim = f"claim {place.claim_id}" if place.claim_id else "claim"
    line = f", line {place.line}" if place.line is not None else ""
    return f"{claim}{line}: {readable(place.field)} {place.value}"


def policy_words(note: PolicyNote) -> str:
    """The payer, the day and the row of a policy note."""
    day = note.date.isoformat() if note.date else "date of service not documented"
    row = f"row {note.row}" if note.row else "no row"
    return f"{readable(note.payer)}, {day}: {readable(note.rule)} ({row})"


def policy_source(note: PolicyNote) -> str | None:
    """Where the row comes from, or None where no row holds."""
    if note.source is None:
        return None
    day = f", verified {note.verified_on.isoformat()}" if note.verified_on else ""
    return f"Source: {note.source}{day}."


def fact_lines(facts: Facts) -> list[FactLine]:
    """All facts in the report's order, those not found too."""
    return [
        FactLine("prior level", _simple(facts.prior_level)),
        FactLine("new level", _new_level(facts.new_level)),
        FactLine("bone resected", _bone(facts.bone_resected)),
        FactLine("indications", _each(facts.indications)),
        FactLine("reconstruction", _each(facts.reconstruction)),
        FactLine("laterality", _simple(facts.laterality)),
        FactLine("debridement", _debridement(facts.debridement)),
        FactLine("setting", _simple(facts.setting)),
    ]


def _each(
    facts: Sequence[IndicationFact] | Sequence[ReconstructionFact],
) -> tuple[FactValue, ...]:
    return tuple(FactValue(readable(fact.value), fact.evidence) for fact in facts)


def _simple(fact: LevelFact | SideFact | SettingFact | None) -> tuple[FactValue, ...]:
    return (FactValue(readable(fact.value), fact.evidence),) if fact else ()


def _new_level(fact: NewLevelFact | None) -> tuple[FactValue, ...]:
    if fact is None:
        return ()
    words = [readable(fact.value)] if fact.value else []
    if fact.segment:
        words.append(readable(fact.segment))
    if fact.measurement_cm is not None:
        words.append(f"{fact.measurement_cm:g} cm")
    return (FactValue(", ".join(words), fact.evidence),)


def _bone(fact: BoneFact | None) -> tuple[FactValue, ...]:
    return (FactValue("yes" if fact.value else "no", fact.evidence),) if fact else ()


def _debridement(fact: DebridementFact) -> tuple[FactValue, ...]:
    if not fact.performed:
        return (FactValue("none documented", fact.evidence),)
    tissues = ", ".join(map(readable, fact.tissues)) or "tissue not documented"
    area = "area not documented" if fact.area_cm2 is None else f"{fact.area_cm2:g} cm2"
    apart = (
        "separate site or medical necessity"
        if fact.separate
        else "no separate site or medical necessity documented"
    )
    return (FactValue(f"{tissues}; {area}; {apart}", fact.evidence),)


def in_time(operations: Iterable[Operation]) -> list[Operation]:
    """What was before today first, by its date where one is told; then today, then what follows."""
    order = ("earlier", "today", "planned", "considered", "later")
    return sorted(operations, key=lambda o: (order.index(o.status), o.date or ""))
