"""A picture for a report: a bar for each month, as SVG that fetches nothing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEP: Final = 56
_BAR: Final = 36
_HIGH: Final = 110
_TOP: Final = 40
_FOOT: Final = 22


def months(title: str, bars: Sequence[tuple[str, float | None, str]]) -> str:
    """Each month with its value and how that is written; one without a value has no bar."""
    values = [value for _, value, _ in bars if value is not None]
    if not values:
        return ""
    least, most = min(0.0, *values), max(0.0, *values)
    span = most - least or 1.0
    base = _TOP + _HIGH * most / span
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_STEP * len(bars)}"'
        f' height="{_TOP + _HIGH + _FOOT}" role="img" font-size="11" text-anchor="middle">',
        f"<title>{escape(title)}</title>",
        f'<text x="0" y="14" text-anchor="start" font-weight="bold">{escape(title)}</text>',
        f'<line x1="0" x2="{_STEP * len(bars)}" y1="{base:.1f}" y2="{base:.1f}" stroke="#999"/>',
    ]
    for place, (name, value, said) in enumerate(bars):
        middle = _STEP * place + _STEP / 2
        y = _TOP + _HIGH + _FOOT - 6
        drawn.append(f'<text x="{middle:.0f}" y="{y}">{escape(name)}</text>')
        if value is None:
            continue
        high = _HIGH * abs(value) / span
        top = base - high if value >= 0 else base
        fill = "#36c" if place == len(bars) - 1 else "#9ab"
        drawn.append(
            f'<rect x="{middle - _BAR / 2:.0f}" y="{top:.1f}" width="{_BAR}" height="{high:.1f}"'
            f' fill="{fill}"/><text x="{middle:.0f}" y="{top - 4:.1f}">{escape(said)}</text>'
        )
    return "".join([*drawn, "</svg>"])
