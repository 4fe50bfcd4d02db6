"""The table of levels and codes."""

from typing import get_args

from notecheck.models import Level, SupportedCodeValue
from notecheck.timeline.levels import level_of_code, levels, proximality


def test_every_level_of_the_contract_stands_in_the_table_once():
    assert set(levels()) == set(get_args(Level))
    assert len(proximality()) == len(set(proximality()))


def test_every_code_belongs_to_one_level():
    for code in set(get_args(SupportedCodeValue)) - {"none"}:
        assert level_of_code(code) is not None, code
    codes = [code for record in levels().values() for code in record.codes]
    assert len(codes) == len(set(codes))


def test_a_code_of_another_region_has_no_level():
    assert level_of_code("24900") is None
