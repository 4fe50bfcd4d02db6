"""The code billed against the code that the note supports."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import families
from notecheck.claims.toes import due_for_toe
from notecheck.claims.view import ClaimView, LineView, Raised


def billed_code(view: ClaimView) -> Iterator[Raised]:
    """Upcoded, downcoded, another code or another part of the limb; two codes for one stump."""
    supported = view.case.supported_code
    lines = view.amputations
    if not lines:
        if view.claim.lines and not view.institutional and supported.value != "none":
            yield Raised(
                "code-not-billed",
                tuple(line.place for line in view.lines),
                supported.evidence,
                {"supported": supported.value},
            )
        return
    billed = {line.code for line in lines}
    fitting = [line for line in lines if line.code == supported.value]
    side = view.case.facts.laterality
    one_limb = side is None or side.value != "bilateral"
    for line in lines:
        values = {"billed": line.code, "supported": supported.value}
        if line in fitting or line.code == due_for_toe(view, line):
            continue
        if supported.value == "none":
            yield Raised("code-not-supported", (line.place,), supported.evidence, values)
        elif fitting and one_limb:
            yield Raised("code-second-for-stump", (line.place,), supported.evidence, values)
        else:
            yield Raised(_differs(line, supported.value), (line.place,), supported.evidence, values)
    if len(billed) > 1 and not fitting and one_limb and supported.value != "none":
        yield Raised("codes-for-one-stump", tuple(line.place for line in lines), supported.evidence)


def _differs(line: LineView, supported: str) -> str:
    """How the billed code differs from the supported one; both are of the list."""
    ours, theirs = families().of(line.code), families().of(supported)
    if ours is None or theirs is None or ours != theirs:
        return "code-of-another-part"
    more = ours.extent[line.code] - ours.extent[supported]
    return "code-upcoded" if more > 0 else "code-downcoded" if more < 0 else "code-another"
