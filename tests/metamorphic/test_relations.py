"""Changes that must not matter do not; where one does over all of the corpus is listed by name.

A run takes a fixed fifth of the corpus and all that is listed; the whole of it is varied by
NOTECHECK_WHOLE_CORPUS=1 pytest tests/metamorphic
"""

from __future__ import annotations

from functools import partial

import pytest

from metamorphic.encounters import SHARE, corpus, more, sample, with_texts
from metamorphic.findings import CODE, broken, known, report_on
from metamorphic.outcome import differences, outcome, wrong_evidence
from metamorphic.relations import RELATIONS
from metamorphic.transforms import with_ocr_noise
from notecheck import check

MOST_KNOWN = 0.04  # of the variants of one relation
MOST_ELSEWHERE = 0.08  # of encounters that the list does not know
FEWEST_VARIED = 50
NOISE = 0.004  # of the letters that a scanner may misread
MOST_CHANGED_BY_NOISE = 0.04  # of the values of all outcomes


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relation_holds_but_where_known(relation: str) -> None:
    listed = set(known().get(relation, []))
    encounters, share = sample(listed)
    found, varied = broken(relation, encounters)
    new = {
        encounter_id: faults for encounter_id, faults in found.items() if encounter_id not in listed
    }
    mended = listed - found.keys()
    assert (new, mended) == ({}, set())
    assert varied * share >= FEWEST_VARIED
    assert len(listed) <= MOST_KNOWN * varied * share
    elsewhere, of = broken(relation, more())
    assert len(elsewhere) <= MOST_ELSEWHERE * of, elsewhere


def test_every_known_failure_is_of_a_relation() -> None:
    assert known().keys() <= RELATIONS.keys()


def test_light_noise_of_a_scanner_changes_little() -> None:
    values = changed = 0
    for seed, encounter in enumerate(corpus()[::SHARE]):
        noisy = with_texts(encounter, partial(with_ocr_noise, seed=seed, rate=NOISE))
        report = check(noisy, code=CODE)
        assert wrong_evidence(noisy, report) == []
        before = outcome(report_on(encounter))
        values += len(before)
        changed += len(differences(before, outcome(report)))
    assert changed <= MOST_CHANGED_BY_NOISE * values
