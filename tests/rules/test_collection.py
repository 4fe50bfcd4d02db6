"""The garbage collector goes on afterwards as it did before."""

from __future__ import annotations

import gc

import pytest

from notecheck.rules.collection import without_collection


def test_it_collects_again_even_after_a_fault() -> None:
    with pytest.raises(ValueError, match="fault"), without_collection():
        assert not gc.isenabled()
        raise ValueError("fault")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
