import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.errors import InputError
from notecheck.read.json_text import parse_json

NOT_JSON = "this is not valid JSON at "
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n "b" 2}', NOT_JSON + "line 2, column 6: Expecting ':' delimiter"),
        ('{"a": "x', NOT_JSON + "line 1, column 7: Unterminated string starting at"),
        ('{"a": "x\ny"}', NOT_JSON + "line 1, column 9: Invalid control character at"),
        ('{"a": 1}\n{"a": 2}', "a second JSON value begins at line 2, column 1: one encounter a "
         "line belongs in a .jsonl file"),
        ('{"a": {"b": 1, "b": 2}}', "a JSON object has the same key twice: give each key once"),
        ('{"a": NaN}', "NaN and Infinity are not JSON: give a number or null"),
        ('{"a": -Infinity}', "NaN and Infinity are not JSON: give a number or null"),
        ("[" * 100_000, "the JSON is nested too deeply to be an encounter"),
        ('{"a": ' * 50_000, "the JSON is nested too deeply to be an encounter"),
        ("1" * 10_000, "a number in the JSON has too many digits"),
    ],
    ids=lambda value: value[:20],
)  # fmt: skip
def test_what_is_wrong_is_told(text: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_json(text)
    assert refused.value.message == message


def test_a_line_of_a_file_is_told_by_its_number_there() -> None:
    with pytest.raises(InputError, match="at line 7, column 2"):
        parse_json("{", line=7)


@given(VALUES)
def test_what_json_writes_is_read_back(value: object) -> None:
    assert parse_json(json.dumps(value)) == value


@given(st.text() | st.text(st.sampled_from('{}[]",:\\u0d8 1eE-.tnN\n')))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        parse_json(text)
    except InputError as refused:
        assert "\n" not in refused.message
