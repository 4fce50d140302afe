"""How far an order is with its procedure, for its card; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _
from store.domain.sop import is_left, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.looks import Parts
    from store.domain.order import WorkOrder

_MOST_NAMED: Final = 4


def progress_lines(order: WorkOrder) -> Iterator[Parts]:
    """How many steps are done, and which must be done still: `SOP 3/7  still to do: isolate`."""
    if not order.steps:
        return
    done, count = progress(order.steps)
    missing = [step.code for step in order.steps if is_left(step)]
    said = _("SOP {done}/{count}").format(done=done, count=count)
    if missing:
        named = _(", ").join(missing[:_MOST_NAMED])
        named += " ..." if len(missing) > _MOST_NAMED else ""
        said += "  " + _("still to do: {steps}").format(steps=named)
    yield ((said, "soon" if missing else "muted"),)
