"""A picture for a report: a line a name, a dot a value, as SVG that fetches nothing."""

from __future__ import annotations

from html import escape
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEFT: Final = 330
_WIDE: Final = 420
_ROW: Final = 26
_TOP: Final = 34
_EDGE: Final = 40


def dots(title: str, values: Mapping[str, Sequence[float]]) -> str:
    """Each name's values on one scale, the middle one drawn as a bar across."""
    every = [value for found in values.values() for value in found]
    if not every:
        return ""
    least, most = min(every), max(every)
    span = most - least or 1.0
    height = _TOP + _ROW * len(values) + _EDGE

    def across(value: float) -> float:
        return _LEFT + _WIDE * (value - least) / span

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDE + _EDGE}"'
        f' height="{height}" role="img" font-size="13">',
        f'<text x="0" y="16" font-weight="bold">{escape(title)}</text>',
    ]
    for place, (name, found) in enumerate(values.items()):
        y = _TOP + _ROW * place + _ROW / 2
        drawn.append(f'<text x="0" y="{y + 4:.0f}">{escape(name)}</text>')
        drawn.append(
            f'<line x1="{_LEFT}" x2="{_LEFT + _WIDE}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ccc"/>'
        )
        drawn += [
            f'<circle cx="{across(value):.1f}" cy="{y:.0f}" r="4" fill="#36c" fill-opacity=".5"/>'
            for value in found
        ]
        middle = across(median(found))
        drawn.append(
            f'<line x1="{middle:.1f}" x2="{middle:.1f}" y1="{y - 9:.0f}" y2="{y + 9:.0f}"'
            ' stroke="#000" stroke-width="2"/>'
        )
    foot = height - _EDGE / 2
    for x, value, anchor in ((_LEFT, least, "start"), (_LEFT + _WIDE, most, "end")):
        drawn.append(f'<text x="{x}" y="{foot:.0f}" text-anchor="{anchor}">{value:.1f}</text>')
    return "".join([*drawn, "</svg>"])
