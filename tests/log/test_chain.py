"""Both stores: entries are chained, several writers make one chain, tampering is found."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import psycopg
import pytest

from notecheck import check
from notecheck.errors import InputError
from notecheck.log.decision import asked_by, decision_draft
from notecheck.log.entry import Draft, entry_hash
from notecheck.log.failure import LogError
from notecheck.log.override import override
from notecheck.log.show import entry_text
from notecheck.log.store import Log, open_log
from notecheck.log.verify import verify

from .encounters import SECRET, encounter


def draft(encounter_id: str = "E1", *, keep_input: bool = False) -> Draft:
    asked = encounter(encounter_id)
    return asked_by(decision_draft(asked, check(asked), keep_input=keep_input), "hook", "someone")


def execute(place: str, statement: str) -> None:
    """Past notecheck and its triggers, as someone with the database's password could."""
    if place.startswith("postgresql"):
        with psycopg.connect(place) as connection:
            connection.execute("ALTER TABLE notecheck_entries DISABLE TRIGGER ALL")
            connection.execute(statement.replace(" entries", " notecheck_entries"))
    else:
        with closing(sqlite3.connect(place)) as connection:
            connection.execute("DROP TRIGGER entries_stay")
            connection.execute("DROP TRIGGER entries_stay_as_they_are")
            connection.execute(statement)
            connection.commit()


def test_entries_follow_each_other(log: Log) -> None:
    written = log.append([draft("E1"), draft("E2")]) + log.append([draft("E3")])
    assert [entry.number for entry in written] == [1, 2, 3]
    assert [entry.previous for entry in written[1:]] == [entry.hash for entry in written[:-1]]
    assert list(log.entries()) == written
    assert list(log.entries(written[1].ref)) == [written[1]]
    verdict = verify(log)
    assert (verdict.entries, verdict.head, verdict.fault) == (3, written[-1].hash, None)


def test_an_entry_says_what_was_decided_and_holds_no_note_text(log: Log) -> None:
    (entry,) = log.append([draft("E9")])
    said = entry.said
    assert (said["encounter_id"], said["claim_id"], said["code"]) == ("E9", "C1", "27596")
    assert (said["way"], said["by"]) == ("hook", "someone")
    assert said["decision"] == check(encounter("E9")).decision
    assert said["requirements"]["prior-level"] == "met"
    assert len(said["input_sha256"]) == len(said["rules"]["sha256"]) == 64
    assert SECRET not in entry.body and "femur" not in entry.body
    assert log.kept_input(entry.ref) is None


def test_the_encounter_is_kept_when_told_to(log: Log) -> None:
    (entry,) = log.append([draft(keep_input=True)])
    kept = log.kept_input(entry.ref)
    assert kept is not None and SECRET in kept
    assert verify(log).fault is None


def test_writers_at_the_same_time_make_one_chain(place: str) -> None:
    body = {**draft().body, "person": "A. Coder", "reason": "addendum seen"}

    def write(number: int) -> None:
        with closing(open_log(place)) as log:
            for turn in range(5):
                log.append([Draft("override", f"{number}-{turn}", body)] * 3)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    with closing(open_log(place, must_exist=True)) as log:
        verdict = verify(log)
    assert (verdict.entries, verdict.fault) == (90, None)


TAMPERING: dict[str, tuple[str, str]] = {
    "changed": (
        "UPDATE entries SET body = replace(body, 'someone', 'nobody') WHERE number = 2",
        "entry 2 was changed after it was written",
    ),
    "moved in time": (
        "UPDATE entries SET time = '2020-01-01T00:00:00.000000Z' WHERE number = 1",
        "entry 1 was changed after it was written",
    ),
    "dropped": (
        "DELETE FROM entries WHERE number = 2",
        "entry 2 is missing: the next one there is entry 3",
    ),
    "cut off": (
        "DELETE FROM entries WHERE number = 3",
        "the log ends at entry 2, but it had 3: entries were cut off its end",
    ),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found(place: str, name: str) -> None:
    statement, fault = TAMPERING[name]
    with closing(open_log(place)) as log:
        last = log.append([draft("E1"), draft("E2"), draft("E3")])[-1]
    execute(place, statement)
    with closing(open_log(place, must_exist=True)) as log:
        assert verify(log, (last.number, last.hash)).fault == fault


FORGED = ["{}", "[]", "no JSON", '{"decision":"pass","by":"x","way":"hook","input_sha256":5}']


@pytest.mark.parametrize("body", FORGED)
@pytest.mark.parametrize("kind", ["decision", "override", "other"])
def test_an_entry_whose_hash_fits_but_that_says_nothing_is_named(
    place: str, kind: str, body: str
) -> None:
    with closing(open_log(place)) as log:
        last = log.append([draft()])[0]
    number, time = 2, "2100-01-01T00:00:00.000000Z"
    made = entry_hash(number, time, kind, "forged", body, last.hash)
    values = f"({number}, '{time}', '{kind}', 'forged', '{body}', '{last.hash}', '{made}')"
    execute(place, f"INSERT INTO entries VALUES {values}")
    with closing(open_log(place, must_exist=True)) as log:
        assert verify(log).fault == (
            "entry 2 was not written by notecheck: it does not say what an entry says"
        )
        with pytest.raises(LogError, match="entry 2 was not written by notecheck"):
            list(map(entry_text, log.entries()))


def test_a_log_written_anew_does_not_hold_the_head_noted_down(place: str) -> None:
    with closing(open_log(place)) as log:
        first = log.append([draft("E1")])[0]
        expected = first.number, "0" * 64
        assert verify(log).fault is None
        assert verify(log, expected).fault == (
            "entry 1 is not the one that was noted down: it was written anew"
        )


@pytest.mark.parametrize("statement", ["UPDATE {} SET kind = 'override'", "DELETE FROM {}"])
def test_the_store_itself_refuses_changes(place: str, statement: str) -> None:
    with closing(open_log(place)) as log:
        log.append([draft()])
    ours = place.startswith("postgresql")
    connection: Any = psycopg.connect(place) if ours else sqlite3.connect(place)
    entries = "notecheck_entries" if ours else "entries"
    with pytest.raises((psycopg.Error, sqlite3.Error), match="append-only"):
        connection.execute(statement.format(entries))


def test_a_failed_append_leaves_nothing(log: Log) -> None:
    kept = draft(keep_input=True)
    with pytest.raises(LogError):
        log.append([kept, kept])  # the same decision twice
    assert list(log.entries()) == []
    log.append([kept])
    assert verify(log).entries == 1


def test_an_override_stands_beside_its_decision(log: Log) -> None:
    (decision,) = log.append([draft()])
    words = {"person": "A. Coder", "reason": "addendum seen", "way": "http", "by": "key desk"}
    entry = override(log, decision.ref, decision="pass", **words)
    assert entry.said == {"decision": "pass", **words}
    assert list(log.entries(decision.ref)) == [decision, entry]
    for fault, changed in (("reason", {"reason": " "}), ("person", {"person": ""})):
        with pytest.raises(InputError, match=f"needs a {fault}"):
            override(log, decision.ref, decision="pass", **{**words, **changed})
    with pytest.raises(InputError, match="no decision of this id"):
        override(log, "other", decision="pass", **words)
    assert verify(log).entries == 2


def test_a_log_that_is_not_there(place: str) -> None:
    with pytest.raises(LogError, match="there is no log here"):
        open_log(place, must_exist=True)


def test_unusable_places(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("log")
    (folder / "text").write_text("not a database, whatever it is " * 100)
    for place, message in (
        (str(folder / "text"), "the log failed: file is not a database"),
        ("mysql://host/db", "a log is the path of an SQLite file or a postgresql:// URL"),
        ("postgresql://u:hush@127.0.0.1:1/db", "the log failed"),
    ):
        with pytest.raises(LogError, match=message) as caught:
            open_log(place)
        assert "hush" not in str(caught.value)


def test_a_lost_connection_is_told_and_made_anew(postgres: str) -> None:
    with closing(open_log(postgres)) as log:
        log.append([draft("E1")])
        with psycopg.connect(postgres, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(LogError):
            log.append([draft("E2")])
        log.append([draft("E3")])
        assert verify(log).entries == 2
