"""The files of rules that are one record: the lexicon, spelling, verbs, what is left out."""

from __future__ import annotations

from notecheck.rules.model import Folded, RuleRecord


class LexiconFile(RuleRecord):
    """Named pattern fragments: a term and all the ways to say, spell or mishear it.

    `lists` are words that stand in other files (see `notecheck.rules.named_lists`), each by the
    name by which terms and word lists take them in.
    """

    lists: dict[str, tuple[str, ...]] = {}
    terms: dict[str, Folded] = {}


class FuzzyWords(RuleRecord):
    """Words of which a word one slip away is taken to be one."""

    words: tuple[str, ...]


class SpellingFile(RuleRecord):
    """Slips of dictation and of the machines that write it down; see `pipeline.repair`.

    `alike` are names and spellings of one thing, each with the one that stands for all; before
    `units` letters that look like figures are figures.
    """

    everyday: tuple[str, ...] = ()
    misheard: dict[str, str] = {}
    units: tuple[str, ...] = ()
    alike: dict[str, str] = {}
    fuzzy: tuple[FuzzyWords, ...] = ()

    @property
    def read_as(self) -> dict[str, str]:
        """What stands in the place of each slip, name or spelling."""
        return self.misheard | self.alike

    def with_more(self, site: SpellingFile) -> SpellingFile:
        """Ours with those of a site, which hold where both tell what a slip stands for."""
        return SpellingFile(
            everyday=(*self.everyday, *site.everyday),
            misheard=self.misheard | site.misheard,
            units=(*self.units, *site.units),
            alike=self.alike | site.alike,
            fuzzy=(*self.fuzzy, *site.fuzzy),
        )


class IrregularFile(RuleRecord):
    """The past tenses and participles that do not end in "-ed", by their verb."""

    irregular: dict[str, tuple[str, ...]]


class DisableFile(RuleRecord):
    """The ids of our rules that a site does without."""

    disable: tuple[str, ...]
