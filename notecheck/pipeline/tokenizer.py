"""Cuts a note into tokens, in time that grows with the note's length alone.

spaCy's own tokenizer takes time by the square of a run without blanks (explosion/spaCy#14020), as
a hostile or broken note can hold, and on ordinary notes four times as long. It also keeps a full
stop within a word ("stump.The"), where a sentence or a mention may begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from notecheck.pipeline.tokens import TOKEN

TOKENIZER = "notecheck.tokenizer"  # its name in a pipeline's configuration
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class NoteTokenizer:
    """Makes a `Doc` of any text; the text of the `Doc` is the text as given.

    Half a character (a lone surrogate), which spaCy cannot store, becomes a replacement mark.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        if not text.isascii():
            text = _LONE_SURROGATE.sub("\ufffd", text)
        words: list[str] = []
        spaces: list[bool] = []
        for word, space in TOKEN.findall(text):
            words.append(word)
            spaces.append(space == " ")
        return Doc(self.vocab, words=words, spaces=spaces)

    # A pipeline that is stored asks its tokenizer to store itself: there is nothing to store.
    def to_bytes(self, **_: object) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> NoteTokenizer:
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        return None

    def from_disk(self, _path: object, **_: object) -> NoteTokenizer:
        return self


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]  # spaCy's
def make() -> Callable[[Language], NoteTokenizer]:
    """The tokenizer for a pipeline."""
    return lambda nlp: NoteTokenizer(nlp.vocab)
