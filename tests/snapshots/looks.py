"""How a screen looks, cell by cell: its text, and what each stretch of it wears.

Kept packed, one file a view with all its sizes and languages.
"""

from __future__ import annotations

import lzma
from difflib import unified_diff
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.segment import Segment
    from textual.strip import Strip

KEPT = Path(__file__).with_name("kept")
_MARK = "== "
"""Before the name of a look within a file: no line of a look begins so (`|` and `~` do)."""

_WORN = ("bold", "dim", "italic", "underline", "reverse", "strike")


def look(strips: Iterable[Strip]) -> str:
    """Each line as it reads, and below it which stretches wear what."""
    lines = []
    for strip in strips:
        lines.append("|" + "".join(segment.text for segment in strip).rstrip())
        lines.append("~" + _stretches(strip))
    return "\n".join(lines)


def _stretches(strip: Strip) -> str:
    worn = groupby(strip, key=_wears)
    return " ".join(f"{sum(one.cell_length for one in run)}:{wears}" for wears, run in worn)


def _wears(segment: Segment) -> str:
    style = segment.style
    if style is None:
        return ""
    colours = [colour.name if colour else "" for colour in (style.color, style.bgcolor)]
    return "/".join(colours) + "".join(f"+{name}" for name in _WORN if getattr(style, name))


def kept(view: str) -> dict[str, str]:
    """The looks that are kept of a view, by language and size."""
    file = KEPT / f"{view}.xz"
    if not file.exists():
        return {}
    parts = lzma.decompress(file.read_bytes()).decode().split(_MARK)[1:]
    return {name: text.rstrip("\n") for name, _, text in (part.partition("\n") for part in parts)}


def keep(view: str, looks: Mapping[str, str]) -> None:
    """Replace what is kept of some looks of a view; a file changes only when a look does."""
    before = kept(view)
    after = {**before, **looks}
    if after == before:
        return
    KEPT.mkdir(exist_ok=True)
    text = "".join(f"{_MARK}{name}\n{after[name]}\n" for name in sorted(after))
    packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    (KEPT / f"{view}.xz").write_bytes(packed)


def changes(before: str, after: str) -> str:
    """What is told of two looks: the lines that differ; of the colours only where they do."""
    return "\n".join(unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm=""))
