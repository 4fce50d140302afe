"""How Textual's compositor puts widgets side by side, mended for wide characters and for speed.

Stock Textual cuts every line at every edge of every widget, also of those hidden below, and each
cut through a wide character leaves two blanks (textual#6357). Here a line is cut only where a
higher widget hides it. Lines that need no paint are not asked for, and a line that does is composed
across the whole screen, so that what comes out never depends on the region that asked.

Private API of the pinned Textual: `tests/console/test_terminal_screen.py` compares the result with
what the stock compositor shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._compositor import Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from textual.strip import Strip

Gaps = list[tuple[int, int]]
"""The stretches of a line nothing has been painted on, left to right, ends exclusive."""


def _claim(gaps: Gaps, left: int, right: int) -> tuple[Gaps, Gaps]:
    """Take [left, right) out of the gaps: what was free of it, and the gaps that remain."""
    taken: Gaps = []
    rest: Gaps = []
    for start, end in gaps:
        low, high = max(start, left), min(end, right)
        if low >= high:
            rest.append((start, end))
            continue
        taken.append((low, high))
        if start < low:
            rest.append((start, low))
        if high < end:
            rest.append((high, end))
    return taken, rest


def _visible(
    compositor: Compositor, area: Region, gaps: Mapping[int, Gaps]
) -> Iterator[tuple[Region, list[Strip]]]:
    """The widgets from the front to the back: where each shows in a gap, and its lines there."""
    for widget, (region, clip) in compositor.visible_widgets.items():
        seen = region.intersection(clip).intersection(area)
        rows = [y for y in seen.line_range if _overlaps(gaps.get(y), seen.x, seen.right)]
        if rows:
            needed = Region(seen.x, rows[0], seen.width, rows[-1] - rows[0] + 1)
            yield needed, widget.render_lines(needed.translate(-region.offset))


def _overlaps(gaps: Gaps | None, left: int, right: int) -> bool:
    return bool(gaps) and any(start < right and end > left for start, end in gaps or ())


def render_chops(
    compositor: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[dict[int, Strip]]:
    """The strips of each line by the column they start in; empty for lines nobody asked for."""
    width, height = compositor.size
    area = Region(0, crop.y, width, crop.height)
    gaps: dict[int, Gaps] = {
        y: [(0, width)] for y in area.line_range if 0 <= y < height and is_rendered_line(y)
    }
    lines: list[dict[int, Strip]] = [{} for _ in range(height)]
    for seen, strips in _visible(compositor, area, gaps):
        for y, strip in zip(seen.line_range, strips, strict=False):
            if not (free := gaps.get(y)):
                continue
            taken, gaps[y] = _claim(free, seen.x, seen.right)
            for start, end in taken:
                lines[y][start] = strip.crop(start - seen.x, end - seen.x)
    return [dict(sorted(line.items())) if len(line) > 1 else line for line in lines]


def mend() -> None:
    """Let every screen of this process compose its lines our way."""
    Compositor._render_chops = render_chops  # type: ignore[assignment,method-assign] # noqa: SLF001 # the one place where a line is cut
