"""The words without which no chart is read, as `patterns/screen` and the site list them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from notecheck.rules.file_models import SpellingFile
from notecheck.rules.toml_file import load_toml

_FAMILY = Path("screen", "family.toml")
_SPELLING = Path("lexicon", "spelling.toml")


class FamilyFile(BaseModel):
    """`parts` may stand anywhere within a word; `phrases` are words in a row.

    `heard` are words with such a part; a slip that sounds as one of them counts as the word.
    `message` is said of each requirement of a chart that was not read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: str = ""
    parts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @cached_property
    def _whole(self) -> frozenset[str]:
        words = (word for phrase in self.phrases for word in phrase.split())
        return frozenset((*self.words, *self.heard, *words))

    def names(self, word: str) -> bool:
        """Whether a word, in lower case, is one of the family or of its phrases."""
        return word in self._whole or any(part in word for part in self.parts)


def family(root: Path, site: Path | None) -> tuple[FamilyFile, SpellingFile]:
    """The words and the slips, ours with the site's. Raises RulesError for a file that is wrong."""
    ours = load_toml(root / _FAMILY, FamilyFile)
    spelling = load_toml(root / _SPELLING, SpellingFile)
    if site and (site / _FAMILY).is_file():
        added = load_toml(site / _FAMILY, FamilyFile)
        ours = FamilyFile(
            message=added.message or ours.message,
            parts=(*ours.parts, *added.parts),
            words=(*ours.words, *added.words),
            heard=(*ours.heard, *added.heard),
            phrases=(*ours.phrases, *added.phrases),
        )
    if site and (site / _SPELLING).is_file():
        spelling = spelling.with_more(load_toml(site / _SPELLING, SpellingFile))
    return ours, spelling
