"""Every error is told with the words it came from, or should have come from."""

from __future__ import annotations

from notecheck.evaluate.errors import EncounterError, errors_of
from notecheck.evaluate.gold import GoldEncounter
from notecheck.evaluate.judgements import judge
from notecheck.models import Report

from .handmade import NOTE, fact, gold, report, words

NOT_DONE = {
    "fact": "reconstruction", "value": "myodesis", "reason": "negated",
    "evidence": [words("Myodesis")],
}  # fmt: skip


def errors(labelled: GoldEncounter, found: Report | None) -> list[EncounterError]:
    return errors_of(labelled, found, judge(labelled, found))


def test_nothing_wrong_is_no_error() -> None:
    assert errors(gold(), report()) == []


def test_a_wrong_value_comes_with_the_words_that_gave_it() -> None:
    (error,) = errors(gold(laterality="right"), report(laterality=fact("left", "left")))
    assert (error.kind, error.name, error.want, error.got) == (
        "element", "laterality", "right", "left",
    )  # fmt: skip
    (passage,) = error.passages
    assert (passage.role, passage.value, passage.reason) == ("came from", "left", None)
    assert passage.before + passage.evidence.text + passage.after == NOTE[: len("The left") + 40]
    assert error.unmentioned == ("right",)


def test_a_missed_value_comes_with_its_mention_that_was_not_counted() -> None:
    labelled = gold(reconstruction=["myodesis", "flap"])
    (error,) = errors(labelled, report(reconstruction=[fact("flap", "open")], excluded=[NOT_DONE]))
    (passage,) = error.passages
    assert (passage.role, passage.value, passage.reason) == ("not counted", "myodesis", "negated")
    assert passage.evidence.text == "Myodesis"
    assert error.unmentioned == ()


def test_a_mention_of_another_value_is_no_candidate() -> None:
    (error,) = errors(gold(reconstruction=["skin_graft"]), report(excluded=[NOT_DONE]))
    assert (error.passages, error.unmentioned) == ((), ("skin_graft",))


def test_a_number_is_told_as_people_write_it() -> None:
    level = {"value": "transfemoral", "segment": None, "measurement_cm": 3.0}
    told = {**level, "measurement_cm": None, "evidence": [words("cut")]}
    (error,) = errors(gold(new_level=level), report(new_level=told))
    assert error.unmentioned == ("3",)


def test_a_status_comes_with_what_was_seen_for_its_fact() -> None:
    labelled = gold(requirements={"reconstruction": "missing"})
    (error,) = errors(labelled, report(excluded=[NOT_DONE]))
    assert (error.kind, error.name) == ("requirement", "reconstruction")
    assert (error.want, error.got) == ("missing", "met")
    assert [passage.evidence.text for passage in error.passages] == ["Myodesis"]


def test_evidence_that_is_not_there_is_an_error() -> None:
    elsewhere = {**words("left"), "start": 0, "end": 4}
    found = report(laterality={"value": "left", "evidence": [elsewhere]})
    (error,) = errors(gold(laterality="left"), found)
    assert (error.kind, error.name) == ("evidence", "op[0:4]")


def test_without_a_report_only_that_is_told() -> None:
    (error,) = errors(gold(laterality="left"), None)
    assert error.kind == "report"
