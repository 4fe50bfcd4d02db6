"""medspaCy's matcher of cues, which keeps those that are heard."""

from __future__ import annotations

from medspacy.common.medspacy_matcher import MedspacyMatcher
from spacy.language import Language
from spacy.tokens import Doc

from notecheck.pipeline.cue_overlaps import heard


class CueMatcher(MedspacyMatcher):  # type: ignore[misc]  # medspaCy tells no types
    """It prunes by `notecheck.pipeline.cue_overlaps`; its rules tell their `CueRule`."""

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(nlp, name, prune=False)
        self._strings = nlp.vocab.strings

    def __call__(self, doc: Doc) -> list[tuple[int, int, int]]:
        """The cues of a text, each (its rule, first token, one after its last), in order."""
        found = []
        names = {}
        for name, first, last in super().__call__(doc):
            cue = self.rule_map[self._strings[name]].metadata["cue"]
            names[cue.literal] = name
            found.append((cue, first, last))
        return [(names[cue.literal], first, last) for cue, first, last in heard(found)]
