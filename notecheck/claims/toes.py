"""The toe that a line's modifier names against the toes that the operative note names."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import lines as line_data
from notecheck.claims.view import ClaimView, Raised
from notecheck.facts.case import Words
from notecheck.facts.documented import Asked

_FACT = "toe_named"


def toes(view: ClaimView) -> Iterator[Raised]:
    """A toe billed that neither the title nor, where that names none, the note names at all."""
    rules = line_data().toes
    billed = [(line, m) for line in view.amputations for m in line.modifiers if m in rules.of]
    if not billed:
        return
    told = _told(view, ("procedure_title",)) or _told(view, ())
    if not told or rules.several in told:
        return
    for line, modifier in sorted(billed, key=lambda item: (item[0].number or 0, item[1])):
        toe = rules.of[modifier]
        if toe not in told:
            words = tuple(e for found in told.values() for e in found[:1])
            values = {
                "code": line.code, "modifier": modifier, "toe": toe, "told": ", ".join(told)
            }  # fmt: skip
            yield Raised("toe-differs", (line.place,), words, values)


def _told(view: ClaimView, sections: tuple[str, ...]) -> dict[str, Words]:
    """The toes that the operative notes name in these sections (in all where none are given)."""
    rules = line_data().toes
    found = {
        toe: view.case.documented.words(
            Asked(fact=_FACT, values=(toe,), sections=sections, today=False)
        )
        for toe in dict.fromkeys([*rules.of.values(), rules.several])
    }
    return {toe: words for toe, words in found.items() if words}
