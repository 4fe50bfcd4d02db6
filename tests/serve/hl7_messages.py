"""HL7 v2 messages to send, and a place to receive them."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .encounters import SECRET

NOTE = (
    f"OPERATION: Re-amputation of the left thigh of {SECRET} through the femur.\\.br\\"
    "INDICATIONS: Osteomyelitis of the left above-knee amputation stump.\\.br\\"
    "DESCRIPTION: The femur was divided with a saw at mid-shaft. The skin was closed in layers."
)


def message(
    kind: str, control_id: str, *segments: str, visit: str = "V1", version: str = "2.5.1"
) -> bytes:
    lines = [
        f"MSH|^~\\&|EHR|HOSPITAL|NOTECHECK||20260302120000||{kind}|{control_id}|P|{version}",
        f"PID|1||777^^^HOSPITAL||{SECRET}^A",
        f"PV1|1|I{'|' * 17}{visit}",
        *segments,
    ]
    return ("\r".join(lines) + "\r").encode()


def mdm(control_id: str, note: str = NOTE, visit: str = "V1", event: str = "T02") -> bytes:
    return message(
        f"MDM^{event}^MDM_T02",
        control_id,
        f"TXA|1|OP|TX|20260302{'|' * 8}D1{'|' * 5}AU",
        f"OBX|1|TX|11504-8^Operative note^LN||{note}||||||F",
        visit=visit,
    )


def dft(control_id: str, code: str = "27596", visit: str = "V1") -> bytes:
    ft1 = ["FT1", "1", "T1", "", "20260302", "", "CG", *[""] * 18, code, "LT"]
    return message("DFT^P03^DFT_P03", control_id, "|".join(ft1), visit=visit)


class Connection:
    """A sender's connection over MLLP."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)

    def send(self, raw: bytes) -> dict[str, list[str]]:
        """The acknowledgement: segment name -> its fields."""
        self.socket.sendall(b"\x0b" + raw + b"\x1c\r")
        return parsed(self.receive())

    def receive(self) -> bytes:
        received = b""
        while not received.endswith(b"\x1c\r"):
            got = self.socket.recv(65536)
            if not got:
                raise ConnectionError(received)
            received += got
        return received.strip(b"\x0b\x1c\r")


def parsed(raw: bytes) -> dict[str, list[str]]:
    segments = raw.decode().strip("\r").split("\r")
    return {segment.split("|")[0]: segment.split("|") for segment in segments}


class Receiver:
    """Takes ORU messages; acknowledges with the codes it is told to, one after the other."""

    def __init__(self, *codes: str) -> None:
        self.codes = list(codes)
        self.received: list[bytes] = []

    def acknowledge(self, raw: bytes) -> bytes:
        self.received.append(raw)
        code = self.codes.pop(0) if self.codes else "AA"
        control = re.split(rb"\|", raw)[9]
        return b"MSH|^~\\&|LAB||||||ACK|1|P|2.5.1\rMSA|" + code.encode() + b"|" + control + b"\r"


@contextmanager
def receiving(receiver: Receiver) -> Iterator[int]:
    """The port at which `receiver` listens."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            raw = b""
            while not raw.endswith(b"\x1c\r"):
                got = self.request.recv(65536)
                if not got:
                    return
                raw += got
            self.request.sendall(
                b"\x0b" + receiver.acknowledge(raw.strip(b"\x0b\x1c\r")) + b"\x1c\r"
            )

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
