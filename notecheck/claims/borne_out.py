"""Modifiers that the documents have to bear out, and those that they speak against."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import Unsupported
from notecheck.claims.data import lines as line_data
from notecheck.claims.view import ClaimView, Raised


def borne_out(view: ClaimView) -> Iterator[Raised]:
    """On lines that bill an amputation: which modifiers, and by which facts, is data."""
    if view.institutional or not view.case.documented.has_chart:
        return
    for line in view.amputations:
        for rule in line_data().bears_out:
            carried = line.modifiers & rule.modifiers
            if carried and not _told(view, rule):
                values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
                yield Raised(rule.finding, (line.place,), values=values)
        if len(line.modifiers & view.rules.global_modifiers) > 1:
            continue  # they exclude each other: that is a finding of its own
        for against in line_data().speaks_against:
            carried = line.modifiers & against.modifiers
            words = view.told(against.fact, *against.values) if carried else ()
            if words and not (against.unless and view.told(against.fact, *against.unless)):
                values = {"code": line.code, "modifiers": ", ".join(sorted(carried))}
                yield Raised(against.finding, (line.place,), words, values)


def _told(view: ClaimView, rule: Unsupported) -> bool:
    return any(view.case.report.words(element) for element in rule.elements) or (
        rule.fact is not None and bool(view.told(rule.fact, *rule.values))
    )
