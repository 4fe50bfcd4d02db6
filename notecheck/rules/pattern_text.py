"""The pattern language of `patterns/`, and its translation into regular expressions.

A pattern is a regular expression over lower-case text with four additions:

* a blank matches any run of blanks, line breaks and hyphens, so that `above knee` also reads
  "above-knee" and a phrase broken over two lines (` ?` is a run that may be empty);
* `{name}` stands for the lexicon's entry of that name;
* `\\S+`, or `[^\\s;]+` with stops that it must not hold, is a word of any kind, hyphens within it
  allowed; hyphens alone are no word, or a ruled line could be words in millions of ways;
* `<5>` between two blanks stands for up to five words of any kind, but never for a word that
  turns the meaning round (not, without, if, would, ...), nor past a semicolon or a check box.

Every pattern matches whole words only. A look-behind may hold alternatives of different lengths.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from re import _parser as parser  # type: ignore[attr-defined]  # typeshed leaves it out

from notecheck.errors import RulesError

_BLANK = r"[\s\-]+"
_ANY_BLANK = "[\\\\s\\\\-]*"
_OPTIONAL_BLANK = re.compile(" [?*]")
_AFTER_WORD = r"[,:.)\"']{0,2}"
_TURNS_MEANING = (
    "not|never|without|nor|no|none|if|unless|would|should|could|may|might|but|cannot|neither"
)
_ANY_WORD = re.compile(r"\\S\+|\[\^\\s([;.,]*)\]\+")
_BLANK_IN_CLASS = re.compile(r"(?<!\\)\[[^\]]* [^\]]*\]")
_MACRO = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_GAP = re.compile(r" ?<(\d+)> ?")
_LOOK_BEHIND = re.compile(r"\(\?<[!=]")
_PARENTHESIS = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|[()]")  # one escaped or in a class counts not
_ONE_BLANK = r"[\s\-]"
AGAIN = "__"
_CHECK_BOX = r"[(\[][x ]?[)\]]"  # what is ticked and what not are two statements
_UNTURNED = rf"(?!(?:{_TURNS_MEANING})\b|{_CHECK_BOX})"


def _part(stops: str) -> str:
    return rf"[^\s\-{stops}]+"


def _any_word(stops: str = "") -> str:
    """A word that holds no `stops`, with up to three hyphens between its parts."""
    part = _part(stops)
    return rf"(?:{part}(?:-+{part}){{0,3}})"


def _gap(most: int) -> str:
    """Up to `most` words, and then the first parts of one with hyphens."""
    part = _part(";")
    whole = rf"{_UNTURNED}{part}(?:-+{part})*-*\s[\s\-]*"
    return (
        rf"(?:{_AFTER_WORD}{_BLANK}|(?<=[\s\-]))"
        rf"(?:{whole}){{0,{most}}}?(?:{_UNTURNED}{part}-+){{0,3}}?"
    )


def expand(source: str, lexicon: Mapping[str, str], _trail: tuple[str, ...] = ()) -> str:
    """Replace every `{name}` in `source` by the lexicon's entry, entries within entries too.

    Raises RulesError for an unknown name and for an entry that contains itself.
    """

    def entry(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in lexicon:
            raise RulesError(f"the lexicon has no entry {{{name}}}")
        if name in _trail:
            raise RulesError(f"the lexicon's entry {{{name}}} contains itself")
        return f"(?:{expand(lexicon[name], lexicon, (*_trail, name))})"

    return _MACRO.sub(entry, source)


def translate(source: str, lexicon: Mapping[str, str], *, whole_words: bool = True) -> str:
    """Turn a pattern into the text of a regular expression.

    `whole_words` is what a pattern matches; a part of a pattern may match parts of them.
    Raises RulesError for a blank inside a character class, which could not mean a run of blanks.
    """
    plain = " ".join(expand(source, lexicon).split())
    if _BLANK_IN_CLASS.search(plain):
        raise RulesError("a blank stands inside [...]: write \\s there")
    plain = _ANY_WORD.sub(lambda word: _any_word(word[1] or ""), plain)
    parts = _GAP.split(_fixed_look_behind(plain))
    gaps = [_gap(int(n)) for n in parts[1::2]]
    texts = [_OPTIONAL_BLANK.sub(_ANY_BLANK, part).replace(" ", _BLANK) for part in parts[0::2]]
    body = texts[0] + "".join(gap + text for gap, text in zip(gaps, texts[1:], strict=True))
    return _distinct_names(rf"(?<![a-z0-9])(?:{body})(?![a-z0-9])" if whole_words else body)


def _fixed_look_behind(expression: str) -> str:
    """Make look-behinds of fixed width: one for each alternative, a blank being one character."""
    parts: list[str] = []
    done = 0
    for opening in _LOOK_BEHIND.finditer(expression):
        if opening.start() < done:
            continue
        end = _closing(expression, opening.end())
        alternatives = _alternatives(expression[opening.end() : end])
        if any(len(set(_widths(one))) > 1 for one in alternatives):
            raise RulesError("a look-behind holds an optional or repeated part")
        looks = [opening[0] + one.replace(" ", _ONE_BLANK) + ")" for one in alternatives]
        whole = "".join(looks) if opening[0] == "(?<!" else f"(?:{'|'.join(looks)})"
        parts += [expression[done : opening.start()], whole]
        done = end + 1
    return "".join([*parts, expression[done:]])


def _widths(expression: str) -> tuple[int, int]:
    """The fewest and the most characters that `expression` matches."""
    try:
        fewest, most = parser.parse(expression.replace(" ", _ONE_BLANK)).getwidth()
        return int(fewest), int(most)
    except re.error as error:
        raise RulesError(f"a look-behind is no regular expression: {error.msg}") from None


def _closing(expression: str, start: int) -> int:
    """Where the group closes whose inside begins at `start`."""
    depth = 1
    for match in _PARENTHESIS.finditer(expression, start):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            return match.start()
    raise RulesError("a look-behind is not closed")


def _alternatives(inside: str) -> list[str]:
    depth, found = 0, [""]
    for character in inside:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += character
    return found


def _distinct_names(expression: str) -> str:
    """Give a group's name a suffix where the name stands again in the same pattern."""
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        name = match[1]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}>" if seen[name] == 1 else f"(?P<{name}{AGAIN}{seen[name]}>"

    return re.sub(r"\(\?P<(\w+)>", rename, expression)
