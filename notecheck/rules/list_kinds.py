"""Which kinds of word lists a frame can be read with: one of another kind would say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notecheck.rules.findings import Finding
from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.read import Placed, RuleFolder
from notecheck.rules.word_lists import BESIDE_PHRASES, LISTS, PLACES

_HELD = {"phrase": "phrases", "entity": "patterns", "compound": "pairs of lists"}
_NO_WORDS = frozenset({"phrase", "entity"})
_SINGLE_WORDS = ("not_between", "until")
_INSTEAD = "write its words into a list of kind `word`"
Words = Mapping[str, Placed[TermRecord]]


def kind_findings(folder: RuleFolder) -> Iterator[Finding]:
    """The lists of a folder that are of a kind for which those that name them have no use."""
    for frame_id, frame in folder.frames.items():
        of_frame = _spoken if frame.record.phrases else _of_clauses
        for fault in of_frame(frame.record, folder.words):
            yield Finding(frame.place, frame_id, fault)
    for name, term in folder.words.items():
        if term.record.kind == "compound":
            paired = dict.fromkeys(name for pair in term.record.words for name in pair.split())
            for one in paired:
                if kind_of(one, folder.words) in _NO_WORDS:
                    what = f"`{one}` is a list of {held_by(one, folder.words)}"
                    fault = f"{what}, and a compound pairs lists of words: {_INSTEAD}"
                    yield Finding(term.place, name, fault)


def kind_of(name: str, words: Words) -> str | None:
    """The kind of the list of this name; None where there is none."""
    return words[name].record.kind if name in words else None


def held_by(name: str, words: Words) -> str:
    """What a list holds, as one would say it."""
    return _HELD.get(kind_of(name, words) or "", "words")


def _of_clauses(record: FrameRecord, words: Words) -> Iterator[str]:
    """A clause is read word by word: a phrase or a pattern would never be found in it."""
    named = [(key, name) for key in LISTS for name in getattr(record, key)]
    named += [(key, text.rpartition(" ")[2]) for key in PLACES for text in getattr(record, key)]
    named += [("each", name) for name in record.each.values()]
    for key, name in named:
        if kind_of(name, words) in _NO_WORDS:
            yield (
                f"`{key}`: `{name}` is a list of {held_by(name, words)}, which no clause is read "
                f"with: {_INSTEAD}, or make the frame one of `phrases`"
            )


def _spoken(record: FrameRecord, words: Words) -> Iterator[str]:
    for key in BESIDE_PHRASES:
        useless = {*_NO_WORDS, "compound"} if key in _SINGLE_WORDS else {"compound"}
        for name in getattr(record, key):
            if kind_of(name, words) in useless:
                what = f"`{key}`: `{name}` is a list of {held_by(name, words)}"
                yield f"{what}, and no list of single words: {_INSTEAD}"
