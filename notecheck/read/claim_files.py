"""Files of X12 claims, and which of their claims belongs to which encounter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notecheck.errors import ClaimError, FileError, InputError
from notecheck.models import Claim, Encounter
from notecheck.read.limits import MAX_CLAIM_FILE, MAX_NOTE
from notecheck.read.text import decode
from notecheck.read.x12 import X12Claim, parse_claims

_VOID = "8"
_TAKING_PLACE = frozenset({"7", _VOID})  # claim frequency codes: replacement, void
_COLUMNS = ["control_number", "encounter_id"]


@dataclass(frozen=True, slots=True)
class FiledClaim:
    """A claim and the file that it came in, as it is named to people."""

    path: str
    claim: X12Claim

    def __str__(self) -> str:
        return f"{self.path}, {self.claim.name}"


class ClaimFiles:
    """The claims of `paths`, to be joined with their encounters.

    A claim belongs to the encounter whose id is one of its control numbers, or, where `mapping`
    (a CSV file with the columns control_number and encounter_id) has one of them, to the
    encounter named there. Raises InputError, `where` being the file, when one cannot be used.
    """

    def __init__(self, paths: Sequence[str], mapping: str | None = None) -> None:
        named = _mapping(mapping) if mapping else {}
        self._claims = [FiledClaim(path, claim) for path in paths for claim in _claims(path)]
        self._matched: set[FiledClaim] = set()
        self._named: dict[str, list[FiledClaim]] = {}
        self._numbered: dict[str, list[FiledClaim]] = {}
        for filed in self._claims:
            numbers = filed.claim.control_numbers
            encounter_id = next((named[number] for number in numbers if number in named), None)
            if encounter_id is not None:
                self._named.setdefault(encounter_id, []).append(filed)
                continue
            for number in dict.fromkeys(n for own in numbers for n in (own, own.lstrip("0"))):
                if number:
                    self._numbered.setdefault(number, []).append(filed)

    def with_claim(self, encounter: Encounter) -> Encounter | None:
        """`encounter` with its claim from the files in place of its own, or None without one.

        A claim that another one replaces or voids is passed over, and the same claim twice counts
        once; a surgeon's and a facility's claim of one stay go together, the surgeon's as the claim
        and the other in `other_claims`. Raises InputError when several others belong to it, and
        when the one that does is wrong, or void.
        """
        encounter_id = encounter.encounter_id
        found = (
            self._named.get(encounter_id)
            or self._numbered.get(encounter_id)
            or self._numbered.get(encounter_id.lstrip("0"))
            or []
        )
        self._matched.update(found)
        return with_claims(encounter, found) if found else None

    def with_only_claim(self, encounter: Encounter) -> Encounter:
        """`encounter` with the files' only claim, or of several with the one that belongs to it.

        Raises InputError when there is none, and as `with_claim`.
        """
        names = {filed.claim.control_numbers[0] for filed in self._claims}
        if len(names) == 1:
            return with_claims(encounter, self._claims)
        found = self.with_claim(encounter)
        if found is None:
            raise ClaimError(
                f"none of the {len(self._claims)} claims has the encounter's id as a control "
                "number: name the note or the encounter after its claim (CLM01)",
                where=self._claims[0].path,
            )
        return found

    def unmatched(self) -> Iterator[str]:
        """How the claims are named that belong to no encounter asked for so far."""
        return (str(filed) for filed in self._claims if filed not in self._matched)


def with_claims(encounter: Encounter, given: Sequence[FiledClaim]) -> Encounter:
    """`encounter` with the claims `given`, all its own, in place of what it had.

    As `ClaimFiles.with_claim`, and raises InputError as that.
    """
    claims: list[Claim] = []
    for filed in given:
        outcome = filed.claim.outcome
        if isinstance(outcome, InputError):
            raise outcome.within(str(filed))
        if outcome.frequency in _TAKING_PLACE:
            claims = [other for other in claims if not _stands_for(outcome, other)]
        if outcome.frequency != _VOID and outcome not in claims:
            claims.append(outcome)
    if not claims:
        raise ClaimError(
            f"{given[-1]}: this voids the claim (frequency code 8), so no claim is left to release"
        )
    first = claims[0]
    unlike = [c for c in claims if c.form == first.form and c.claim_id != first.claim_id]
    if unlike:
        raise ClaimError(
            f"{len(claims)} claims belong to this encounter ({given[0]}; {given[-1]}): "
            "check it with one at a time, or say which in a mapping"
        )
    claims.sort(key=lambda claim: claim.form == "institutional")
    others = (*claims[1:], *encounter.other_claims)
    return encounter.model_copy(update={"claim": claims[0], "other_claims": others})


def _stands_for(new: Claim, old: Claim) -> bool:
    return (new.claim_id, new.form) == (old.claim_id, old.form)


def _claims(path: str) -> list[X12Claim]:
    try:
        return parse_claims(_content(path, MAX_CLAIM_FILE))
    except InputError as error:
        raise error.at(path) from None


def _mapping(path: str) -> dict[str, str]:
    rows = csv.reader(io.StringIO(decode(_content(path, MAX_NOTE)), newline=""), strict=True)
    wanted = f"a mapping is a CSV file with the columns {' and '.join(_COLUMNS)}"
    named: dict[str, str] = {}
    try:
        if [name.strip() for name in next(rows, [])] != _COLUMNS:
            raise ClaimError(f"the first line is wrong: {wanted}", where=path)
        for row in rows:
            where = f"{path}:{rows.line_num}"
            if not row:
                continue
            if len(row) != len(_COLUMNS) or not all(value.strip() for value in row):
                raise ClaimError(f"the line is wrong: {wanted}", where=where)
            number, encounter_id = (value.strip() for value in row)
            if number in named:
                raise ClaimError("the control number is given twice", where=where)
            named[number] = encounter_id
    except csv.Error:
        raise ClaimError(f"this is no CSV: {wanted}", where=path) from None
    return named


def _content(path: str, limit: int) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise FileError(f"the file cannot be read: {error.strerror}", where=path) from None
