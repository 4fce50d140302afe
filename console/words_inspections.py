"""Inspections as they are written: why one was drawn, how it stands, what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from store.domain.inspection_draw import REASONS, Reason
from store.domain.inspections import STANDS, Stand

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.inspections import Inspection


def reasons_said(reasons: Iterable[str]) -> str:
    """Why it was drawn, in the operator's language; one of a later program by its code."""
    known = set(Reason)
    return _(", ").join(_(REASONS[Reason(one)]) if one in known else one for one in reasons)


def is_late(inspection: Inspection, *, at: datetime) -> bool:
    """Whether nobody has inspected it in time."""
    return inspection.stand is Stand.OPEN and inspection.due_at < at


def stand_said(inspection: Inspection) -> str:
    """How it stands; what was scored by its total."""
    if inspection.total is not None:
        return total_said(inspection.total)
    return _(STANDS[inspection.stand])


def total_said(total: int) -> str:
    """Per mille as percent."""
    return _("{percent} %").format(percent=f"{total / 10:.1f}")
