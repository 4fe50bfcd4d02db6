"""The pattern language of `patterns/`, and its translation into regular expressions.

A pattern, of what no list of words can hold, is a regular expression over lower-case text with
two additions:

* a blank matches any run of blanks, line breaks and hyphens, so that `above knee` also reads
  "above-knee" and a phrase broken over two lines (` ?` is a run that may be empty);
* `{name}` stands for the lexicon's entry of that name.

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
_BLANK_IN_CLASS = re.compile(r"(?<!\\)\[[^\]]* [^\]]*\]")
_MACRO = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_LOOK_BEHIND = re.compile(r"\(\?<[!=]")
_PARENTHESIS = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|[()]")  # one escaped or in a class counts not
_ONE_BLANK = r"[\s\-]"
AGAIN = "__"


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


def translate(source: str, lexicon: Mapping[str, str]) -> str:
    """Turn a pattern into the text of a regular expression.

    Raises RulesError for a blank inside a character class, which could not mean a run of blanks.
    """
    plain = " ".join(expand(source, lexicon).split())
    if _BLANK_IN_CLASS.search(plain):
        raise RulesError("a blank stands inside [...]: write \\s there")
    body = _OPTIONAL_BLANK.sub(_ANY_BLANK, _fixed_look_behind(plain)).replace(" ", _BLANK)
    return _distinct_names(rf"(?<![a-z0-9])(?:{body})(?![a-z0-9])")


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
