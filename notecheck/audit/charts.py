"""Bars and columns as inline SVG, coloured by the page's style sheet.

Each stands beside a table of its numbers or says them in its label, so nothing is told by a drawing
alone; and being plain marks without a script they print, and follow the page's dark colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, log10

from markupsafe import Markup

_ORDER = (
    "hold",
    "review",
    "pass",
    "not_concerned",
    "conflict",
    "missing",
    "partial",
    "met",
    "money",
)
_WIDTH, _HEIGHT = 720, 230
_LEFT, _BOTTOM, _TOP = 46, 34, 12
_MOST_LABELS = 12
_LINES = 4

_SEGMENT = Markup(
    '<rect class="{}" x="{:.1f}" width="{:.1f}" height="16"><title>{} {:,.0f}</title></rect>'
)
_BAR = Markup(
    '<svg class="bar" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true" '
    'focusable="false">{}</svg>'
)
_COLUMN = Markup(
    '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">'
    "<title>{}: {} {:,}</title></rect>"
)
_NAME = Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>')
_SCALE = Markup(
    '<line class="scale" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
    '<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:,}</text>'
)
_PLOT = Markup(
    '<div class="plot" tabindex="0" role="group" aria-label="Drawing"><svg class="columns" '
    'viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg></div>'
)
_LINE = Markup('<polyline class="curve" points="{}"/>')
_COLOUR = Markup(
    '<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="{}" width="12" height="12"/>'
    "</svg>{}</li>"
)
_LEGEND = Markup('<ul class="legend-list" aria-label="Colours">{}</ul>')


def bar(counts: Mapping[str, float], most: float) -> Markup:
    """One bar of segments, `most` being the full width; a drawing beside its numbers."""
    x, segments = 0.0, []
    for kind in _ORDER:
        width = 1000 * counts.get(kind, 0) / most if most else 0
        if width:
            segments.append(_SEGMENT.format(kind, x, width, kind, counts[kind]))
        x += width
    return _BAR.format(Markup("").join(segments))


def columns(groups: Sequence[tuple[str, Mapping[str, int]]], label: str) -> Markup:
    """Stacked columns of decisions, one a group, over a scale; `label` says it all in words."""
    most = max((sum(counts.values()) for _, counts in groups), default=0)
    step = _step(most)
    top = step * max(ceil(most / step), 1)
    plot = _HEIGHT - _BOTTOM - _TOP
    slot = (_WIDTH - _LEFT) / max(len(groups), 1)
    drawn = [_scale_line(value, top, plot) for value in range(0, top + 1, step)]
    every = ceil(len(groups) / _MOST_LABELS)
    for number, (name, counts) in enumerate(groups):
        left = _LEFT + number * slot + slot * 0.14
        y = float(_TOP + plot)
        for kind in _ORDER:
            height = plot * counts.get(kind, 0) / top
            if not height:
                continue
            y -= height
            drawn.append(
                _COLUMN.format(kind, left, y, slot * 0.72, height, name, kind, counts[kind])
            )
        if number % every == 0:
            drawn.append(_NAME.format(left + slot * 0.36, _HEIGHT - 12, name))
    return _PLOT.format(_WIDTH, _HEIGHT, label, Markup("").join(drawn))


def curve(points: Sequence[tuple[float, float]], label: str) -> Markup:
    """A line through points of shares (0 to 1), both scales in percent."""
    top = max(ceil(100 * max(y for _, y in points)), 1)
    plot, width = _HEIGHT - _BOTTOM - _TOP, _WIDTH - _LEFT
    drawn = [_scale_line(value, top, plot) for value in range(0, top + 1, _step(top))]
    drawn += [
        _NAME.format(_LEFT + width * tenth / 11, _HEIGHT - 12, f"{10 * tenth} %")
        for tenth in range(0, 11, 2)
    ]
    places = (
        f"{_LEFT + 10 * width * x / 11:.1f},{_TOP + plot * (1 - 100 * y / top):.1f}"
        for x, y in points
    )
    drawn.append(_LINE.format(" ".join(places)))
    return _PLOT.format(_WIDTH, _HEIGHT, label, Markup("").join(drawn))


def legend(kinds: Sequence[str]) -> Markup:
    """What the colours mean."""
    items = Markup("").join(_COLOUR.format(kind, kind.replace("_", " ")) for kind in kinds)
    return _LEGEND.format(items)


def _scale_line(value: int, top: int, plot: float) -> Markup:
    y = _TOP + plot * (1 - value / top)
    return _SCALE.format(_LEFT, _WIDTH, y, y, _LEFT - 8, y + 4, value)


def _step(most: int) -> int:
    """A round distance of scale lines: 1, 2 or 5 times a power of ten."""
    rough = max(most / _LINES, 1)
    power = 10 ** int(log10(rough))
    return int(next(power * m for m in (1, 2, 5, 10) if power * m >= rough))
