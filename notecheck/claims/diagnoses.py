"""The billed diagnoses against the documents: their digits of side, and what they tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from notecheck.claims.code_set import code_set, exists, has_shape, titled_side
from notecheck.claims.diagnosis_data import Diagnosis, DigitSide
from notecheck.claims.diagnosis_data import diagnoses as diagnosis_data
from notecheck.claims.view import ClaimView, LineView, Raised, undotted
from notecheck.facts.case import Words
from notecheck.models import ClaimPlace, Evidence
from notecheck.requirements.claim_line import tidy


@dataclass(frozen=True)
class _Billed:
    line: LineView
    code: str
    told: str
    record: Diagnosis

    @property
    def place(self) -> ClaimPlace:
        return self.line.at("diagnosis", self.told)

    @property
    def values(self) -> dict[str, str]:
        return {"diagnosis": self.told, "name": self.record.name}


def diagnoses(view: ClaimView) -> Iterator[Raised]:
    """What is wrong with the diagnoses of the lines that bill an amputation."""
    # A facility's inpatient bill has no amputation line: its own diagnoses are the stay's, or any
    # line's where the claim has no place for them.
    whole_stay = view.institutional and view.inpatient_bill and not view.amputations
    stay = [view.whole] if view.whole else view.lines
    if whole_stay:
        yield from _present_on_admission(view)
        yield from _principal(view)
    for line in stay if whole_stay else view.amputations:
        billed = [
            _Billed(line, code, told, record)
            for code, told in zip(line.diagnoses, line.told_diagnoses, strict=True)
            if (record := diagnosis_data().of(code))
        ]
        yield from _complete(view, line)
        yield from _exclusions(line)
        for item in billed:
            yield from _digits(view, item, billed)
            yield from _part(view, item)
        yield from _roles(view, line, billed)
        if line.diagnoses or not whole_stay:
            yield from _reasons(view, line, billed)


def _complete(view: ClaimView, line: LineView) -> Iterator[Raised]:
    """Codes that are cut short, run on, or that the code set of the day does not have."""
    day = line.date or view.case.operation_date
    for code, told in zip(line.diagnoses, line.told_diagnoses, strict=True):
        record, known = diagnosis_data().of(code), exists(code, day)
        fault = None
        if not has_shape(code):
            fault = "no code is written so"
        elif record and record.length is not None and len(code) != record.length:
            fault = f"{record.prefix}- ({record.name}) has {record.length} characters"
        elif known is False:
            fault = f"the code set of {code_set().about.release} does not have it"
        elif known is None and record and record.side_at and not _digit(record, code):
            fault = f"the character of its side is none of {record.prefix}- ({record.name})"
        if fault:
            values = {"diagnosis": told, "fault": fault}
            yield Raised("diagnosis-malformed", (line.at("diagnosis", told),), values=values)


def _exclusions(line: LineView) -> Iterator[Raised]:
    """Pairs that an Excludes1 note keeps apart; those of two sides are of two conditions."""
    told = dict(zip(line.diagnoses, line.told_diagnoses, strict=True))
    for rule in diagnosis_data().exclusion:
        first = next((code for code in told if code.startswith(rule.codes)), None)
        second = next((code for code in told if code.startswith(rule.others)), None)
        if first is None or second is None:
            continue
        if {titled_side(first), titled_side(second)} == {"left", "right"}:
            continue
        values = {"diagnosis": told[first], "other": told[second], "under": rule.under}
        places = (line.at("diagnosis", told[first]), line.at("diagnosis", told[second]))
        yield Raised("diagnoses-exclude", places, values=values)


def _present_on_admission(view: ClaimView) -> Iterator[Raised]:
    """Indicators that there are none of, and those lacking on a facility's inpatient bill."""
    data = diagnosis_data()
    billed = [item for item in view.claim.diagnoses if item.kind != "admitting"]
    places = {item: view.field("diagnosis", tidy(item.code)) for item in billed}
    for item in billed:
        if item.poa and tidy(item.poa) not in data.present_on_admission | data.exempt:
            values = {"diagnosis": tidy(item.code), "poa": item.poa}
            yield Raised("poa-unknown", (places[item],), values=values)
    lacking = [i for i in billed if not i.poa and data.needs_indicator(undotted(i.code))]
    # another bill than an inpatient's needs none; where it gives some, those lacking were forgotten
    if lacking and (view.inpatient_bill or any(item.poa for item in billed)):
        # one remark for all: what sent the bill may carry no indicator at all
        values = {"diagnosis": ", ".join(tidy(item.code) for item in lacking)}
        yield Raised("poa-missing", tuple(places[item] for item in lacking), values=values)


def _principal(view: ClaimView) -> Iterator[Raised]:
    """A stay has one principal diagnosis, which is what it was for and no mere status."""
    principal = [item for item in view.claim.diagnoses if item.kind == "principal"]
    places = tuple(view.field("diagnosis", tidy(item.code)) for item in principal)
    if len(principal) > 1:
        yield Raised("principal-told-twice", places, values={"count": str(len(principal))})
        return
    others = len(view.claim.diagnoses) > len(principal)
    for item, place in zip(principal, places, strict=True):
        record = diagnosis_data().of(undotted(item.code))
        if others and record and record.role == "status":
            values = {"diagnosis": tidy(item.code), "name": record.name}
            yield Raised("principal-is-status", (place,), values=values)


def _digit(record: Diagnosis, code: str) -> DigitSide | None:
    """The side that the code tells, by its digit or by its title."""
    if code.startswith(record.without_side or ("-",)):
        return "other"
    if record.side_at is not None:
        return record.sides.get(code[record.side_at - 1 : record.side_at])
    return titled_side(code) if record.side_by_title else None


def _digits(view: ClaimView, item: _Billed, billed: Collection[_Billed]) -> Iterator[Raised]:
    record, fact = item.record, view.case.facts.laterality
    side = _digit(record, item.code)
    words = fact.evidence if fact else ()
    values = {**item.values, "side": fact.value if fact else "no side", "digit_side": side or ""}
    if side == "upper":
        yield Raised("diagnosis-upper-limb", (item.place,), words, values)
    elif side == "unspecified":
        yield Raised("diagnosis-without-side", (item.place,), words, values)
    elif fact and {side, fact.value} == {"left", "right"}:
        beside = _of_other_limb(view, record) and _has_own_reason(view, item, billed)
        if not beside:
            yield Raised("diagnosis-side", (item.place,), words, values)


def _has_own_reason(view: ClaimView, item: _Billed, billed: Collection[_Billed]) -> bool:
    """Whether the line tells why this limb was operated on, beside `item` of the other one.

    A line whose only reasons are the other limb's points to what was done on that one.
    """
    if not item.record.indications:
        return True
    reasons = {fact.value for fact in view.case.facts.indications}
    return any(
        _side(other) in (None, _operated(view)) and other.record.indications & reasons
        for other in billed
    )


def _of_other_limb(view: ClaimView, record: Diagnosis) -> bool:
    """Whether the documents tell the patient's other limb of what the code is for."""
    if record.role == "status":
        told = view.of_other_limb("prior") or view.of_other_limb("prior_unlevelled")
        return bool(told) or _was_lost(view)
    if record.told_as and view.of_other_limb("billing_words", record.told_as):
        return True
    return bool(view.of_other_limb("indication", record.indications))


def _was_lost(view: ClaimView) -> bool:
    """Whether an earlier amputation is told of the limb that was not operated on, or of both."""
    operated = _operated(view)
    return operated is not None and any(
        told.status == "earlier" and told.kind == "division" and told.side not in (operated, None)
        for told in view.case.operations
    )


def _part(view: ClaimView, item: _Billed) -> Iterator[Raised]:
    """A diagnosis of a part of the limb that was lost before this operation."""
    prior = view.case.facts.prior_level
    if prior is None:
        return
    record = item.record
    part: str | None = record.part
    if record.parts:
        part = record.parts.of(item.code) or part
    if _side(item) not in (None, _operated(view)):
        return  # of the other limb, which may well have it
    gone = diagnosis_data().lost_at.get(part or "", frozenset())
    if prior.value in gone:
        yield Raised(
            "diagnosis-part-gone",
            (item.place,),
            prior.evidence,
            {**item.values, "part": part or ""},
        )


def _side(item: _Billed) -> str | None:
    """The side that the code's digit names, or None."""
    side = _digit(item.record, item.code)
    return side if side in ("left", "right") else None


def _operated(view: ClaimView) -> str | None:
    fact = view.case.facts.laterality
    return fact.value if fact and fact.value in ("left", "right") else None


def _is_fresh(item: _Billed) -> bool:
    """A first encounter for an injury: on a stump that is an error of its own."""
    return item.record.role == "injury" and item.code[6:7] == "A"


def _roles(view: ClaimView, line: LineView, billed: list[_Billed]) -> Iterator[Raised]:
    prior = view.case.facts.prior_level
    stump = prior.evidence if prior else ()
    statuses = [item for item in billed if item.record.role == "status"]
    for item in billed:
        if _is_fresh(item) and prior:
            yield Raised("diagnosis-acute-injury", (item.place,), stump, item.values)
        if item.record.role == "excluded" and prior:
            yield Raised("diagnosis-not-of-stump", (item.place,), stump, item.values)
    for item in statuses:
        if _side(item) not in (None, _operated(view)):
            continue  # the other limb's status
        if item.record.level and prior and item.record.level != prior.value:
            values = {**item.values, "level": prior.value.replace("_", " ")}
            yield Raised("diagnosis-status-level", (item.place,), stump, values)
        elif any(other.record.role == "complication" for other in billed):
            yield Raised("diagnosis-status-redundant", (item.place,), stump, item.values)
    known = len(billed) == len(line.diagnoses)
    places = tuple(item.place for item in billed)
    if billed and known and len(statuses) == len(billed):
        yield Raised("diagnosis-status-only", places, stump)
    elif billed and known and all(item.record.role in ("weak", "status") for item in billed):
        yield Raised("diagnosis-weak", places, stump)


def _reasons(view: ClaimView, line: LineView, billed: list[_Billed]) -> Iterator[Raised]:
    """Diagnoses that no document bears out, and reasons that no diagnosis tells."""
    told = {fact.value: fact.evidence for fact in view.case.facts.indications}
    reasons = ", ".join(value.replace("_", " ") for value in told)
    words: tuple[Evidence, ...] = tuple(e for group in told.values() for e in group[:1])
    telling = [item for item in billed if item.record.indications]
    if not line.diagnoses:
        yield Raised("diagnosis-missing", (line.place,), words)
        return
    stump = view.case.facts.prior_level is not None
    staged = _is_staged(view, line)
    for item in telling:
        if not (_is_told(view, item, told, staged=staged) or (stump and _is_fresh(item))):
            if denial := _ruled_out(view, item.record):
                yield Raised("diagnosis-ruled-out", (item.place,), denial, item.values)
                continue
            values = {**item.values, "reasons": reasons or "none"}
            yield Raised("diagnosis-not-documented", (item.place,), words, values)


def _is_told(view: ClaimView, item: _Billed, reasons: Collection[str], *, staged: bool) -> bool:
    """Whether any document tells what the code is for: as the reason, in other words, or of the
    other limb, which a code of no side or of that side may be for; at a further stage (`staged`)
    as that of the first, too."""
    record = item.record
    if not _named(view, record):
        return False
    return (
        bool(record.indications & set(reasons))
        or bool(view.spoken_of("indication", record.indications, history=staged))
        or bool(view.told_anywhere("billing_words", record.told_as))
        or (staged and not set(diagnosis_data().staged.values).isdisjoint(record.told_as))
        or (_side(item) != _operated(view) and _of_other_limb(view, record))
    )


def _ruled_out(view: ClaimView, record: Diagnosis) -> Words:
    """Where the documents deny what the code's title names, of a disease that none tells."""
    limits = diagnosis_data().limits_denial
    if not _named(view, record):
        return view.ruled_out("billing_words", record.named, limits)
    return view.ruled_out("indication", record.denied_as, limits)


def _named(view: ClaimView, record: Diagnosis) -> bool:
    """Whether a document names what the code's title names; true where it names nothing apart."""
    if not record.named or not view.case.documented.has_chart:
        return True
    return bool(
        view.told_anywhere("billing_words", record.named)
        or view.of_other_limb("billing_words", record.named)
    )


def _is_staged(view: ClaimView, line: LineView) -> bool:
    """Whether this is a further stage, for which the reason of the first one still is told."""
    return bool(line.modifiers & diagnosis_data().staged.modifiers) or bool(
        view.told_anywhere(diagnosis_data().staged.fact, diagnosis_data().staged.values)
    )
