"""Revisits as a part of the review of a month; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _, _n
from console.page import Section

if TYPE_CHECKING:
    from store.queries.review import RevisitSums


def revisits_section(sums: RevisitSums) -> Section:
    """How many were planned, and what became of them."""
    heads = (_("what came of it"), "n", _("share"))
    told = (
        (_("held"), sums.held),
        (_("missed"), sums.missed),
        (_("not wanted"), sums.refused),
        (_("still to come"), sums.planned - sums.held - sums.missed - sums.refused),
    )
    rows = tuple(
        (what, str(count), f"{100 * count / sums.planned:.1f} %")
        for what, count in told
        if sums.planned and (count or what != told[3][0])
    )
    said = _n("{count} revisit was planned.", "{count} revisits were planned.", sums.planned)
    return Section(
        heading=_("Revisits"),
        said=(said.format(count=sums.planned),) if rows else (_("No revisit was planned."),),
        heads=heads if rows else (),
        rows=rows,
    )
