"""X12 claims beside notes -> each with the encounter that has its control number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from notecheck.errors import ClaimError, InputError
from notecheck.models import Encounter
from notecheck.read.claim_files import FiledClaim, with_claims
from notecheck.read.remarks import distinct, unreadable
from notecheck.read.result import ReadResult, failed
from notecheck.read.together.parts import Part
from notecheck.read.x12.claims import X12Claim, parse_claims

NO_NOTE = "no note has the number of this claim, so it is not checked"
_APART = (
    "the note that has its number cannot be read, or its patient was born on another day: the "
    "claim is not checked"
)
_SEVERAL = "several notes have the number of this claim, so it is not checked"

Found = dict[int, list[ReadResult]]


def claims_in(part: Part) -> tuple[X12Claim, ...]:
    """The claims of a file. Raises InputError where it cannot be read, OSError."""
    return _parsed(part.content())


@lru_cache(maxsize=2)
def _parsed(data: bytes) -> tuple[X12Claim, ...]:
    """A day's claims belong to many encounters, which are read one after the other."""
    return tuple(parse_claims(data))


def plain(number: str) -> str:
    """A number as it is compared: hospitals write it with zeros in front, or without."""
    return number.strip().lstrip("0").casefold()


def unmatched(part: Part, claims: Iterable[int]) -> Iterator[ReadResult]:
    """What is told of those `claims` of a file, counted from 0, that no note has the number of."""
    read = claims_in(part)
    for number in claims:
        one = FiledClaim(part.name, read[number])
        yield failed(str(one), _fault(one, ClaimError(NO_NOTE)))


def add_claims(
    found: Found, parts: Sequence[Part], numbers: Sequence[int], known: frozenset[str] | None
) -> None:
    """Puts the claims of the parts `numbers` to the encounters in `found`.

    A claim goes to the encounter that has its control number (CLM01) and no other patient's birth.
    What goes to none is told in its own place: of the numbers `known` (`plain`), or all (None).
    """
    filed = list(_filed(parts, numbers))
    notes = [
        (number, place, result)
        for number, results in found.items()
        for place, result in enumerate(results)
        if isinstance(result.outcome, Encounter)
    ]
    own: dict[int, list[FiledClaim]] = {}  # by the note
    for number, one in filed:
        told = found.setdefault(number, [])
        if known is not None and plain(one.claim.control_numbers[0]) not in known:
            continue
        homes = _homes(one.claim, [result for _, _, result in notes])
        if len(homes) == 1:
            own.setdefault(homes[0], []).append(one)
        if isinstance(one.claim.outcome, InputError):
            told.append(failed(str(one), one.claim.outcome))
        elif len(homes) != 1:
            words = _SEVERAL if homes else NO_NOTE if known is None else _APART
            told.append(failed(str(one), ClaimError(words)))
    for note, claims in own.items():
        number, place, result = notes[note]
        files = result.files or (parts[number].name,)
        found[number][place] = _with(replace(result, files=files), claims)


def _homes(claim: X12Claim, notes: Sequence[ReadResult]) -> list[int]:
    """Which notes have the claim's number; where several do, those of its patient's birth."""
    own = plain(claim.control_numbers[0])
    fits = [
        n
        for n, note in enumerate(notes)
        if own and own in map(plain, note.numbers)
        and (not claim.born or not note.born or claim.born in note.born)
    ]  # fmt: skip
    sure = [n for n in fits if claim.born in notes[n].born]
    return sure if len(fits) > 1 and sure else fits


def _fault(one: FiledClaim, otherwise: InputError) -> InputError:
    outcome = one.claim.outcome
    return outcome if isinstance(outcome, InputError) else otherwise


def _filed(parts: Sequence[Part], numbers: Sequence[int]) -> Iterator[tuple[int, FiledClaim]]:
    for number in numbers:
        try:
            claims = claims_in(parts[number])
        except (InputError, OSError):
            continue  # reading it alone says what is wrong
        for claim in claims:
            yield number, FiledClaim(parts[number].name, claim)


def _with(result: ReadResult, filed: Sequence[FiledClaim]) -> ReadResult:
    """The encounter with its claims; those that are wrong are remarks."""
    encounter = result.outcome
    assert isinstance(encounter, Encounter)
    whole = [one for one in filed if not isinstance(one.claim.outcome, InputError)]
    told = [
        unreadable(str(one), one.claim.outcome.message)
        for one in filed
        if isinstance(one.claim.outcome, InputError)
    ]
    encounter = encounter.model_copy(update={"reading": distinct((*encounter.reading, *told))})
    try:
        outcome: Encounter | InputError = with_claims(encounter, whole) if whole else encounter
    except InputError as error:
        return failed(result.where, error)
    files = (*result.files, *dict.fromkeys(one.path for one in whole))
    return replace(result, outcome=outcome, files=files if len(files) > 1 else ())
