"""Modifiers that the documents have to bear out, and those that they speak against."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from notecheck.claims.data import Unsupported
from notecheck.claims.data import lines as line_data
from notecheck.claims.view import ClaimView, Raised
from notecheck.facts.case import Words
from notecheck.policy.book import policy_book


def borne_out(view: ClaimView) -> Iterator[Raised]:
    """On lines that bill an amputation: which modifiers, and by which facts, is data."""
    if not view.case.documented.has_chart:
        return
    for line in view.amputations:
        foreign = _of_other_form(view)
        for rule in line_data().bears_out:
            carried = (line.modifiers & rule.modifiers) - foreign
            if carried and not _told(view, rule):
                values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
                yield Raised(rule.finding, (line.place,), values=values)
        if len(line.modifiers & view.rules.global_modifiers) > 1:
            continue  # they exclude each other: that is a finding of its own
        for against in line_data().speaks_against:
            carried = line.modifiers & against.modifiers
            # How a return came about is often told in the sentence that dates the first operation.
            words = (
                _speaking(view, against.fact, against.values, against.history) if carried else ()
            )
            unless = _speaking(view, against.fact, against.unless, True) if words else ()
            if words and not unless:
                values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
                yield Raised(against.finding, (line.place,), words, values)
        for asked in line_data().asked_for:
            words = () if line.modifiers & asked.modifiers else view.told(asked.fact, *asked.values)
            if words:
                yield Raised(asked.finding, (line.place,), words, {"code": line.code})


def assistants(view: ClaimView) -> Iterator[Raised]:
    """A practitioner's help billed as a surgeon's, or a surgeon's as a practitioner's."""
    rules, report = line_data().assistants, view.case.report
    others = tuple(e for element in rules.others for e in report.words(element))
    surgeons = tuple(e for element in rules.surgeons for e in report.words(element))
    for line in view.amputations:
        values = {"code": line.code, "modifiers": ", ".join(sorted(line.modifiers & rules.all))}
        if rules.of_others & line.modifiers:
            if surgeons and not others:
                yield Raised(rules.a_surgeon, (line.place,), surgeons, values)
        elif rules.of_surgeons & line.modifiers and others and not surgeons:
            keeps = policy_book().payer(view.claim.payer) in rules.payers
            finding = rules.not_a_surgeon if keeps else rules.elsewhere
            yield Raised(finding, (line.place,), others, values)


def cosurgeons(view: ClaimView) -> Iterator[Raised]:
    """Two surgeons of one operation that a single operative note tells."""
    operated = view.case.operation_date
    notes = [p for p in view.case.papers if p.type == "operative_note" and not p.is_addendum]
    told = [note for note in notes if operated in (note.date, None)]
    for line in view.amputations:
        carried = line.modifiers & line_data().team.each_notes
        if carried and len(told) == 1 and told[0].cosurgeon:
            values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
            yield Raised("cosurgeon-note-not-seen", (line.place,), told[0].cosurgeon, values)


def _of_other_form(view: ClaimView) -> frozenset[str]:
    """Modifiers that this form of claim does not bear: a finding of their own."""
    rules = (r for r in line_data().of_form if view.claim.form not in (None, r.form))
    return frozenset(modifier for rule in rules for modifier in rule.modifiers)


def misplaced(view: ClaimView) -> Iterator[Raised]:
    """Modifiers of the other form of claim, and shares of the care that cancel each other."""
    form = view.claim.form
    for line in view.amputations:
        for rule in line_data().of_form:
            carried = line.modifiers & rule.modifiers
            if form is not None and form != rule.form and carried:
                values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
                yield Raised(rule.finding, (line.place,), values=values)
        shares = line.modifiers & line_data().team.shares
        if len(shares) > 1:
            values = {"code": line.code, "modifiers": " and ".join(sorted(shares))}
            yield Raised("care-shares-together", (line.place,), values=values)


def repeats(view: ClaimView) -> Iterator[Raised]:
    """76 and 77 where no first operation of that day is billed or documented."""
    for line in view.amputations:
        carried = line.modifiers & line_data().team.repeats
        if not carried or line.date is None:
            continue
        billed = [*view.lines, *(other for _, other in view.other_lines())]
        first = [o for o in billed if o != line and o.code == line.code and o.date == line.date]
        told = any(earlier.latest == line.date for earlier in view.case.prior.operations)
        if not first and not told:
            values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
            yield Raised("repeat-without-first", (line.place,), values=values)


def _speaking(view: ClaimView, fact: str, values: Collection[str], history: bool) -> Words:
    return view.told(fact, *values, today=False, history=history) if values else ()


def _told(view: ClaimView, rule: Unsupported) -> bool:
    return any(view.case.report.words(element) for element in rule.elements) or (
        rule.fact is not None
        and bool(view.told(rule.fact, *rule.values, today=not rule.history, history=rule.history))
    )
