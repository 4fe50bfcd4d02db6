"""Lines beside the amputation that have rules of their own: debridement, nerves, wound vacs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import get_args

from notecheck.claims.apart import separate_not_told
from notecheck.claims.data import DebridementLine
from notecheck.claims.data import lines as line_data
from notecheck.claims.view import ClaimView, LineView, Raised
from notecheck.models import DebridementFact, Tissue

_DEPTHS: tuple[Tissue, ...] = get_args(Tissue)  # from the skin down


def debridement_lines(view: ClaimView) -> Iterator[Raised]:
    """Debridement that was not done, not apart, or not so deep or so large as billed."""
    fact = view.case.facts.debridement
    records = line_data().debridement
    primary = {record.code: record for record in records}
    billed = [line for line in view.lines if line.code in view.rules.debridement]
    families = {_family(line.code) for line in billed}
    with_amputation = bool(view.amputations)
    for line in billed:
        values = {"code": line.code}
        if not fact.performed:
            yield Raised("debridement-not-told", (line.place,), values=values)
            continue
        told, side = view.case.debrided_sides, view.side(line)
        if told and side in ("left", "right") and side not in told:
            values |= {"billed_side": side, "told": ", ".join(told)}
            yield Raised("debridement-side", (line.place,), fact.evidence, values)
        elif with_amputation and (not fact.separate or _at_its_own_site(view)):
            yield Raised("debridement-bundled", (line.place,), fact.evidence, values)
        elif with_amputation and not line.modifiers & line_data().separate.modifiers:
            yield Raised("debridement-without-modifier", (line.place,), fact.evidence, values)
        if record := primary.get(line.code):
            yield from _depth(view, line, record)
        else:
            yield from _addon(view, line, billed)
    if len(families) > 1:
        yield Raised("debridement-two-kinds", tuple(line.place for line in billed), fact.evidence)


def _at_its_own_site(view: ClaimView) -> bool:
    """Whether a necessity is all that sets the debridement apart: of the amputation's own wound."""
    words = line_data().debridement_apart
    necessity = view.told(words.fact, words.necessity)
    return bool(necessity) and not view.told(words.fact, words.site)


def _debrided(view: ClaimView, line: LineView) -> DebridementFact:
    """What the line bills: of another site by its modifier, what is told of that site."""
    apart = line.modifiers & line_data().separate.modifiers and view.case.debrided_apart
    return apart or view.case.facts.debridement


def _family(code: str) -> str:
    return code[:3]


def _depth(view: ClaimView, line: LineView, record: DebridementLine) -> Iterator[Raised]:
    fact = _debrided(view, line)
    if line.units is not None and line.units != 1:
        values = {"code": line.code, "addon": record.addon, "units": f"{line.units:g}"}
        yield Raised("debridement-units", (line.at("units", f"{line.units:g}"),), values=values)
    if not fact.tissues or not record.by_depth:
        return
    deepest = max(fact.tissues, key=_DEPTHS.index)
    billed = min(map(_DEPTHS.index, record.tissues))
    told = _DEPTHS.index(deepest)
    values = {"code": line.code, "tissue": deepest, "for": " or ".join(record.tissues)}
    if told < billed:
        yield Raised("debridement-too-deep", (line.place,), fact.evidence, values)
    elif told > max(map(_DEPTHS.index, record.tissues)):
        yield Raised("debridement-too-shallow", (line.place,), fact.evidence, values)


def _addon(view: ClaimView, line: LineView, billed: list[LineView]) -> Iterator[Raised]:
    record = next((r for r in line_data().debridement if r.addon == line.code), None)
    if record is None:
        return
    if all(other.code != record.code for other in billed):
        values = {"code": line.code, "primary": record.code}
        yield Raised("debridement-addon-alone", (line.place,), values=values)
    fact = _debrided(view, line)
    area = fact.area_cm2
    units = 1.0 if line.units is None else line.units
    if area is not None:
        due = math.ceil(max(0.0, area - record.area_cm2) / record.area_cm2)
        if units != due:
            values = {
                "code": line.code, "area": f"{area:g}", "units": f"{units:g}", "due": str(due)
            }  # fmt: skip
            place = line.at("units", f"{units:g}")
            yield Raised("debridement-area", (line.place, place), fact.evidence, values)


def nerve_lines(view: ClaimView) -> Iterator[Raised]:
    """A cut nerve is part of the amputation, unless a painful neuroma was its own reason."""
    nerves, billed = line_data().nerves, {line.code for line in view.lines}
    pain = [f for f in view.case.facts.indications if f.value == nerves.reason]
    words = tuple(e for fact in pain for e in fact.evidence)
    found = view.spoken_of("billing_words", [nerves.found], history=True)
    routine = () if found else view.told("billing_words", nerves.routine)
    same = view.told("billing_words", nerves.in_wound)
    for line in view.lines:
        values = {"code": line.code}
        if line.code in nerves.hand_or_foot:
            if view.amputations:
                yield Raised("nerve-of-hand-or-foot", (line.place,), values=values)
        elif line.code in nerves.thigh and view.amputations:
            finding = "nerve-with-neuroma" if pain else "nerve-bundled"
            yield Raised(finding, (line.place,), words, values)
            if routine and not pain:
                yield from separate_not_told(line, routine)
            if pain and same and line.modifiers & line_data().separate.modifiers:
                yield Raised("nerve-by-the-same-wound", (line.place,), same, values)
            if line.code == nerves.addon and not nerves.excisions & billed:
                yield Raised("nerve-addon-alone", (line.place,), values=values)


def vacuum_lines(view: ClaimView) -> Iterator[Raised]:
    """A wound vac that no note tells, or that payers take for a dressing."""
    rules, done = line_data().negative_pressure, view.case.facts.reconstruction
    told = [f for f in done if f.value == rules.told_as]
    words = tuple(e for fact in told for e in fact.evidence)
    left_open = [f for f in done if f.value == rules.left_open]
    apart = _vacuum_elsewhere(view)
    for line in view.lines:
        of_that = apart and (not told or line.modifiers & line_data().separate.modifiers)
        if line.code in rules.codes and not of_that:
            values = {"code": line.code, "wound": "an open" if left_open else "a closed"}
            finding = "vac-bundled" if told else "vac-not-told"
            yield Raised(finding, (line.place,), words, values)
            if told:
                yield from separate_not_told(line, words)


def _vacuum_elsewhere(view: ClaimView) -> bool:
    """Whether the operation's own notes tell one on a wound away from the stump."""
    rules = line_data().negative_pressure
    return (
        any(fact.value == rules.told_as for fact in view.case.covered_apart)
        or bool(view.told("billing_words", rules.elsewhere))
        or bool(view.of_other_limb("billing_words", [rules.elsewhere], ["operative_note"]))
    )
