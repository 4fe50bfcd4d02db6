"""Ways to change a good input where it hurts, each by what the input is made of."""

from __future__ import annotations

import base64
import copy
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from olefile import OleFileIO
from read.documents.word97_files import compound

from notecheck.serve.mllp.answers import visit_job

Change = Callable[[Random, bytes], bytes]

_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 2**70, "", " ", "\ud800", "\x00", [], {}, [None], [[]],
    {"": 1}, "0001-01-01", "9999-12-31", "2026-02-30", "27596", "=1+1", "A" * 3_000,
    "50 decades ago, 99999999999 years ago: left AKA",
    "05/04/2026 " + "-" * 24 + " 05/06/2026 AKA",
)  # fmt: skip
_PIECES = (
    "", "\x00", "\ufeff", "\r", "\n", "\r\n", " ", "-" * 40, "|", "^", "~", "\\", "&", "\\F\\",
    "\x0b",
    "\x1c\r", "{", "}", '"', "9" * 30, "\u202e", "e\u0301" * 9, "LEFT", "AKA", "not", "PROCEDURE:",
    "[ ] ", "\u2028", "ADDENDUM:", "in 2019", "0/0/0000", "MSH|", "OBX|", "PID|", "\U0001f9b5",
    "(" * 50,
)  # fmt: skip
_MARKUP = (
    "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;",
    "&#x110000;", "&lt;", "<a>", "</a>", "<a/>", "<", ">", "xmlns='x'", "<list><item>" * 400,
    "</item></list>" * 400, "<td>", "<table>" * 60, "<br/>" * 200, "\ufffe",
)  # fmt: skip
_CONTROLS = (
    "\\", "{", "}", "{" * 300, "}" * 300, "\\bin99999999 ", "\\bin3 ab", "\\u99999?", "\\u-1?",
    "\\uc9999 ", "\\'zz", "\\'", "\\par" * 300, "\\ansicpg99999 ", "\\deff", "{\\*\\x ", "\\pict ",
    "{\\fonttbl{\\f0\\fcharset255 A;}}", "\\deleted ", "\\v ", "\\row\\cell", "\\" + "a" * 500,
)  # fmt: skip
_TAG = re.compile(r"(<[^<>]*>)")
_SEGMENT = re.compile(r"([\r\n]+|~\s*)")
_FIELD = re.compile(r"([|*^:])")
_CONTROL = re.compile(r"(\\[a-z]+-?\d* ?|\\'..|[{}])")
_MOST = 200_000  # characters that one input grows to


def of_json(random: Random, good: bytes) -> bytes:
    """A few values put as others, dropped, doubled, or moved."""
    value = json.loads(good)
    for _ in range(random.randint(1, 4)):
        places = list(_places(value))
        holder, key = random.choice(places)
        match random.randrange(4):
            case 0:
                holder[key] = copy.deepcopy(random.choice(_VALUES))
            case 1:
                del holder[key]
            case 2:
                other, name = random.choice(places)
                holder[key] = copy.deepcopy(other[name])
            case _:
                if isinstance(holder, list):
                    holder += copy.deepcopy(holder)
                else:
                    holder[random.choice(_PIECES)] = copy.deepcopy(holder[key])
        if not any(True for _ in _places(value)):
            break
    return json.dumps(value).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each place of a value: what holds it, and by which key."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def of_note(random: Random, good: bytes) -> bytes:
    """An encounter's note cut, doubled, shuffled and mixed with what notes are made of."""
    encounter = json.loads(good)
    document = random.choice(encounter["documents"])
    document["text"] = _mixed(random, document["text"]) or "x"
    return json.dumps(encounter).encode()


def of_text(random: Random, good: bytes) -> bytes:
    """A text mixed with what notes and messages are made of."""
    return _mixed(random, good.decode()).encode("utf-8", "replace")


def _mixed(random: Random, text: str) -> str:
    for _ in range(random.randint(1, 12)):
        at = random.randint(0, len(text))
        to = min(len(text), at + random.choice((0, 0, 1, 5, 60)))
        piece = random.choice((*_PIECES, text[at : at + 80], text[:at][-80:]))
        text = text[:at] + piece * random.choice((1, 1, 1, 2, 30)) + text[to:]
    return text


def of_bytes(random: Random, good: bytes) -> bytes:
    """Bytes changed, dropped and put in."""
    data = bytearray(good)
    for _ in range(random.randint(1, 20)):
        at = random.randrange(len(data) or 1)
        match random.randrange(3):
            case 0:
                data[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del data[at : at + random.randint(1, 200)]
            case _:
                data[at:at] = bytes(random.randrange(256) for _ in range(random.randint(1, 8)))
    return bytes(data)


def of_markup(random: Random, good: bytes) -> bytes:
    """XML and HTML: tags dropped, doubled, moved, and what markup stumbles over put in."""
    return _of_tokens(random, good, _TAG, (*_MARKUP, *_PIECES))


def of_rtf(random: Random, good: bytes) -> bytes:
    """RTF: control words and groups dropped, doubled, moved, with parameters beyond reason."""
    return _of_tokens(random, good, _CONTROL, (*_CONTROLS, *_PIECES))


def of_segments(random: Random, good: bytes) -> bytes:
    """HL7 v2 and X12: segments and fields dropped, doubled, moved and put as others."""
    text = good.decode("utf-8", "replace")
    for _ in range(random.randint(1, 4)):
        splits, pieces = random.choice(((_SEGMENT, _PIECES), (_FIELD, _VALUES)))
        text = _changed_tokens(random, text, splits, [str(piece) for piece in pieces])
    return text.encode("utf-8", "replace")


def _of_tokens(
    random: Random, good: bytes, splits: re.Pattern[str], pieces: tuple[str, ...]
) -> bytes:
    text = good.decode("utf-8", "replace")
    return _changed_tokens(random, text, splits, pieces).encode("utf-8", "replace")


def _changed_tokens(
    random: Random, text: str, splits: re.Pattern[str], pieces: tuple[str, ...] | list[str]
) -> str:
    tokens = splits.split(text)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(tokens))
        match random.randrange(5):
            case 0:
                tokens[at] = random.choice(pieces)
            case 1:
                tokens.insert(at, random.choice(pieces))
            case 2:
                tokens[at] = (tokens[at] * random.choice((0, 2, 200)))[:_MOST]
            case 3:
                to = at + random.randint(1, 40)
                tokens[at:to] = tokens[at:to] * random.choice((0, 2, 9))
            case _:
                other = random.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
        if not tokens or sum(map(len, tokens)) > _MOST:
            break
    return "".join(tokens)


def of_archive(random: Random, good: bytes) -> bytes:
    """Word and Excel: a part's XML changed, parts dropped, doubled, or swapped."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(parts))
        name, part = parts[at]
        match random.randrange(8):
            case 0:
                del parts[at]
            case 1:
                parts[at] = (name, parts[random.randrange(len(parts))][1])
            case 2:
                parts[at] = (name, of_bytes(random, part))
            case 3:
                parts[at] = (name, part * random.choice((0, 2, 50)))
            case _:
                parts[at] = (name, of_markup(random, part))
        if not parts:
            break
    made = packed(parts)
    return of_bytes(random, made) if random.random() < 0.2 else made


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive that is the same whenever it is made: no part has the time of its making."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def of_streams(random: Random, good: bytes) -> bytes:
    """Old Office files: figures within the streams changed, most of them where offsets stand."""
    with OleFileIO(io.BytesIO(good)) as file:
        streams = {name[0]: bytearray(file.openstream(name).read()) for name in file.listdir()}
    for _ in range(random.randint(1, 8)):
        data = streams[random.choice(list(streams))]
        at = random.randrange(min(len(data), random.choice((0x200, len(data)))))
        figure = random.choice((0, 1, 7, len(data), len(data) + 1, 2**31 - 1, 2**31, 2**32 - 1))
        told = random.choice((figure.to_bytes(4, "little"), random.randbytes(4)))
        data[at : at + 4] = told[: min(random.choice((1, 2, 4)), len(data) - at)]
    made = compound(**{name: bytes(data) for name, data in streams.items()})
    return of_bytes(random, made) if random.random() < 0.2 else made


def of_visit(random: Random, good: bytes) -> bytes:
    """The messages of a visit (the body of a job for its check) changed and shuffled."""
    messages = [base64.b64decode(raw) for raw in json.loads(good)]
    random.shuffle(messages)
    changes = (of_text, of_bytes, of_segments)
    return visit_job([random.choice(changes)(random, raw) for raw in messages])


def of_frames(random: Random, good: bytes) -> bytes:
    """MLLP: frames cut, glued together, with marks in the wrong places."""
    marks = (b"\x0b", b"\x1c", b"\r", b"\x1c\r", b"\x0b\x0b", b"\n", b"\x00", b"MSH", b"\xff")
    data = bytearray((b"\x0b" + good + b"\x1c\r") * random.randint(1, 4))
    for _ in range(random.randint(1, 8)):
        at = random.randint(0, len(data))
        data[at : at + random.choice((0, 0, 1, 3, 100))] = random.choice(marks)
    return bytes(data)
