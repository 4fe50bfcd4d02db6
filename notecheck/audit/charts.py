"""Bars and columns as inline SVG, coloured by the page's style sheet.

Each stands beside a table of its numbers or says them in its label, so nothing is told by a drawing
alone; and being plain marks without a script they print, and follow the page's dark colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, log10

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


def bar(counts: Mapping[str, float], most: float) -> str:
    """One bar of segments, `most` being the full width; a drawing beside its numbers."""
    x, segments = 0.0, []
    for kind in _ORDER:
        width = 1000 * counts.get(kind, 0) / most if most else 0
        if width:
            segments.append(
                f'<rect class="{kind}" x="{x:.1f}" width="{width:.1f}" height="16"><title>{kind} '
                f"{counts[kind]:,.0f}</title></rect>"
            )
        x += width
    return (
        '<svg class="bar" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{"".join(segments)}</svg>'
    )


def columns(groups: Sequence[tuple[str, Mapping[str, int]]], label: str) -> str:
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
                f'<rect class="{kind}" x="{left:.1f}" y="{y:.1f}" width="{slot * 0.72:.1f}" '
                f'height="{height:.1f}"><title>{escape(name)}: {kind} {counts[kind]:,}</title>'
                "</rect>"
            )
        if number % every == 0:
            drawn.append(
                f'<text class="tick" x="{left + slot * 0.36:.1f}" y="{_HEIGHT - 12}" '
                f'text-anchor="middle">{escape(name)}</text>'
            )
    return (
        f'<div class="plot" tabindex="0" role="group" aria-label="Drawing"><svg class="columns" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{''.join(drawn)}</svg></div>"
    )


def legend(kinds: Sequence[str]) -> str:
    """What the colours mean."""
    items = "".join(
        f'<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="{kind}" width="12" '
        f'height="12"/></svg>{kind}</li>'
        for kind in kinds
    )
    return f'<ul class="legend-list" aria-label="Colours">{items}</ul>'


def _scale_line(value: int, top: int, plot: float) -> str:
    y = _TOP + plot * (1 - value / top)
    return (
        f'<line class="scale" x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>'
    )


def _step(most: int) -> int:
    """A round distance of scale lines: 1, 2 or 5 times a power of ten."""
    rough = max(most / _LINES, 1)
    power = 10 ** int(log10(rough))
    return int(next(power * m for m in (1, 2, 5, 10) if power * m >= rough))
