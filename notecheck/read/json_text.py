"""JSON text -> Python values, strictly: what two readers could take differently is refused."""

from __future__ import annotations

import json
from typing import NoReturn

from notecheck.errors import JsonError


class _DuplicateKeyError(ValueError):
    pass


class _NotANumberError(ValueError):
    pass


def parse_json(text: str, *, line: int = 1) -> object:
    """The one JSON value of `text`, which begins at line `line` of its file.

    Raises InputError, with line and column (both from 1) of a syntax error; also for a key
    given twice, NaN or Infinity, numbers without end and nesting without end.
    """
    try:
        value: object = json.loads(
            text, object_pairs_hook=_object_without_duplicates, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        at = f"line {line + error.lineno - 1}, column {error.colno}"
        if error.msg == "Extra data":
            raise JsonError(
                f"a second JSON value begins at {at}: one encounter a line belongs in a .jsonl file"
            ) from None
        raise JsonError(f"this is not valid JSON at {at}: {error.msg}") from None
    except _DuplicateKeyError:
        raise JsonError("a JSON object has the same key twice: give each key once") from None
    except _NotANumberError:
        raise JsonError("NaN and Infinity are not JSON: give a number or null") from None
    except RecursionError:
        raise JsonError("the JSON is nested too deeply to be an encounter") from None
    except ValueError:  # Python refuses to read integers of thousands of digits
        raise JsonError("a number in the JSON has too many digits") from None
    return value


def _object_without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _DuplicateKeyError
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _NotANumberError
