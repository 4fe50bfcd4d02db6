"""Files that came together -> the encounters whose parts are in several of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from notecheck.models import Encounter
from notecheck.read.result import ReadResult
from notecheck.read.together.claims import add_claims, plain
from notecheck.read.together.documents import of_documents
from notecheck.read.together.keys import keys_of
from notecheck.read.together.messages import of_messages
from notecheck.read.together.parts import MOST_TOGETHER, Format, Part, format_of, total_size
from notecheck.read.together.resources import of_resources

Together = Mapping[int, Sequence[ReadResult]]  # by the place of the part


def read_together(parts: Sequence[Part], *, all_claims: bool = False) -> Together:
    """The results of those parts that have others beside them.

    HL7 messages of one visit, FHIR resources and Bundles of one encounter, and C-CDA documents of
    one encounter are put together, and X12 claims with any of these by their control number. Of
    the claims that nothing here has the number of, the caller tells, unless `all_claims`.
    """
    if len(parts) < 2:
        return {}
    of: dict[Format | None, list[int]] = {}
    for number, part in enumerate(parts):
        of.setdefault(format_of(part), []).append(number)
    messages, documents = of.get("messages", []), of.get("document", [])
    resources, bundles = of.get("resources", []), of.get("bundle", [])
    claims = of.get("claims", [])
    found: dict[int, list[ReadResult]] = {}
    if (len(messages) > 1 or (messages and claims)) and _fit(parts, messages):
        found |= of_messages(parts, messages)
    if not _fit(parts, [*resources, *bundles]) and resources:
        bundles = []
    several = len(resources) + len(bundles) > (0 if claims else 1)
    if several and _fit(parts, [*resources, *bundles]):
        found |= of_resources(parts, resources, bundles, alone=bool(claims))
    if _fit(parts, documents):
        found |= of_documents(parts, documents, alone=bool(claims))
    if claims and _fit(parts, claims):
        add_claims(found, parts, claims, None if all_claims else _numbers(parts, claims))
    return {number: [_named(result) for result in results] for number, results in found.items()}


def _fit(parts: Sequence[Part], numbers: Sequence[int]) -> bool:
    return total_size(parts[number] for number in numbers) <= MOST_TOGETHER


def _numbers(parts: Sequence[Part], claims: Sequence[int]) -> frozenset[str]:
    """The numbers of visits that the parts other than `claims` tell, also what cannot be read."""
    found: set[str] = set()
    for number, part in enumerate(parts):
        keys = keys_of(part) if number not in claims else None
        found.update(map(plain, keys.visits if keys else ()))
    return frozenset(found)


def _named(result: ReadResult) -> ReadResult:
    """The encounter tells the files that it came in, where there are several."""
    if not result.files or not isinstance(result.outcome, Encounter):
        return result
    return replace(result, outcome=result.outcome.model_copy(update={"files": result.files}))
