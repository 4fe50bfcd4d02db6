"""Which rules look at a note first.

Most notes of a hospital tell no operation on a lower limb. The few rules by whose words such an
operation could be told at all look first, and those of what is reported of any operation. Where
they find nothing but the setting, that is all there is to report, and no other rule is tried.
"""

from __future__ import annotations

from notecheck.rules.model import TargetRecord

# Without a mention of these no amputation and no stump is told, whatever else is.
AMPUTATIONS = frozenset({"prior", "prior_unlevelled", "amputation", "amputation_any"})
OPERATED_LIMB = "operated_limb"
LIMB_GROUP = "head"  # the group of a pattern that holds the name of a limb
SETTING = "setting"
DEBRIDEMENT = "debridement"
# What is told of any wound; how an incision elsewhere was closed is no matter of a stump.
COVERAGE_OF_ANY_WOUND = frozenset({"skin_graft", "negative_pressure"})


def tells_of_any_wound(fact: str, value: str) -> bool:
    """Whether such a mention is reported whatever was operated on."""
    return fact == DEBRIDEMENT or value in COVERAGE_OF_ANY_WOUND


def looks_first(record: TargetRecord) -> bool:
    """Whether a note in which no such rule finds anything has nothing to report."""
    return (
        record.fact in AMPUTATIONS
        or record.fact == SETTING
        or record.value == OPERATED_LIMB
        or f"?P<{LIMB_GROUP}>" in record.pattern
        or tells_of_any_wound(record.fact, record.value)
    )
