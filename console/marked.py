"""What a widget marks, as text to be copied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from console.widgets.pages import PartsPage
from console.widgets.work_table import WorkTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.strip import Strip
    from textual.widget import Widget

_GAP = re.compile(" {3,}")


def marked(widget: Widget | None) -> str:
    """The row under the cursor of a list; of a page what is in sight; empty for all else."""
    if isinstance(widget, PartsPage):
        return _text(widget.in_sight())
    if isinstance(widget, WorkTable) and widget.line_at_cursor is not None:
        return _text([widget.content_line(widget.cursor - widget.top + 1)])
    return ""


def _text(rows: Iterable[Strip]) -> str:
    """Rows without looks, the cursor's sign and the air between columns."""
    return "\n".join(_GAP.sub("  ", row.text.strip("> ")) for row in rows).strip("\n")
