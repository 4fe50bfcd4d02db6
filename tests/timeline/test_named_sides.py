"""The side nearest to a statement is found by place as it is by a look at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.pipeline.section import Section
from notecheck.timeline.named_sides import NamedSides
from notecheck.timeline.sign_places import SignPlaces

_WHOLE = Sentence(0, 0, 100, Section(0, 0, 100, None))
_PLACE = st.tuples(st.integers(0, 40), st.integers(1, 6)).map(lambda told: (told[0], sum(told)))
_SIDES = st.lists(st.tuples(_PLACE, st.sampled_from(["left", "right"])), min_size=1, max_size=12)


def named(told: list[tuple[tuple[int, int], str]]) -> NamedSides:
    return NamedSides(
        [Mention("r", "side", value, *place, _WHOLE) for place, value in sorted(told)]
    )


def distance(side: Mention, start: int, end: int) -> int:
    """Overlapping ones are nearest; of the others the one with least between."""
    return max(0, start - side.end + 1, side.start - end + 1)


@given(_SIDES, _PLACE, st.integers(1, 12))
def test_the_nearest_are_among_those_around(
    told: list[tuple[tuple[int, int], str]], place: tuple[int, int], many: int
) -> None:
    sides = named(told)
    asked = sides.all[:many]
    start, end = place
    around = sides.around(start, end, len(asked))
    assert around == [side for side in asked if any(side is other for other in around)]
    before = [side for side in asked if side.end <= start]
    after = [side for side in asked if side.start >= end]
    for group in (before, after):
        if group:
            nearest = min(group, key=lambda side: distance(side, start, end))
            assert any(side is nearest for side in around)
    for side in asked:
        if side.start < end and start < side.end:
            assert any(side is other for other in around)


@given(_SIDES, st.integers(0, 12))
def test_how_many_name_the_same_side(told: list[tuple[tuple[int, int], str]], many: int) -> None:
    sides = named(told)
    many = min(many, len(sides.all))
    alike = len({side.value for side in sides.all[:many]}) < 2
    assert (sides.only(many) is not None) == alike


@given(st.text("(), ;a", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_signs_are_found_as_the_text_finds_them(text: str, start: int, end: int) -> None:
    signs = SignPlaces(text)
    for sign in ("(", ")", ",", " a "):
        assert signs.first(sign, start, end) == text.find(sign, start, end)
        assert signs.last(sign, start, end) == text.rfind(sign, start, end)
        assert signs.count(sign, start, end) == sum(
            text.startswith(sign, at) and at + len(sign) <= end for at in range(start, len(text))
        )
