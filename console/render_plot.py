"""A bar for each month, drawn with dots that are one cell wide in every terminal; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from console.looks import Part, Parts

_STEPS: Final = "⣀⣤⣶⣿"
"""A quarter of a cell each; braille, since blocks are two cells wide to some Chinese terminals."""
_NONE: Final = "·"
_FINEST: Final = len(_STEPS)


def spark(values: Sequence[float | None]) -> str:
    """One cell a value, by its part of the greatest; a dot for one that is none."""
    most = max((abs(value) for value in values if value is not None), default=0.0)
    return "".join(_cell(value, most) for value in values)


def _cell(value: float | None, most: float) -> str:
    if value is None:
        return _NONE
    share = abs(value) / most if most else 0.0
    return _STEPS[min(_FINEST - 1, max(0, round(share * _FINEST) - 1))]


def plot(
    bars: Sequence[tuple[str, float | None, str]],
    *,
    cells: int,
    rows: int,
    held: int | None,
) -> Iterator[Parts]:
    """Months with their values and how these are written, as high as there are rows for bars.

    The `held` one is told apart; what lies below nought hangs from no line, but is written as it
    is. Below stand the values as far as there is room, and the months.
    """
    if not bars:
        return
    step = max(1, (cells - 1) // len(bars))
    wide = max(1, min(step - 1, 8))
    most = max((abs(value) for _name, value, _said in bars if value is not None), default=0.0)
    highs = [0 if v is None else _high(v, most, rows) for _name, v, _said in bars]
    for row in range(rows, 0, -1):
        line: list[Part] = [(" ", "")]
        for place, high in enumerate(highs):
            full = min(_FINEST, max(0, high - (row - 1) * _FINEST))
            drawn = (_STEPS[full - 1] if full else " ") * wide
            line.append((drawn.ljust(step), "key" if place == held else ""))
        yield tuple(line)
    fits = all(cell_len(said) < step for _name, _value, said in bars)
    told = [said if fits or place == held else "" for place, (_n, _v, said) in enumerate(bars)]
    if fits:
        yield _labels(told, step, held)
    yield _labels([_month(name, step) for name, _value, _said in bars], step, held)


def _high(value: float, most: float, rows: int) -> int:
    """In quarters of a cell; what is not nought has at least one."""
    high = round(abs(value) / most * rows * _FINEST) if most else 0
    return max(1, high) if value else 0


def _month(name: str, step: int) -> str:
    return name if cell_len(name) < step else name[-2:]


def _labels(texts: Sequence[str], step: int, held: int | None) -> Parts:
    cells = (
        (set_cell_size(text, step), "key" if place == held else "muted")
        for place, text in enumerate(texts)
    )
    return ((" ", ""), *cells)
