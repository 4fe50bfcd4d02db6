"""Each kind of tampering is found by its name, by someone who has the public key alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from signing_keys import key_pair

from notecheck import check
from notecheck.errors import InputError
from notecheck.log.anchor import Anchor, read_anchors, signed
from notecheck.log.anchor_places import note_down
from notecheck.log.decision import asked_by, decision_draft
from notecheck.log.entry import Draft
from notecheck.log.store import open_log
from notecheck.log.verify import verify, verify_anchors

from .encounters import encounter


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    return key_pair(tmp_path)


def written(place: Path, refs: str) -> Anchor:
    body = {"decision": "pass", "person": "p", "reason": "r", "by": "b", "way": "hook"}
    with closing(open_log(str(place))) as log:
        last = log.append([Draft("override", ref, body) for ref in refs])[-1]
    return Anchor(last.number, last.hash)


def execute(place: Path, statement: str) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("DROP TRIGGER entries_stay")
        connection.execute("DROP TRIGGER entries_stay_as_they_are")
        connection.execute(statement)
        connection.commit()


def fault(place: Path, anchors: list[Anchor]) -> str | None:
    with closing(open_log(str(place), must_exist=True)) as log:
        return verify_anchors(log, anchors).fault


def test_anchors_hold_for_a_log_that_goes_on(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    private, public = keys
    place, anchors = tmp_path / "log.sqlite", tmp_path / "anchors"
    for refs in ("ab", "c"):
        note_down(signed(written(place, refs), private), str(anchors))
    written(place, "d")
    assert [anchor.number for anchor in read_anchors(anchors, public)] == [2, 3]
    in_syslog = "".join(f"<38>notecheck: {line}\n" for line in anchors.read_text().splitlines())
    (tmp_path / "syslog").write_text(in_syslog)
    assert read_anchors(tmp_path / "syslog", public) == read_anchors(anchors, public)
    assert fault(place, read_anchors(anchors, public)) is None
    assert anchors.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM entries WHERE number = 3", "the log ends at entry 2, but it had 3"),
        ("DELETE FROM entries", "the log was emptied: it had 3 entries"),
        ("DELETE FROM entries WHERE number = 2", "entry 2 is missing"),
    ],
)
def test_what_was_cut_is_named(tmp_path: Path, statement: str, told: str) -> None:
    anchor = written(tmp_path / "log.sqlite", "abc")
    execute(tmp_path / "log.sqlite", statement)
    assert (fault(tmp_path / "log.sqlite", [anchor]) or "").startswith(told)


def test_a_chain_written_anew_is_named(tmp_path: Path) -> None:
    anchor = written(tmp_path / "log.sqlite", "abc")
    written(tmp_path / "other.sqlite", "abcd")
    told = fault(tmp_path / "other.sqlite", [anchor])
    assert told == "entry 3 is not the one that was noted down: it was written anew"


def test_time_that_goes_backwards_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "log.sqlite", "a")
    import notecheck.log.entry as entry

    class Earlier(entry.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz).replace(year=2001)

    monkeypatch.setattr(entry, "datetime", Earlier)
    written(tmp_path / "log.sqlite", "b")
    assert "entry 2 is of an earlier time" in (fault(tmp_path / "log.sqlite", []) or "")


def test_a_kept_encounter_that_was_deleted_is_named(tmp_path: Path) -> None:
    place = tmp_path / "log.sqlite"
    asked = encounter()
    kept = asked_by(decision_draft(asked, check(asked), keep_input=True), "hook", "someone")
    with closing(open_log(str(place))) as log:
        log.append([replace(kept, kept_input=None)])
        assert verify(log).fault == "the encounter that was kept with entry 1 was deleted"


def test_a_forged_anchor_is_named(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    private, public = keys
    anchors = tmp_path / "anchors"
    line = json.loads(signed(Anchor(3, "ab"), private))
    anchors.write_text(json.dumps({**line, "number": 2}) + "\n")
    with pytest.raises(InputError, match="anchors:1: this anchor was not signed by the key"):
        read_anchors(anchors, public)
    anchors.write_text("{}\n")
    with pytest.raises(InputError, match="anchors:1: this line is no anchor"):
        read_anchors(anchors, public)
    with pytest.raises(InputError, match="this is no public Ed25519 key in PEM"):
        read_anchors(anchors, private)
