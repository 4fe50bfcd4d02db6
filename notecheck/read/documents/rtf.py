"""RTF -> text as the reader of the page sees it: nothing hidden, struck out or deleted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from notecheck.errors import DocumentError
from notecheck.models import ReadingRemark
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.limits import MAX_NOTE, megabytes
from notecheck.read.remarks import distinct, picture, remark

# Pictures and embedded objects are long runs of hex digits; no note has a word of this length.
_HEX_RUN = re.compile(rb"(?:[0-9a-fA-F]{2}[\r\n]*){500,}")
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|"
    r"[\r\n\x00]+|([^\\{}\r\n\x00]+)"
)
# Binary data stands between the other bytes, so many as its word tells.
_BINARY = re.compile(rb"(?<!\\)(?:\\\\)*\\bin(\d{1,9}) ?")
_DEEPEST = 2_000
# Destinations that are no text of the note; one that is not known is skipped by its `\*`.
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet info pict objdata themedata datastore generator listtable "
    "listoverridetable revtbl rsidtbl filetbl xmlnstbl mmathPr pgptbl latentstyles fldinst "
    "bkmkstart bkmkend atnid atnauthor atntime atnicn atnref atndate atnparent atrfstart atrfend "
    "annotation template userprops docvar colorschememapping fchars lchars pntxta pntxtb "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn xe tc tcn sv sn sp formfield ffname "
    "nonshppict".split()
)
# Unknown destinations whose text is shown all the same, though they are marked with `\*`.
_SHOWN = frozenset("shptxt shpinst shp shptext shppict fldrslt dptxbxtext footnote".split())
_PAGE_PARTS = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "bullet": "\u2022", "endash": "\u2013", "emdash": "\u2014",
    "enspace": " ", "emspace": " ", "qmspace": " ", "cell": "\t", "nestcell": "\t",
}  # fmt: skip
_PARAGRAPHS = frozenset({"par", "row", "nestrow", "sect", "page"})
_SYMBOLS = {
    "~": "\u00a0",
    "_": "-",
    "-": "",
    "\\": "\\",
    "{": "{",
    "}": "}",
    "\t": "\t",
    "\n": "\n",
    "\r": "\n",
}
_REMARKS = {
    "annotation": remark("comment", "comment", "a comment beside the text is no part of the note"),
    "pict": picture("picture"),
    "objdata": remark("embedded object", "object", "files embedded in it are not read"),
}
_HIDING = frozenset({"strike", "striked", "v", "deleted", "mvf"})  # `mvf`: moved from here
_STYLES = frozenset({"s", "cs"})  # of a paragraph, of characters
_TABLES = frozenset({"fonttbl", "stylesheet"})
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within one group: whether its text is skipped, hidden, and how it is coded."""

    skipped: bool = False
    hiding: frozenset[str] = frozenset()
    hiding_paragraph: frozenset[str] = frozenset()
    unicode_skip: int = 1
    codec: str = ""
    begins: bool = True
    marked: bool = False
    footnote: bool = False
    table: str = ""
    in_two_forms: bool = False
    page_part: bool = False


@dataclass(slots=True)
class _Reader:
    codec: str = "cp1252"
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    styles: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    style: tuple[str, int] = ("s", 0)
    to_skip: int = 0
    high: int = 0
    remarks: list[ReadingRemark] = field(default_factory=list)

    def read(self, source: str) -> str:
        for token in _TOKEN.finditer(source):
            word, number, hexed, symbol, brace, plain = token.groups()
            if hexed:
                self._byte(int(hexed, 16))
                continue
            self._flush()
            if brace == "{":
                self.stack.append(self.state)
                if len(self.stack) > _DEEPEST:
                    raise DocumentError("the RTF document is nested too deeply to be read in full")
                # Of words in two forms the first is for readers without Unicode.
                skipped = self.state.skipped or self.state.in_two_forms
                self.state = replace(self.state, begins=True, marked=False, skipped=skipped)
            elif brace == "}":
                self._close()
            elif word:
                self._word(word, int(number) if number else None)
            elif symbol == "*":
                self.state = replace(self.state, marked=True)
            elif symbol is not None:
                self._put(_SYMBOLS.get(symbol, ""))
            elif plain:
                self._plain(plain)
        self._flush()
        self._end_paragraph("")
        return "".join(self.text)

    def _close(self) -> None:
        if self.stack:
            ended, self.state = self.state, self.stack.pop()
            if ended.page_part and not self.state.page_part and self.text:
                self.text.append("" if self.text[-1].endswith("\n") else "\n")

    def _word(self, word: str, number: int | None) -> None:
        state = self.state
        if state.begins:
            self.state = state = replace(state, begins=False)
            known = word in _SHOWN
            if word == "ud" and self.stack[-1].in_two_forms:
                shown = self.stack[-1].skipped
                self.state = replace(state, skipped=shown, in_two_forms=False)
                return
            if word == "upr":
                self.state = replace(state, in_two_forms=True)
                return
            if word in _SKIPPED or (state.marked and not known):
                if word in _REMARKS and not self._silent():
                    self.remarks.append(_REMARKS[word])
                self.state = replace(
                    state, skipped=True, table=word if word in _TABLES else state.table
                )
                if word in _STYLES:
                    self._style(word, number)
                return
            if word in _PAGE_PARTS:
                self.state = replace(state, page_part=True)
                return
            if word == "footnote":
                self.state = replace(state, footnote=True)
                return
        if word == "u" and number is not None:
            self._unicode(number)
        elif word == "uc":
            self.state = replace(state, unicode_skip=max(0, number if number is not None else 1))
        elif word in _STYLES:
            self._style(word, number)
        elif word in _HIDING:
            self._hide(word, on=number != 0)
        elif word == "plain":
            self.state = replace(state, hiding=state.hiding & {"deleted"})
        elif word == "pard":
            self.state = replace(state, hiding_paragraph=frozenset())
        elif word == "ansicpg" and number:
            self.codec = _known_codec(f"cp{number}") or self.codec
        elif word in ("mac", "pc", "pca"):
            self.codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "f" and number is not None:
            self.font = number if state.table == "fonttbl" else self.font
            self.state = replace(self.state, codec=self.fonts.get(number, ""))
        elif word == "fcharset" and number is not None and state.table == "fonttbl":
            self.fonts[self.font] = _CHARSETS.get(number, "") if number else ""
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif word in _PARAGRAPHS:
            self._end_paragraph("\n")

    def _style(self, word: str, number: int | None) -> None:
        """A style is told of in the table of styles, and holds for what names it elsewhere."""
        style = (word, number or 0)
        hiding = self.styles.get(style, frozenset())
        if self.state.table == "stylesheet":
            self.style = style
        elif word == "s":
            self.state = replace(self.state, hiding_paragraph=hiding)
        else:
            self.state = replace(self.state, hiding=self.state.hiding | hiding)

    def _hide(self, word: str, *, on: bool) -> None:
        state = self.state
        if state.table == "stylesheet":
            hiding = self.styles.get(self.style, frozenset())
            self.styles[self.style] = hiding | {word} if on else hiding - {word}
        elif on:
            self.state = replace(state, hiding=state.hiding | {word})
        else:
            self.state = replace(
                state,
                hiding=state.hiding - {word},
                hiding_paragraph=state.hiding_paragraph - {word},
            )

    def _byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif not self._silent():
            self.raw.append(value)
        self.state = replace(self.state, begins=False) if self.state.begins else self.state

    def _flush(self) -> None:
        """Bytes of one character may come one by one, so they wait for all of them."""
        if self.raw:
            data, self.raw = bytes(self.raw), bytearray()
            self._put(data.decode(self.state.codec or self.codec, "replace"))

    def _unicode(self, number: int) -> None:
        code = number % 65536
        self.to_skip = self.state.unicode_skip
        if 0xD800 <= code < 0xDC00:
            self.high = code
            return
        if 0xDC00 <= code < 0xE000:
            if not self.high:
                return
            code = 0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00)
        self.high = 0
        self._emit(chr(code))

    def _plain(self, text: str) -> None:
        skipped = min(self.to_skip, len(text))
        self.to_skip -= skipped
        self.state = replace(self.state, begins=False) if self.state.begins else self.state
        self._emit(text[skipped:])

    def _put(self, text: str) -> None:
        if self.to_skip and text:
            self.to_skip -= 1
            return
        self._emit(text)

    def _emit(self, text: str) -> None:
        if text and not self._silent():
            (self.note if self.state.footnote else self.text).append(text)

    def _silent(self) -> bool:
        state = self.state
        return state.skipped or bool(state.hiding or state.hiding_paragraph)

    def _end_paragraph(self, end: str) -> None:
        """A footnote stands behind the paragraph that it belongs to."""
        if self.state.skipped or "deleted" in self.state.hiding:
            return
        if self.state.footnote:
            self.note.append(" ")
            return
        note = "".join(self.note).strip()
        self.note = []
        if note:
            self.text.append(f"\n{note}")
        self.text.append(end)


def rtf_text(data: bytes) -> DocumentText:
    """The text of an RTF document with its footnotes, each behind its paragraph.

    Headers and footers stand where the file has them, before the text of their section. Left out
    are pictures, what is hidden, struck out or deleted, and comments, which are a remark. Raises
    InputError when it is too large or damaged, or has no text.
    """
    data = _HEX_RUN.sub(b"", _without_binary(data))
    if len(data) > MAX_NOTE:
        raise DocumentError(f"the RTF document has more than {megabytes(MAX_NOTE)} of text")
    if not data.rstrip(b"\x00 \r\n\t").endswith(b"}"):
        raise DocumentError("the RTF document is cut off: its last bracket is missing")
    # RTF is ASCII with escapes; other bytes are the writer's Windows characters, or UTF-8.
    reader = _Reader()
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError:
        source = data.decode("cp1252", "replace")
    text = reader.read(source.removeprefix("\ufeff"))
    if not text.strip():
        raise DocumentError("the RTF document has no text")
    return DocumentText(text, remarks=distinct(reader.remarks))


def _without_binary(data: bytes) -> bytes:
    """The document without the bytes of its pictures, which may look like words of RTF."""
    kept, place = [], 0
    while found := _BINARY.search(data, place):
        kept.append(data[place : found.start()])
        place = found.end() + int(found[1])
    return b"".join(kept) + data[place:]


def _known_codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8" if name == "cp65001" else None
