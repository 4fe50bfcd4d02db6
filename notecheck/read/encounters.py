"""A file -> its encounters, one result an input or line: a bad one never stops the others."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal

from notecheck.errors import (
    DocumentError,
    EmptyError,
    FileError,
    InputError,
    NotANoteError,
    UsageError,
)
from notecheck.models import Encounter
from notecheck.read.binary import picture_kind
from notecheck.read.documents.encounter import encounter_from_document
from notecheck.read.documents.held import HeldFile, held_files
from notecheck.read.documents.kinds import HEAD_BYTES, document_kind, message_kind, packed_kind
from notecheck.read.documents.recognition import can_recognise
from notecheck.read.fhir import encounter_from_fhir, fhir_json, is_fhir_xml
from notecheck.read.fhir.export import Export
from notecheck.read.hl7.envelope import is_hl7
from notecheck.read.hl7.files import visits
from notecheck.read.inflate import gunzipped
from notecheck.read.json_lines import json_lines
from notecheck.read.json_text import parse_json
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, MAX_NOTE
from notecheck.read.lines import byte_lines, joined
from notecheck.read.one_note import require_one_note
from notecheck.read.opening import STANDARD_INPUT, opened, printable
from notecheck.read.result import ReadResult, failed, read_by
from notecheck.read.shape import encounter_from_note, encounter_from_object
from notecheck.read.tables import require_no_table
from notecheck.read.text import decode
from notecheck.read.together.joining import read_together
from notecheck.read.together.messages import results_of_visits
from notecheck.read.together.parts import Part
from notecheck.read.x12.interchange import is_x12, transaction

_STANDARD_INPUT_NAME = "stdin"

_Kind = Literal["note", "encounter", "lines"]
_KINDS_BY_SUFFIX: dict[str, _Kind] = {".json": "encounter", ".jsonl": "lines", ".ndjson": "lines"}
# A note may begin with a brace or bracket of a template, but not with these.
_BEGINS_AS_JSON = re.compile(rb'(\xef\xbb\xbf)?\s*(\{\s*["}]|\[\s*\{\s*["}])')
_ENCOUNTER_KEYS = ("encounter_id", "documents", "encounter")


def read_path(path: str) -> Iterator[ReadResult]:
    """The encounters of one file, or of standard input for `-`.

    A `.jsonl` file is one encounter a line, in our shape or as FHIR, or FHIR resources of any
    types, one a line, that are joined to encounters. Everything else is told by
    its content: a PDF, Word, RTF, HTML or C-CDA document, HL7 v2 messages (an encounter for each
    visit), or JSON; a `.json` file without any of these is JSON in any case. A document or a bare
    text is an encounter of one operative note named after the file. Whatever is wrong with the
    input comes out as a result, never raised.
    """
    name = _STANDARD_INPUT_NAME if path == STANDARD_INPUT else printable(path)
    try:
        with opened(path) as stream:
            yield from read_stream(stream, name)
    except InputError as error:
        yield failed(name, error)
    except OSError as error:
        yield failed(name, FileError(f"the file cannot be read: {error.strerror}"))


def read_stream(stream: BinaryIO, name: str, *, packed: bool = False) -> Iterator[ReadResult]:
    """The encounters of an open binary stream; `name` (a path or "stdin") tells its kind.

    What is `packed` came out of an archive, and may be none itself. Raises OSError when reading
    fails.
    """
    try:
        lines = byte_lines(stream)
        kind = _KINDS_BY_SUFFIX.get(Path(name).suffix.lower())
        if kind != "lines":
            head, lines = _peeked(lines)
            told = _told_by_format(head, lines, name, packed=packed)
            if told is not None:
                yield from told
                return
        if kind is None:
            kind, lines = _told_by_content(lines)
        if kind == "lines":
            yield from _some(
                encounters_of_lines(lines, name),
                failed(
                    name, EmptyError("this is empty: give one encounter a line, each a JSON object")
                ),
            )
        elif kind == "encounter":
            yield ReadResult(name, _one_encounter(lines))
        else:
            data = joined(lines, MAX_NOTE)
            message = message_kind(data)
            if message:
                raise NotANoteError(f"this is {message}, not a note: give the note itself")
            text = decode(data)
            require_one_note(text)
            yield ReadResult(name, encounter_from_note(text, Path(name).stem), as_text=True)
    except InputError as error:
        yield failed(name, error)


def read_encounter(stream: BinaryIO, name: str = _STANDARD_INPUT_NAME) -> Encounter:
    """The one encounter that `stream` holds: as JSON, a document, or the messages of one visit.

    A bare text is refused: it could be a JSON object that was damaged on its way. Raises
    InputError when `stream` holds anything else, OSError when reading fails.
    """
    head, lines = _peeked(byte_lines(stream))
    told = _told_by_format(head, lines, name)
    return _one_encounter(lines) if told is None else only_encounter(told)


def only_encounter(results: Iterable[ReadResult]) -> Encounter:
    """The one encounter of `results`. Raises InputError when one is wrong or there are several."""
    return only_input(results)[0]


def only_input(results: Iterable[ReadResult]) -> tuple[Encounter, bool]:
    """As `only_encounter`, with whether the input is itself the text of its one document."""
    found: list[tuple[Encounter, bool]] = []
    for result in results:
        if isinstance(result.outcome, InputError):
            raise result.outcome
        found.append((result.outcome, result.as_text))
        if len(found) > 1:
            raise UsageError("this holds several encounters: give one", where=result.where)
    return found[0]


def _peeked(lines: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Enough of the beginning to tell the format by, and all the lines again."""
    first: list[bytes] = []
    size = 0
    for line in lines:
        first.append(line)
        size += len(line)
        if size >= HEAD_BYTES:
            break
    return b"".join(first)[:HEAD_BYTES], chain(first, lines)


def _told_by_format(
    head: bytes, lines: Iterator[bytes], name: str, *, packed: bool = False
) -> Iterator[ReadResult] | None:
    """The encounters of a document or of messages; None for JSON, text and what is unknown."""
    if is_x12(head):
        if transaction(head) not in (None, "837"):
            raise UsageError(
                f"this is an X12 {transaction(head)}, which is not read: give the documents that "
                "came in it as files of their own"
            )
        raise UsageError(
            "this is a file of claims (X12), without notes: give it with --claims (scan) or "
            "--claim (hook), and name the notes"
        )
    if is_hl7(head) and not packed_kind(head):
        return _encounters_of_visits(joined(lines, MAX_ENCOUNTER_BYTES), name)
    kind = document_kind(head)
    if kind is None and not (picture_kind(head) and can_recognise()):
        require_no_table(head, name)
        return None
    data = joined(lines, MAX_ENCOUNTER_BYTES)
    if kind == "gzip" and not packed:
        return _packed(gunzipped(data, MAX_ENCOUNTER_BYTES), name, name.removesuffix(".gz"))
    held = held_files(data, kind)
    if packed and (kind == "gzip" or (held and kind != "mail")):
        raise DocumentError("this is an archive within another one: unpack it")
    if held:
        return _of_archive(held, name)
    if kind == "xml" and is_fhir_xml(head):
        return iter([ReadResult(name, encounter_from_fhir(fhir_json(data)))])
    return iter([ReadResult(name, encounter_from_document(data, Path(name).stem))])


def _packed(data: bytes, name: str, inner: str) -> Iterator[ReadResult]:
    """What a packed file holds, told by its content and by the name `inner`."""
    for result in read_stream(io.BytesIO(data), inner):
        yield replace(result, where=name + result.where.removeprefix(inner))


def _of_archive(held: Sequence[HeldFile], name: str) -> Iterator[ReadResult]:
    """What the files of an archive hold, those of one encounter put together.

    The only one goes by the archive's name. Of several, bare notes are named after the archive and
    their place in it, so that two archives may hold files of one name.
    """
    if len(held) == 1:
        inner = str(Path(name).with_suffix("")) + Path(held[0].name).suffix
        for result in read_stream(io.BytesIO(held[0].data), inner, packed=True):
            yield replace(result, where=name + result.where.removeprefix(inner))
        return
    parts = [
        Part(f"{name}/{file.name}", len(file.data), partial(io.BytesIO, file.data)) for file in held
    ]
    together = read_together(parts, all_claims=True)
    for number, part in enumerate(parts):
        with part.opened() as stream:
            alone = read_stream(stream, part.name, packed=True)
            for result in together.get(number, alone):
                yield _placed(result, Path(name).stem, held[number].name)


def _placed(result: ReadResult, archive: str, name: str) -> ReadResult:
    place = Path(name)
    encounter = result.outcome
    if isinstance(encounter, InputError) or encounter.encounter_id != place.stem:
        return result
    own = f"{archive}/{place.with_suffix('').as_posix()}"
    return replace(result, outcome=encounter.model_copy(update={"encounter_id": own}))


def _one_encounter(lines: Iterator[bytes]) -> Encounter:
    text = decode(joined(lines, MAX_ENCOUNTER_BYTES))
    if not text.strip():
        raise EmptyError("this is empty: give one encounter as a JSON object")
    return _encounter_from_json(parse_json(text))


def _encounter_from_json(value: object) -> Encounter:
    if isinstance(value, dict) and "resourceType" in value:
        return encounter_from_fhir(value)
    return encounter_from_object(value)


def _encounters_of_visits(data: bytes, name: str) -> Iterator[ReadResult]:
    return results_of_visits(visits(data), [name])


def _some(results: Iterator[ReadResult], otherwise: ReadResult) -> Iterator[ReadResult]:
    yield next(results, otherwise)
    yield from results


def encounters_of_lines(
    lines: Iterator[bytes], name: str, *, first: int = 1
) -> Iterator[ReadResult]:
    """The encounters of a JSON Lines file's lines, of which the first has the number `first`.

    FHIR resources that are parts of encounters (a bulk export) come out last, joined.
    """
    export = Export()
    for line in json_lines(lines, first=first):
        where = f"{name}:{line.number}"
        if export.takes(line.value):
            try:
                export.add(line.number, line.value, line.size)
            except InputError as error:
                yield failed(where, error)
                return
            continue
        yield read_by(_encounter_from_json, line.value, where)
    for joint in export.encounters():
        yield read_by(encounter_from_fhir, joint.outcome, f"{name}:{joint.number}")


def _told_by_content(lines: Iterator[bytes]) -> tuple[_Kind, Iterator[bytes]]:
    """What the input is, by its first two lines that are not blank, and all its lines again."""
    head: list[bytes] = []
    told: list[bytes] = []
    size = 0
    for line in lines:
        head.append(line)
        size += len(line)
        if line.strip():
            told.append(line)
        if len(told) == 2 or size > MAX_ENCOUNTER_BYTES:
            break
    again = chain(head, lines)
    if not _BEGINS_AS_JSON.match(b"".join(told)):
        return "note", again
    if len(told) == 2 and (_is_object(told[0]) or _is_object(told[1], with_one_of=_ENCOUNTER_KEYS)):
        # One whole object and more after it; or, when the first line is broken, an encounter
        # whole in the second: an indented encounter has no such line.
        return "lines", again
    return "encounter", again


def _is_object(line: bytes, with_one_of: tuple[str, ...] = ()) -> bool:
    try:
        value = parse_json(decode(line))
    except InputError:
        return False
    if not isinstance(value, dict):
        return False
    return not with_one_of or any(key in value for key in with_one_of)
