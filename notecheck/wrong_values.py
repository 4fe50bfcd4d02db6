"""What pydantic finds wrong with values, in one set of words for every file, request and option.

A message names the place and what is allowed there, never what the input holds.
"""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_PROBLEMS = {
    "missing": "is missing",
    "extra_forbidden": "is an unknown key",
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "is not of the form that is asked for here",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "frozen_set_type": "must be a list",
    "too_short": "must have at least one item",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
    "literal_error": "has an unknown value: allowed are {expected}",
    "value_error": "is wrong: {error}",  # raised by our own validators, in our own words
    "json_invalid": "is not JSON",
}
_OTHERWISE = "has a value that cannot be used here"


def sentence(error: ValidationError, otherwise: str = _OTHERWISE) -> str:
    """The first fault with its place: "`lines[0].units` must be a whole number"."""
    return placed(error.errors(include_input=False, include_url=False)[0], otherwise)


def placed(problem: ErrorDetails, otherwise: str = _OTHERWISE) -> str:
    """One fault with its place; `otherwise` is said of a kind of fault that has no words here."""
    place = path(problem["loc"])
    return f"`{place}` {fault(problem, otherwise)}" if place else fault(problem, otherwise)


def fault(problem: ErrorDetails, otherwise: str = _OTHERWISE) -> str:
    """One fault without its place: "must be a whole number"."""
    return _PROBLEMS.get(problem["type"], otherwise).format(**problem.get("ctx", {}))


def path(location: tuple[int | str, ...]) -> str:
    """A place among keys and items as a program writes it: `documents[1].type`."""
    found = ""
    for step in location:
        found += f"[{step}]" if isinstance(step, int) else f".{step}"
    return found.lstrip(".")
