"""The queue: order, filters, and that two people never work on one item unknowingly."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from notecheck import check
from notecheck.errors import InputError
from notecheck.evaluate.gold import GoldLabels, gold_from_object
from notecheck.read.shape import encounter_from_object
from notecheck.train.corpus import about
from notecheck.workbench.corrections import Corrections, Selected, parsed
from notecheck.workbench.figures import Figures
from notecheck.workbench.filters import Filter
from notecheck.workbench.labelled_words import evidence_labels
from notecheck.workbench.queue import PAGE, Queue, Taken
from notecheck.workbench.store import QueueError, Store
from notecheck.workbench.tables import items, metadata

from .encounters import NOTE, stopped


def add(queue: Queue, encounter_id: str, amount: float | None = None) -> int:
    encounter = encounter_from_object(stopped(encounter_id))
    report = check(encounter, code="27596")
    return queue.add(encounter, report, source="audit", amount=amount)


def version(queue: Queue, number: int) -> int:
    found: int = queue.item(number)["version"]
    return found


def test_what_is_worth_most_comes_first(queue: Queue) -> None:
    for name, amount in (("a", 100.0), ("b", 900.0), ("c", None), ("d", 400.0)):
        add(queue, name, amount)
    assert [row["encounter_id"] for row in queue.page(Filter()).rows] == ["b", "d", "a", "c"]


def test_pages_hold_every_item_once(queue: Queue, store: Store) -> None:
    first = add(queue, "first", 5.0)
    row = {name: queue.item(first)[name] for name in (column.name for column in items.c)}

    copies = [
        {**row, "id": first + n, "encounter_id": f"copy-{n}", "worth": float(n % 7)}
        for n in range(1, 2 * PAGE + 10)
    ]
    with store.writing() as connection:
        connection.execute(items.insert(), copies)
    seen, after = [], None
    while True:
        page = queue.page(Filter(), after)
        seen += [r["encounter_id"] for r in page.rows]
        after = page.after
        if after is None:
            break
    assert page.total == len(seen) == len(set(seen)) == 2 * PAGE + 10


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"verdict": "stop"}, 2),
        ({"verdict": "review"}, 0),
        ({"requirement": "laterality-claim"}, 2),
        ({"requirement": "inpatient-nonsense"}, 0),
        ({"finding": "side-differs"}, 2),
        ({"finding": "units"}, 0),
        ({"confidence_below": "1"}, 2),
        ({"confidence_below": "0"}, 0),
        ({"older_than": "36000"}, 0),
        ({"surgeon": "Dr. Ortega", "facility": "North", "payer": "medicare"}, 2),
        ({"surgeon": "Dr. Nobody"}, 0),
        ({"amount_from": "200"}, 1),
        ({"older_than": "1"}, 2),
        ({"state": "closed"}, 0),
    ],
)
def test_filters(queue: Queue, wanted: dict[str, str], found: int) -> None:
    add(queue, "a", 100.0)
    add(queue, "b", 300.0)
    assert queue.page(Filter.model_validate(wanted)).total == found


@pytest.mark.parametrize("wanted", [{}, {"verdict": "stop"}, {"state": "open"}])
def test_a_page_is_read_in_order_and_never_sorted(tmp_path: Path, wanted: dict[str, str]) -> None:
    """What keeps a long queue quick: an index gives the order, whatever the queue's length."""
    store = Store(str(tmp_path / "queue.sqlite"))
    shown = select(items).where(Filter.model_validate(wanted).where())
    shown = shown.order_by(items.c.worth.desc(), items.c.id).limit(PAGE)
    asked = shown.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with store.reading() as connection:
        steps = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    store.close()
    assert len(steps) == 1 and "USING INDEX items_in_" in steps[0]


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_a_page_that_is_none_is_told(queue: Queue) -> None:
    with pytest.raises(InputError, match="no such page"):
        queue.page(Filter(), "nonsense")


def test_only_one_of_two_people_claims_an_item(queue: Queue) -> None:
    number = add(queue, "a")
    seen = version(queue, number)
    outcomes: list[str] = []

    def claim(person: str) -> None:
        try:
            queue.claim(number, person, seen)
            outcomes.append(person)
        except (Taken, QueueError) as error:
            outcomes.append(type(error).__name__)

    people = [threading.Thread(target=claim, args=(name,)) for name in ("ada", "ben")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    winner = queue.item(number)["assignee"]
    assert winner in ("ada", "ben")
    assert outcomes.count(winner) == 1 and len(outcomes) == 2
    assert [event["action"] for event in queue.history(number)] == ["arrived", "claimed"]


def test_what_was_seen_long_ago_changes_nothing(queue: Queue) -> None:
    number = add(queue, "a")
    old = version(queue, number)
    queue.claim(number, "ada", old)
    with pytest.raises(Taken, match="has changed"):
        queue.note(number, "ada", "query_sent", {}, old)
    with pytest.raises(Taken, match="ada is working"):
        queue.note(number, "ben", "query_sent", {}, version(queue, number))


def test_an_item_is_handed_over_and_given_back(queue: Queue) -> None:
    number = add(queue, "a")
    queue.claim(number, "ada", version(queue, number))
    queue.hand_over(number, "ada", "ben", version(queue, number))
    assert queue.item(number)["assignee"] == "ben"
    queue.hand_over(number, "ben", None, version(queue, number))
    assert queue.item(number)["state"] == "open"


def test_a_stop_is_overridden_by_two_people(queue: Queue) -> None:
    number = add(queue, "a")
    queue.claim(number, "ada", version(queue, number))
    with pytest.raises(InputError, match="nobody has asked"):
        queue.approve(number, "ben", version(queue, number))
    queue.note(number, "ada", "override_asked", {"reason": "an addendum"}, version(queue, number))
    with pytest.raises(InputError, match="second person"):
        queue.approve(number, "ada", version(queue, number))
    queue.approve(number, "ben", version(queue, number))
    assert queue.item(number)["state"] == "closed"
    assert queue.history(number)[-1]["detail"] == {"asked_by": "ada", "reason": "an addendum"}


def test_an_encounter_that_comes_again_is_one_item(queue: Queue) -> None:
    assert add(queue, "a", 10.0) == add(queue, "a", 20.0)
    page = queue.page(Filter())
    assert (page.total, page.rows[0]["amount"]) == (1, 20.0)


def test_corrections_are_gold_that_evaluate_reads(queue: Queue, store: Store) -> None:
    number = add(queue, "a")
    corrections = Corrections(store)
    start = NOTE.index("skin was closed")
    words = Selected("op", start, start + len("skin was closed"))
    corrections.add(number, "ada", "reconstruction", "fascial closure, flap", words)
    corrections.add(number, "ada", "requirement:reconstruction", "met", None)
    (line,) = [json.loads(line) for line in corrections.lines()]
    gold = GoldLabels.model_validate(line["gold"])
    assert gold.facts.reconstruction == {"fascial_closure", "flap"}
    assert gold.requirements["reconstruction"] == "met"
    told = line["corrections"][0]
    text = line["encounter"]["documents"][0]["text"]
    assert text[told["start"] : told["end"]] == "skin was closed"


def test_the_selected_words_are_evidence_that_train_learns_from(queue: Queue, store: Store) -> None:
    number = add(queue, "a")
    start = NOTE.index("skin was closed")
    words = Selected("op", start, start + len("skin was closed"))
    Corrections(store).add(number, "ada", "reconstruction", "fascial closure, flap", words)
    Corrections(store).add(number, "ada", "requirement:reconstruction", "met", None)
    (line,) = [json.loads(line) for line in Corrections(store).lines()]
    labels = gold_from_object(line).evidence
    assert {(label.value, label.does) for label in labels} >= {("flap", "asserted")}
    assert {label.quote for label in labels} == {"skin was closed"}
    assert {about(label)[0] for label in labels} == {"reconstruction"}


def test_words_of_a_value_taken_away_tell_it_no_more() -> None:
    encounter = {"documents": [{"doc_id": "op", "text": NOTE}]}
    row = {
        "element": "indications", "reported": ["infection", "trauma"], "corrected": ["trauma"],
        "doc_id": "op", "start": 0, "end": 4,
    }  # fmt: skip
    (label,) = evidence_labels(encounter, [row, row | {"start": None, "end": None}])
    assert (label["value"], label["does"], label["quote"]) == ("infection", "none", NOTE[:4])


@pytest.mark.parametrize(
    ("element", "text", "why"),
    [
        ("laterality", "up", "is one of"),
        ("measurement_cm", "long", "is a number"),
        ("requirement:inpatient", "none", "is one of"),
        ("laterality", "left, right", "one value"),
    ],
)
def test_a_correction_says_what_it_may_be(element: str, text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parsed(element, text)


def test_a_correction_that_changes_nothing_is_refused(queue: Queue, store: Store) -> None:
    with pytest.raises(InputError, match="says so already"):
        Corrections(store).add(add(queue, "a"), "ada", "laterality", "left", None)


def test_figures_of_what_people_did(queue: Queue, store: Store) -> None:
    number = add(queue, "a", 50.0)
    add(queue, "b", 70.0)
    queue.claim(number, "ada", version(queue, number))
    queue.close(number, "ada", "held", {}, version(queue, number))
    figures = Figures(store)
    assert figures.money() == {"released": 0.0, "held": 50.0, "in work": 70.0}
    assert figures.people() == [("ada", 1)]
    assert figures.by("surgeon")[0].stop == 2
    assert figures.turnaround() is not None
    Corrections(store).add(number, "ada", "requirement:reconstruction", "met", None)
    accuracy = Corrections(store).accuracy()
    assert accuracy["requirement"]["reconstruction"] == (0, 1)
    assert accuracy["requirement"]["prior-level"] == (1, 1)


def test_a_queue_that_cannot_be_is_told_without_its_password() -> None:
    with pytest.raises(QueueError) as told:
        Store("mysql://me:secret@host/db")
    assert "secret" not in str(told.value)
