"""Whether there is an operative note among the documents at all."""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.models import Encounter, ReadingRemark, RequirementResult
from notecheck.read.coded import no_note_words
from notecheck.read.remarks import distinct, remark

NO_NOTE = "no-operative-note"


def has_note(encounter: Encounter) -> bool:
    """Whether any document is an operative note."""
    return any(document.type == "operative_note" for document in encounter.documents)


def reading_remarks(encounter: Encounter) -> tuple[ReadingRemark, ...]:
    """What could not be read, and first of all that no operative note was recognised, if none was.

    What is then missing in the note is not for its surgeon to mend.
    """
    if has_note(encounter):
        return encounter.reading
    kinds = ", ".join(sorted({document.type for document in encounter.documents}))
    count = len(encounter.documents)
    none = remark(
        "operative note", NO_NOTE,
        f"no operative note was recognised among the {count} "
        f"document{'s' if count > 1 else ''} ({kinds}), so what is missing below says nothing "
        "about the note: send it, or map the site's own code for it",
    )  # fmt: skip
    return distinct((none, *encounter.reading))


def without_note(
    encounter: Encounter, results: Iterable[RequirementResult]
) -> tuple[RequirementResult, ...]:
    """The results, of which the `missing` ones say so where there is no operative note."""
    if has_note(encounter):
        return tuple(results)
    words = no_note_words()
    return tuple(
        result.model_copy(update={"message": words.message})
        if result.status == "missing" and result.id not in words.keep
        else result
        for result in results
    )
