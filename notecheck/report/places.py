"""Where in an encounter the words of a report stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from notecheck.models import Encounter, Evidence
from notecheck.report.lines import LineIndex

_PARAGRAPH = 400  # characters: a longer line is dictation without line ends
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2})[.!?]\s+(?=\W*[A-Z])")


@dataclass(frozen=True)
class Place:
    """A document by its number in the encounter (from 0), and the lines (from 1) in it.

    `page` is the page on which the words begin, where the document's pages are known. `column`
    (from 1) is where the words begin in their line, `end_column` the one after their end in the
    last line, `sentence` (from 1) which sentence of it that is, for a line so long that it is a
    paragraph.
    """

    document: int
    doc_id: str
    first_line: int
    last_line: int
    page: int | None = None
    column: int = 1
    end_column: int = 1
    sentence: int | None = None

    @property
    def lines(self) -> str:
        """The line number, or the first and last one: `14`, `14-16`."""
        if self.first_line == self.last_line:
            return str(self.first_line)
        return f"{self.first_line}-{self.last_line}"

    @property
    def position(self) -> str:
        """The lines in the whole text, with the page where it is known: `14`, `40-41 p2`."""
        return self.lines if self.page is None else f"{self.lines} p{self.page}"

    def __str__(self) -> str:
        return f"{self.doc_id}:{self.position}"


class Places:
    """Finds the places of evidence in one encounter."""

    def __init__(self, encounter: Encounter) -> None:
        self._documents = {
            document.doc_id: (number, document.text, LineIndex(document.text))
            for number, document in enumerate(encounter.documents)
        }

    def of(self, evidence: Evidence) -> Place:
        """The place of `evidence`, whose words may have been left out.

        Raises ValueError when the encounter does not hold these words there, which means
        that the report belongs to another encounter.
        """
        number, text, lines = self._documents.get(evidence.doc_id, (0, "", None))
        words = text[evidence.start : evidence.end]
        if lines is None or not words or evidence.text not in ("", words):
            raise ValueError(
                f"evidence {evidence.doc_id}[{evidence.start}:{evidence.end}] is not in the "
                "encounter; give the encounter that the report was made from"
            )
        first, last = lines.line(evidence.start), lines.line(evidence.end - 1)
        begin = lines.starts[first - 1]
        line = text[begin : lines.starts[first] if first < len(lines.starts) else len(text)]
        column = evidence.start - begin
        return Place(
            number,
            evidence.doc_id,
            first,
            last,
            evidence.page,
            column + 1,
            evidence.end - lines.starts[last - 1] + 1,
            len(_SENTENCE_END.findall(line[: column + 1])) + 1 if len(line) > _PARAGRAPH else None,
        )


def distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Each stretch of words once, however many rules found it, in the order given."""
    return list({(item.doc_id, item.start, item.end): item for item in evidence}.values())
