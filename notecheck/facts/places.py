"""The segments of the bone and the landmarks that go with today's cut.

A segment counts where it stands in the sentence of a cut, or beside one in the description, or in a
field of its own ("Level today: mid-thigh"). One in the title stands in where the description has
none; where the two differ, that is a conflict and the description is believed.
"""

from __future__ import annotations

from notecheck.facts.near_cut import NearCut
from notecheck.models import Evidence
from notecheck.timeline.chart import TITLE, Found, evidence, in_description
from notecheck.timeline.words import fact_words, holds_any

_NEAR = 1  # sentences between a cut and the place that goes with it


class Places(NearCut):
    """Where along the bone today's cut was made."""

    def segments(self, *, placed: bool) -> list[Found]:
        """Best first: with the cut, beside it, in a field, in the title.

        Where the skin was cut stands in for the place only when the cut is not `placed` by a length
        or a landmark.
        """
        told = self._told("segment")
        described = [
            f
            for f in told
            if in_description(f.mention)
            or f.mention.category in ("findings", "laterality")
            or self._distance(f) == 0
        ]
        with_cut = [f for f in described if self._distance(f) == 0]
        beside = [f for f in described if self._distance(f) == _NEAR and self._short(f)]
        fields = [f for f in described if self._is_field(f)]
        headings = [
            f
            for f in told
            if f.mention.category in (TITLE, "postoperative_diagnosis")
            and not self._of_old_stump(f)
        ]
        incised = [f for f in described if "field" in self._facts_beside(f)]
        alone = [f for f in described if not self._facts_beside(f) & {"indication", "prior"}]
        told = self._latest(with_cut) or fields or beside or headings
        return told or ([] if placed else incised or alone)

    def _latest(self, found: list[Found]) -> list[Found]:
        """The nearest to a cut's own words first; a junction of thirds is the exact place."""
        return sorted(found, key=lambda f: (not _at_junction(f), self._from_cut(f)))

    def _from_cut(self, found: Found) -> int:
        mention = found.mention
        return min(
            (
                max(mention.start - f.mention.end, f.mention.start - mention.end)
                for f in self._operation.cuts
                if f.mention.sentence.index == mention.sentence.index
            ),
            default=999,
        )

    def _short(self, found: Found) -> bool:
        """Beside a cut, a place counts if its sentence is about the bone and not the skin."""
        return not self._facts_beside(found) & {"field", "indication", "prior"}

    def _is_field(self, found: Found) -> bool:
        sentence = found.mention.sentence
        heading = found.document.normalized[sentence.section.start : sentence.section.body]
        return "level" in heading or found.document.sentence_text(sentence).startswith("level")

    @staticmethod
    def _of_old_stump(found: Found) -> bool:
        """Whether the heading's words name the stump as it was ("high AKA stump")."""
        mention = found.mention
        return any(
            m.fact == "prior"
            and m.start <= mention.start
            and mention.end <= m.end
            and "named_stump" in m.tells
            for m in found.document.beside(mention)
        )

    def conflict(self, segments: list[Found]) -> tuple[Evidence, ...]:
        """Title and description, or two sentences of the description, at different places."""
        if not segments:
            return ()
        chosen = segments[0]
        others = [
            f
            for f in self._told("segment")
            if f.mention.value != chosen.mention.value
            and (
                (
                    f.mention.category in (TITLE, "postoperative_diagnosis")
                    and not self._of_old_stump(f)
                )
                or (
                    in_description(f.mention)
                    and self._distance(f) == 0
                    and self._distance(chosen) == 0
                    and f.mention.sentence.index != chosen.mention.sentence.index
                )
            )
            and not _compatible(f, chosen)
        ]
        return evidence([chosen, *others]) if others else ()

    def landmarks(self) -> list[Found]:
        """Places with no number that a cut's own sentence names."""
        return [
            f
            for f in self._told("landmark")
            if in_description(f.mention) and self._distance(f) == 0
        ]


def _at_junction(found: Found) -> bool:
    words = found.document.words(found.mention)
    return all(holds_any(words, group) for group in fact_words().junction.values())


def _compatible(a: Found, b: Found) -> bool:
    """Places that may be one and the same: the more exact word lies within the other's third."""
    within = fact_words().within
    first, second = a.mention.value, b.mention.value
    return within.get(first) == second or within.get(second) == first
