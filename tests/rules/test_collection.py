"""The garbage collector goes on afterwards as it did before."""

from __future__ import annotations

import gc

import pytest

from notecheck.rules.collection import without_collection


def test_it_collects_again_even_after_a_fault() -> None:
    frozen = gc.get_freeze_count()  # by Python itself: 3.12 does so at its start
    with pytest.raises(ValueError, match="fault"), without_collection():
        assert not gc.isenabled()
        raise ValueError("fault")
    assert gc.isenabled()
    assert gc.get_freeze_count() == frozen


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_mass_is_given_to_the_oldest_and_a_few_are_not() -> None:
    gc.collect()
    with without_collection():
        few = [[] for _ in range(100)]
    assert any(one is few for one in gc.get_objects(0))
    with without_collection():
        mass = [[] for _ in range(30_000)]
    assert any(one is mass for one in gc.get_objects(2))
    assert gc.get_freeze_count() == 0


def test_what_a_program_has_frozen_stays_frozen() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with without_collection():
            mass = [[] for _ in range(30_000)]
        assert gc.get_freeze_count() == frozen
        assert mass
    finally:
        gc.unfreeze()
