"""Every visit of a busy feed ends with its own documents and charges."""

import pytest

from .feed import feed, wrong


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_visit_ends_with_its_own_documents_and_charges(seed: int) -> None:
    data, made = feed(600, 120, seed)
    assert wrong(data, made) == {}


def test_a_mixed_up_visit_would_be_seen() -> None:
    data, made = feed(200, 40)
    made[0].texts["x"] = "a text that never came"
    assert wrong(data, made) == {"documents": 1}
