"""The toe that a line's modifier names against those of the operative note, and their joints."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import lines as line_data
from notecheck.claims.view import ClaimView, LineView, Raised
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


def toe_places(view: ClaimView) -> Iterator[Raised]:
    """A toe divided at another joint than its line's code, which another toe's joint supports."""
    for line in view.amputations:
        due = due_for_toe(view, line)
        if due and due != line.code == view.case.supported_code.value:
            toe = _one_toe(line) or ""
            values = {"code": line.code, "toe": toe, "due": due}
            yield Raised("toe-joint-differs", (line.place,), view.case.toes[toe].evidence, values)


def due_for_toe(view: ClaimView, line: LineView) -> str | None:
    """The code for the joint of the one toe that the line names, where the note tells one joint."""
    rules, toe = line_data().toes, _one_toe(line)
    told = view.case.toes.get(toe or "")
    if told is None or len(told.places) > 1 or rules.several in view.case.toes:
        return None
    if line.code not in rules.at.values() or _of_both_feet(view, toe):
        return None
    return rules.at[min(told.places)]


def _one_toe(line: LineView) -> str | None:
    named = [toe for modifier, toe in line_data().toes.of.items() if modifier in line.modifiers]
    return named[0] if len(named) == 1 else None


def _of_both_feet(view: ClaimView, toe: str | None) -> bool:
    return len({view.side(line) for line in view.amputations if _one_toe(line) == toe}) > 1


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
