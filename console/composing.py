"""How Textual's compositor puts widgets side by side, mended for wide characters and for speed.

Stock Textual cuts every line at every edge of every widget, also of those hidden below, and each
cut through a wide character leaves two blanks (textual#6357). Here a line is cut only where a
higher widget hides it. Only widgets with something to paint on a line are asked for it, and then
for all of it that shows, so that what comes out never depends on the region that asked.

Private API of the pinned Textual: `tests/console/test_terminal_screen.py` compares the result with
what the stock compositor shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


def _overlaps(gaps: Gaps | None, left: int, right: int) -> bool:
    return bool(gaps) and any(start < right and end > left for start, end in gaps or ())


def _composed(compositor: Compositor, wanted: Mapping[int, Gaps]) -> list[dict[int, Strip]]:
    """The strips of each line by the column they start in, where they touch what is wanted."""
    width, height = compositor.size
    gaps: dict[int, Gaps] = {y: [(0, width)] for y in wanted}
    lines: list[dict[int, Strip]] = [{} for _ in range(height)]
    for widget, (region, clip) in compositor.visible_widgets.items():
        seen = region.intersection(clip)
        pieces: list[tuple[int, int, int]] = []
        for y in seen.line_range:
            if not (free := gaps.get(y)) or not _overlaps(free, seen.x, seen.right):
                continue
            taken, gaps[y] = _claim(free, seen.x, seen.right)
            asked = wanted[y]
            pieces += [(y, start, end) for start, end in taken if _overlaps(asked, start, end)]
        if pieces:
            top, bottom = pieces[0][0], pieces[-1][0] + 1
            needed = Region(seen.x, top, seen.width, bottom - top)
            strips = widget.render_lines(needed.translate(-region.offset))
            for y, start, end in pieces:
                lines[y][start] = strips[y - top].crop(start - seen.x, end - seen.x)
    return [dict(sorted(line.items())) if len(line) > 1 else line for line in lines]


def render_chops(
    compositor: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[dict[int, Strip]]:
    """Whole lines; empty for those nobody asked for."""
    width, height = compositor.size
    rows = range(max(0, crop.y), min(height, crop.bottom))
    return _composed(compositor, {y: [(0, width)] for y in rows if is_rendered_line(y)})


def render_partial_update(compositor: Compositor) -> ChopsUpdate | None:
    """What has to be painted anew since the last time; None when nothing has."""
    regions = compositor._dirty_regions.copy()  # noqa: SLF001 # as the stock one does
    compositor._dirty_regions.clear()  # noqa: SLF001
    width, height = compositor.size
    wanted: dict[int, Gaps] = {}
    spans = list(compositor._regions_to_spans(regions))  # noqa: SLF001
    for y, left, right in spans:
        if 0 <= y < height and left < width and right > 0:
            wanted.setdefault(y, []).append((left, right))
    if not spans:
        return None
    ends = [cuts[1:] for cuts in compositor.cuts]
    return ChopsUpdate(_composed(compositor, wanted), spans, ends)


def mend() -> None:
    """Let every screen of this process compose its lines our way."""
    Compositor._render_chops = render_chops  # type: ignore[assignment,method-assign] # noqa: SLF001 # the one place where a line is cut
    Compositor.render_partial_update = render_partial_update  # type: ignore[assignment,method-assign] # and the one that knows what changed
