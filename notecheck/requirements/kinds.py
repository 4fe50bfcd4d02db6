"""The kinds of requirement that a code's file may ask for, each with what judges it.

A kind is code, a requirement is data: the codes' files choose kinds, settle them and weigh them.
`outcomes` are the keys of every message that a kind can ask for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notecheck.requirements.debridement import debridement
from notecheck.requirements.documented import documented
from notecheck.requirements.finding import Finding
from notecheck.requirements.global_period import global_period
from notecheck.requirements.indication import indication, indication_preop
from notecheck.requirements.inpatient import inpatient, setting
from notecheck.requirements.laterality import laterality_claim, laterality_note
from notecheck.requirements.levels import bone_left, first_at_level, manner, new_level, prior_level
from notecheck.requirements.matter import Matter
from notecheck.requirements.necessity import revision_necessity
from notecheck.requirements.reconstruction import left_open, reconstruction
from notecheck.requirements.report_element import report_element
from notecheck.requirements.settings import (
    ClosureSettings,
    DivisionSettings,
    DocumentedSettings,
    ElementSettings,
    FirstSettings,
    JointSettings,
    MannerSettings,
    NoSettings,
    StumpSettings,
)


@dataclass(frozen=True)
class Kind:
    """How one kind is judged; `judge` is given the settings of the kind's own model."""

    outcomes: frozenset[str]
    judge: Callable[[Matter, Any], Finding]
    settings: type[NoSettings] = NoSettings


def _kind(
    outcomes: str,
    judge: Callable[[Matter, Any], Finding],
    settings: type[NoSettings] = NoSettings,
) -> Kind:
    return Kind(frozenset(outcomes.split()), judge, settings)


KINDS: dict[str, Kind] = {
    "prior-level": _kind(
        "met partial missing conflict conflict.other_level",
        lambda matter, settings: prior_level(matter.case, settings),
        StumpSettings,
    ),
    "first-at-level": _kind(
        "met met.lower partial conflict conflict.again",
        lambda matter, settings: first_at_level(matter.case, settings),
        FirstSettings,
    ),
    "new-level": _kind(
        "met partial.no_place partial.vague missing missing.other_level conflict",
        lambda matter, settings: new_level(matter.case, settings),
        DivisionSettings,
    ),
    "joint-division": _kind(
        "met partial.vague missing missing.other_level conflict",
        lambda matter, settings: new_level(matter.case, settings),
        JointSettings,
    ),
    "manner": _kind(
        "met missing",
        lambda matter, settings: manner(matter.case, settings),
        MannerSettings,
    ),
    "report-element": _kind(
        "met partial missing not_assessed",
        lambda matter, settings: report_element(matter.case, settings),
        ElementSettings,
    ),
    "documented": _kind(
        "met missing missing.denied not_assessed",
        lambda matter, settings: documented(matter.case, settings),
        DocumentedSettings,
    ),
    "bone-left": _kind("met partial missing conflict", lambda matter, _: bone_left(matter.case)),
    "indication": _kind("met partial missing", lambda matter, _: indication(matter.case)),
    "indication-preop": _kind(
        "met partial missing not_assessed", lambda matter, _: indication_preop(matter.case)
    ),
    "revision-necessity": _kind(
        "met partial missing.no_bone missing.no_note",
        lambda matter, _: revision_necessity(matter.case),
    ),
    "reconstruction": _kind(
        "met partial missing",
        lambda matter, settings: reconstruction(matter.case, settings),
        ClosureSettings,
    ),
    "left-open": _kind("met missing conflict", lambda matter, _: left_open(matter.case)),
    "laterality-note": _kind(
        "met partial missing conflict", lambda matter, _: laterality_note(matter.case)
    ),
    "laterality-claim": _kind(
        "met met.side_untold missing conflict conflict.documents not_assessed.no_claim "
        "not_assessed.no_line",
        lambda matter, _: laterality_claim(matter),
    ),
    "debridement": _kind(
        "met partial partial.not_billed missing not_applicable.not_billed "
        "not_applicable.not_performed",
        lambda matter, _: debridement(matter),
    ),
    "inpatient": _kind(
        "met met.no_claim partial.documents partial.claim missing conflict.documents "
        "conflict.claim conflict.both not_assessed",
        lambda matter, _: inpatient(matter),
    ),
    "setting": _kind(
        "met missing conflict.documents conflict.claim not_assessed",
        lambda matter, _: setting(matter),
    ),
    "global-period": _kind(
        "met missing not_applicable.facility not_applicable.over not_applicable.own "
        "not_assessed.no_claim not_assessed.within "
        "not_assessed.no_line not_assessed.no_operation_date not_assessed.no_earlier_date "
        "not_assessed.date_unsure",
        lambda matter, _: global_period(matter),
    ),
}
