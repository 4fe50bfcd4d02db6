"""Files of HL7 messages -> the encounters of their visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from notecheck.errors import InputError
from notecheck.read.hl7.files import Visit, visits
from notecheck.read.result import ReadResult, failed
from notecheck.read.together.parts import Part


def of_messages(parts: Sequence[Part], numbers: Sequence[int]) -> dict[int, list[ReadResult]]:
    """By the place of the part that has a visit's first message, the visits."""
    found: dict[int, list[ReadResult]] = defaultdict(list)
    held: list[tuple[int, bytes]] = []
    for number in numbers:
        try:
            held.append((number, parts[number].content()))
        except (InputError, OSError):
            continue  # reading it alone says what is wrong
        found[number] = []
    names = [parts[number].name for number, _ in held]
    of_file: dict[int, list[Visit]] = defaultdict(list)
    several = names if len(names) > 1 else ()
    try:
        for visit in visits(*(data for _, data in held), names=several) if held else ():
            of_file[visit.files[0]].append(visit)
    except InputError:
        return {}  # the only one holds no message: reading it alone says so
    for file, (number, _) in enumerate(held):
        found[number] += results_of_visits(of_file[file], names, file)
    return found


def results_of_visits(
    found: Sequence[Visit], names: Sequence[str], file: int = 0
) -> Iterator[ReadResult]:
    """The results of the visits whose first messages are in the `file` of those called `names`."""
    name = names[file]
    for visit in found:
        where = name if len(found) == 1 else f"{name}, {visit.name}"
        if isinstance(visit.outcome, InputError):
            yield failed(where, visit.outcome)
            continue
        several = sorted(visit.files) if len(visit.files) > 1 else ()
        files = tuple(names[number] for number in several)
        numbers = frozenset(number.number for number in visit.identity.visits)
        yield ReadResult(
            where, visit.outcome, files=files, numbers=numbers, born=visit.identity.born
        )
