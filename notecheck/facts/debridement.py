"""What was debrided today: the tissues, the surface, and whether it stands on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import cast, get_args

from notecheck.facts.measures import centimetres, number, square_centimetres
from notecheck.facts.stump import concerns_stump
from notecheck.models import DebridementFact, Side, Tissue
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import TITLE, Chart, Found, evidence, in_description
from notecheck.timeline.limbs import side_of
from notecheck.timeline.words import fact_words

# From the surface inwards: the deepest tissue gives a debridement its depth.
_BY_DEPTH: tuple[Tissue, ...] = get_args(Tissue)
_MAY_HOLD_THE_STORY = frozenset({"findings", "exam", "anesthesia", "setting", "administrative"})
# How many sentences from the one that says "debrided" its size and its site may be told.
_SIZE_REACH = 1
# On a form the instrument stands between; a wound is measured, and what is dead in it found, first.
_AREA_REACH, _AREA_BEFORE = 3, 2
_SITE_REACH = 3
_BEFORE = "before"  # a size that the wound had before it was debrided


def debridement(chart: Chart) -> DebridementFact:
    """What the operative notes say was debrided today.

    A title counts unless the description denies it. `area_cm2` adds the areas of one depth, the
    deepest where several are told; an area that the title and the description both tell counts
    once.
    """
    performed = read_from(chart)
    if not performed:
        return DebridementFact()
    tissues = [f for f in _counted(chart, "debridement_tissue") if _described(f) or _titled(f)]
    removed = _removed(chart, performed)
    tissues += removed
    sites = [
        *_separate(chart, performed),
        *(f for f in [*performed, *removed] if _on_the_other_side(chart, f)),
    ]
    areas = _areas(chart, [*performed, *removed])
    surface, measured = _deepest(areas, tissues)
    return DebridementFact(
        performed=True,
        tissues=_values(tissues),
        area_cm2=surface,
        separate=bool(sites) or not concerns_stump(chart),
        evidence=evidence([*performed[:1], *measured, *sites[:1], *tissues], most=6),
    )


def debrided_apart(chart: Chart) -> DebridementFact | None:
    """The same of the wounds away from the stump alone; None where no more than these was debrided.

    The contract's fact takes all wounds together. A line billed for another site is of that site:
    what is told in the sentence that names it or the next ones, or of the other limb.
    """
    performed = read_from(chart)
    told = [*performed, *_removed(chart, performed)]
    sites = [f for f in _separate(chart, told) if f.mention.value == "site"]
    places = frozenset(map(_place, sites))

    def apart(found: Found) -> bool:
        return _near(found, places, 0, _SITE_REACH) or _on_the_other_side(chart, found)

    tissues = [
        found
        for fact in ("debridement_tissue", "debridement_removed")
        for found in _counted(chart, fact)
        if (_described(found) or _titled(found)) and apart(found)
    ]
    if not tissues and (not sites or all(map(apart, performed))):
        return None
    near = [f for f in _areas(chart, told) if apart(f)]
    surface, measured = _deepest(near, tissues)
    return DebridementFact(
        performed=True,
        tissues=_values(tissues),
        area_cm2=surface,
        separate=True,
        evidence=evidence([*sites[:1], *measured, *tissues], most=6),
    )


def debrided_sides(chart: Chart) -> frozenset[Side]:
    """The sides that the words of a debridement name."""
    told = (side_of(found) for found in read_from(chart))
    return frozenset(side for side in told if side in ("left", "right"))


def _removed(chart: Chart, performed: list[Found]) -> list[Found]:
    """A note that names it in the title alone tells it as "curetted", "snipped"."""
    described = [f for f in performed if _described(f)]
    told_at = frozenset(map(_place, described))
    return [
        f
        for f in _counted(chart, "debridement_removed")
        if _described(f) and (not described or _near(f, told_at, before=0, after=0))
    ]


def _values(tissues: list[Found]) -> tuple[Tissue, ...]:
    told = {found.mention.value for found in tissues}
    return tuple(tissue for tissue in _BY_DEPTH if tissue in told)


def read_from(chart: Chart) -> list[Found]:
    """The words that say that something was debrided today."""
    described = [f for f in _counted(chart, "debridement") if _described(f)]
    titled = [f for f in _counted(chart, "debridement") if f.mention.category == TITLE]
    return [] if not described and _denied(chart) else [*described, *titled]


def _on_the_other_side(chart: Chart, found: Found) -> bool:
    """Whether what is told is of the limb that was not the one in question."""
    return {side_of(found), chart.side} == {"left", "right"}


def _counted(chart: Chart, fact: str) -> Iterator[Found]:
    return chart.found(chart.reporting, fact)


def _described(found: Found) -> bool:
    return in_description(found.mention) or found.mention.category in _MAY_HOLD_THE_STORY


def _titled(found: Found) -> bool:
    return found.mention.category == TITLE


def _denied(chart: Chart) -> bool:
    return any(
        found.mention.reason == "negated" and in_description(found.mention)
        for found in chart.found(chart.operative, "debridement", counted=False)
    )


def _place(found: Found, back: int = 0) -> tuple[str, int]:
    """The sentence of `found`, or one so many before it, among those of all documents."""
    return found.document.document.doc_id, found.mention.sentence.index - back


def _near(found: Found, places: frozenset[tuple[str, int]], before: int, after: int) -> bool:
    """Whether `found` stands at most so many sentences before or after one of `places`."""
    return any(_place(found, back) in places for back in range(-before, after + 1))


def _separate(chart: Chart, performed: list[Found]) -> list[Found]:
    """The words for another site, or for a necessity of its own, of what was debrided."""
    places = frozenset(map(_place, performed))
    return [
        found
        for found in _counted(chart, "debridement_separate")
        if (_described(found) or _titled(found))
        and _near(
            found,
            places,
            before=_SITE_REACH if found.mention.value == "site" and not _titled(found) else 0,
            after=0 if found.mention.value == "site" else _SIZE_REACH,
        )
    ]


def _areas(chart: Chart, performed: list[Found]) -> list[Found]:
    """The areas told of what was debrided, those of the description before those of a title."""
    places = frozenset(map(_place, performed))
    near = [
        found
        for found in chart.found(chart.operative, "debridement_area", counted=False)
        if (_described(found) or _titled(found))
        and (
            _near(found, places, before=_AREA_BEFORE, after=_AREA_REACH)
            if found.mention.counts
            # "debrided, 20 x 9 cm; less would not have cleared it": a size is no supposition
            else found.mention.reason == "hypothetical" and _near(found, places, 0, 0)
        )
    ]
    near = [f for f in near if _described(f)] or near
    before = [f for f in near if f.mention.value == _BEFORE]
    sizes = [f for f in near if f.mention.value != _BEFORE]
    return [f for f in sizes if not any(map(partial(_overlaps, f), before))] or sizes


def _overlaps(one: Found, other: Found) -> bool:
    same = one.document is other.document
    return same and one.mention.meets(other.mention)


def _deepest(areas: list[Found], tissues: list[Found]) -> tuple[float | None, list[Found]]:
    """The summed surface of the deepest areas, and the areas that make it up."""
    depths: dict[tuple[str, int], int] = {}
    for tissue in tissues:
        depth = _BY_DEPTH.index(cast(Tissue, tissue.mention.value))
        depths[_place(tissue)] = max(depth, depths.get(_place(tissue), -1))
    by_depth: dict[int, list[Found]] = {}
    for area in areas:
        # the tissues that its sentence names, else those of the sentence before it
        depth = depths.get(_place(area), depths.get(_place(area, 1), -1))
        by_depth.setdefault(depth, []).append(area)
    if not by_depth:
        return None, []
    chosen = by_depth[max(by_depth)]
    total = 0.0
    counted: list[Found] = []
    sizes: dict[float, int] = {}
    for area in chosen:
        size = _square_centimetres(area)
        # the same size in a later sentence is the same wound told again
        if size is None or sizes.setdefault(size, area.mention.sentence.index) != (
            area.mention.sentence.index
        ):
            continue
        if not _is_product_of(counted, area, size):
            total += size
        counted.append(area)
    return (round(total, 2) if counted else None), counted


def _is_product_of(earlier: list[Found], area: Found, size: float) -> bool:
    """Whether a surface is that of the sides told before it in its sentence: "5 x 4 cm, 20 cm2"."""
    if "number" not in area.mention.groups:
        return False
    beside = [one for one in earlier if _place(one) == _place(area)]
    if not beside or any("number" in one.mention.groups for one in beside):
        return False
    return round(sum(_square_centimetres(one) or 0.0 for one in beside), 2) == size


def _square_centimetres(area: Found) -> float | None:
    words = {
        name: area.document.normalized[start:end]
        for name, (start, end) in area.mention.groups.items()
    }
    unit = words["unit"]
    if "number" in words:
        told = number(words["number"])
        return None if told is None else square_centimetres(told, unit)
    listed = sum(_listed_before(area, unit)) + sum(_listed_after(area, unit))
    sides = [number(words[name]) for name in ("first", "second", "third") if name in words]
    lengths = sorted((centimetres(side, unit) for side in sides if side), reverse=True)
    return round(lengths[0] * lengths[1] + listed, 2) if len(lengths) > 1 else None


def _listed_before(area: Found, unit: str) -> Iterator[float]:
    """The areas of "3 x 2, 3 x 3 and 2 x 2 cm" that stand before the one that has the unit."""
    text = area.document.normalized[area.mention.sentence.start : area.mention.start]
    while listed := _listed_size().search(text):
        yield _product(listed, unit)
        text = text[: listed.start()]


def _listed_after(area: Found, unit: str) -> Iterator[float]:
    """The area of "the other four by two", told with the unit of the one before."""
    text = area.document.normalized[area.mention.end : area.mention.sentence.end]
    listed = _other_size().search(text)
    if listed and number(listed[1]) and number(listed[2]):
        yield _product(listed, unit)


@cache
def _listed_size() -> re.Pattern[str]:
    """The size of a wound that others follow, the last of them with its unit."""
    size = r"(\d+(?:\.\d+)?)"
    return re.compile(rf"{size} ?x ?{size},? (?:{any_of(fact_words().joins)} )?$")


@cache
def _other_size() -> re.Pattern[str]:
    """The size of another wound, without a unit of its own."""
    words = fact_words()
    other, by, own_unit = map(any_of, (words.other_size, words.size_by, words.size_unit))
    return re.compile(rf"\b{other} (\w+) {by} (\w+)\b(?! ?{own_unit})")


def _product(listed: re.Match[str], unit: str) -> float:
    first, second = number(listed[1]) or 0.0, number(listed[2]) or 0.0
    return round(centimetres(first, unit) * centimetres(second, unit), 2)
