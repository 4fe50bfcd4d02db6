"""A reader is made to stand by once: every reader that reads keeps a pipeline of its own."""

from __future__ import annotations

from notecheck.reader.choice import chosen_model
from notecheck.train.fuse import standing_by


def test_a_reader_that_stands_by_is_made_once_and_changes_nothing() -> None:
    reader = chosen_model()
    assert reader is not None
    found = standing_by(reader)
    assert standing_by(reader) is found
    fact, value = reader.values[0]
    assert found.fusion.accepts(fact, value, told=True, score=0.001)
    assert not found.fusion.accepts(fact, value, told=False, score=0.999)
    assert reader.fusion != found.fusion
