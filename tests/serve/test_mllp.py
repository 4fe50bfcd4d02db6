"""HL7 over a real MLLP socket: acknowledged, kept, matched by visit, findings sent out."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import hl7
import httpx
import pytest

from notecheck.log.entry import Entry
from notecheck.log.store import open_log

from .encounters import SECRET
from .hl7_messages import Connection, Receiver, dft, mdm, message, parsed, receiving
from .service import Served, serving


def settings(folder: Path, send: str) -> str:
    path = folder / "serve.toml"
    path.write_text(
        "[workers]\ncount = 1\n[limits]\nbody_bytes = 100000\nbody_seconds = 2\n"
        f'[mllp]\nstore = "{folder}/hl7.sqlite"\nquiet_seconds = 0.3\n'
        f'[mllp.send]\n{send}\ntries = 3\ndead_letters = "{folder}/dead"\n'
    )
    return str(path)


def port_of(served: Served) -> int:
    found = re.search(r"takes HL7 messages at \S+ port (\d+)", "".join(served.said))
    assert found
    return int(found[1])


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def decisions(served: Served) -> list[Entry]:
    with closing(open_log(served.log, must_exist=True)) as log:
        return list(log.entries())


class Interface:
    def __init__(self, served: Served, receiver: Receiver, folder: Path) -> None:
        self.served, self.receiver, self.folder = served, receiver, folder

    def connect(self) -> Connection:
        return Connection(port_of(self.served))

    def findings(self, visit: str) -> list[bytes]:
        wanted = f"|{visit}\r".encode()
        return [raw for raw in self.receiver.received if wanted in raw]


@pytest.fixture(scope="module")
def interface(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Interface]:
    folder: Path = tmp_path_factory.mktemp("mllp")
    receiver = Receiver()
    with receiving(receiver) as port:
        options = [
            "--mllp",
            "0",
            "--settings",
            settings(folder, f'host = "127.0.0.1"\nport = {port}'),
        ]
        with serving(*options, folder=folder) as served:
            yield Interface(served, receiver, folder)


def test_a_note_and_its_charge_are_one_encounter(interface: Interface) -> None:
    connection = interface.connect()
    ack = connection.send(mdm("M1", visit="A1"))
    assert ack["MSA"] == ["MSA", "AA", "M1"]
    assert ack["MSH"][2:6] == ["NOTECHECK", "", "EHR", "HOSPITAL"]
    assert (ack["MSH"][8], ack["MSH"][10:12]) == ("ACK^T02^ACK", ["P", "2.5.1"])
    assert connection.send(dft("M2", visit="A1"))["MSA"] == ["MSA", "AA", "M2"]
    wait_for(lambda: interface.findings("A1"))
    (raw,) = interface.findings("A1")
    oru = hl7.parse(raw.decode())
    assert str(oru.segment("MSH")[9]) == "ORU^R01^ORU_R01"
    assert str(oru.segment("PID")[3]) == "777^^^HOSPITAL"
    said = {str(obx[3][0][0]): str(obx[5]) for obx in oru.segments("OBX")}
    assert (said["laterality-claim"], said["reconstruction"]) == ("met", "partial")
    entry = next(e for e in decisions(interface.served) if e.said["encounter_id"] == "A1")
    assert (entry.said["way"], entry.said["claim_id"]) == ("mllp", "A1")
    assert entry.said["decision"] == said["decision"]
    assert entry.ref in raw.decode()


def test_a_message_sent_again_changes_nothing(interface: Interface) -> None:
    connection = interface.connect()
    for _ in range(3):
        assert connection.send(mdm("M3", visit="A2"))["MSA"][1] == "AA"
    wait_for(lambda: interface.findings("A2"))
    assert connection.send(mdm("M3", visit="A2"))["MSA"][1] == "AA"
    time.sleep(1)
    assert len(interface.findings("A2")) == 1


def test_a_replacement_is_told_anew(interface: Interface) -> None:
    connection = interface.connect()
    connection.send(mdm("M4", visit="A3"))
    wait_for(lambda: len(interface.findings("A3")) == 1)
    better = "OPERATION: Re-amputation of the left thigh. The femur was cut. Myodesis was done."
    connection.send(mdm("M5", better, visit="A3", event="T10"))
    wait_for(lambda: len(interface.findings("A3")) == 2)
    obx = [line for line in interface.findings("A3")[1].split(b"\r") if b"|reconstruction^" in line]
    assert b"||met|" in obx[0]


def test_another_operation_is_not_told(interface: Interface) -> None:
    connection = interface.connect()
    connection.send(mdm("M6", "OPERATION: Left knee arthroscopy.", visit="A4"))
    connection.send(mdm("M7", visit="A5"))
    wait_for(lambda: interface.findings("A5"))
    assert interface.findings("A4") == []


ADT = message("ADT^A01^ADT_A01", "X1")
REFUSED: dict[str, tuple[bytes, str, str]] = {
    "other type": (ADT, "AR", "200"),
    "other version": (message("MDM^T02", "X2", version="3.0"), "AR", "203"),
    "other processing": (mdm("X3").replace(b"|P|", b"|Q|"), "AR", "202"),
    "not HL7": (SECRET.encode(), "AR", "200"),
    "empty": (b"", "AR", "200"),
    "no encoding characters": (b"MSH|||||EHR|||1", "AR", "200"),
    "one separator for all": (b"MSH^^^^^^EHR^^^1", "AR", "200"),
    "no text": (mdm("X5", ""), "AE", "102"),
    "no document": (message("MDM^T02^MDM_T02", "X6"), "AE", "102"),
    "broken segment": (mdm("X7").replace(b"\rPV1", b"\rpv one"), "AE", "102"),
    "binary": (mdm("X9") + bytes(range(14, 27)) * 50, "AE", "102"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_refused_clearly(interface: Interface, name: str) -> None:
    raw, code, error = REFUSED[name]
    connection = interface.connect()
    ack = connection.send(raw)
    assert ack["MSA"][1] == code, ack
    assert ack["ERR"][3].startswith(f"{error}^") and ack["ERR"][4] == "E"
    assert SECRET not in str(ack)
    assert connection.send(mdm("OK", visit="A6"))["MSA"] == ["MSA", "AA", "OK"]


@pytest.mark.parametrize(
    "data",
    [b"GET / HTTP/1.1\r\n\r\n", b"\x0bMSH|" + b"x" * 300_000, b"\x0bMSH|^~\\&|never ends"],
    ids=["no frame", "too large", "too slow"],
)
def test_what_is_no_mllp_loses_its_connection(interface: Interface, data: bytes) -> None:
    connection = interface.connect()
    with pytest.raises(ConnectionError):
        connection.socket.sendall(data)
        connection.receive()
    assert interface.connect().send(mdm("OK", visit="A6"))["MSA"][1] == "AA"


def test_a_stop_and_a_start_lose_nothing(tmp_path: Path) -> None:
    receiver = Receiver("AR", "AR")
    with receiving(receiver) as port:
        options = [
            "--mllp",
            "0",
            "--settings",
            settings(tmp_path, f'host = "127.0.0.1"\nport = {port}'),
        ]
        with serving(*options, folder=tmp_path) as served:
            assert Connection(port_of(served)).send(mdm("S1", visit="S"))["MSA"][1] == "AA"
            assert served.stop() == 0
        with serving(*options, folder=tmp_path) as served:
            wait_for(lambda: len(receiver.received) == 3)  # refused twice, then taken
    assert len({raw for raw in receiver.received}) == 1
    assert parsed(receiver.received[0])["PV1"][-1] == "S"
    assert not (tmp_path / "dead").exists()


def test_a_store_that_another_holds_locked_takes_nothing_and_goes_on(tmp_path: Path) -> None:
    options = ["--mllp", "0", "--settings", settings(tmp_path, 'webhook = "http://127.0.0.1:9/"')]
    with serving(*options, folder=tmp_path) as served:
        connection = Connection(port_of(served))
        assert connection.send(mdm("M1", visit="L1"))["MSA"][1] == "AA"
        store = sqlite3.connect(tmp_path / "hl7.sqlite", isolation_level=None)
        with closing(store):
            store.execute("BEGIN EXCLUSIVE")
            ack = connection.send(mdm("M2", visit="L1"))
            assert ack["MSA"] == ["MSA", "AR", "M2"] and "could not be kept" in ack["ERR"][8]
            wait_for(lambda: httpx.get(f"{served.url}/readyz").status_code == 503)
            assert "locked" in httpx.get(f"{served.url}/readyz").json()["detail"]
            store.execute("COMMIT")
            wait_for(lambda: connection.send(mdm("M2", visit="L1"))["MSA"][1] == "AA")
            wait_for(lambda: httpx.get(f"{served.url}/readyz").status_code == 200)
            kept = store.execute("SELECT count(*) FROM messages").fetchone()
        assert kept == (2,)
        wait_for(lambda: [e for e in decisions(served) if e.said["encounter_id"] == "L1"])


def test_a_webhook_and_its_dead_letters(tmp_path: Path) -> None:
    taken: list[tuple[str | None, bytes]] = []
    statuses = [500, 200, 400]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            taken.append((self.headers["authorization"], body))
            self.send_response(statuses.pop(0))
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    (tmp_path / "token").write_text("hush\n")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        send = (
            f'webhook = "http://127.0.0.1:{server.server_address[1]}/found"\n'
            f'token_file = "{tmp_path}/token"'
        )
        with serving(
            "--mllp", "0", "--settings", settings(tmp_path, send), folder=tmp_path
        ) as served:
            connection = Connection(port_of(served))
            connection.send(mdm("W1", visit="W1"))
            wait_for(lambda: len(taken) == 2)  # failed, then delivered
            connection.send(mdm("W2", visit="W2"))
            wait_for(lambda: list(tmp_path.glob("dead/*.json")))
        server.shutdown()
    assert {token for token, _ in taken} == {"Bearer hush"}
    first, second, third = (json.loads(body) for _, body in taken)
    assert first == second and first["visit"] == "W1"
    assert first["decision_id"] == decisions(served)[0].ref
    assert first["report"]["schema"] == "notecheck.report/1"
    (letter,) = tmp_path.glob("dead/*.json")
    assert json.loads(letter.read_text()) == third and third["visit"] == "W2"
    assert letter.stat().st_mode & 0o077 == 0
    assert any("could not be delivered (status 400)" in line for line in served.said)
