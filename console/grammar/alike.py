"""What of a typed request tells which orders at the desk it is likely about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.i18n import _
from console.render_likely import finished, what_and_where
from console.render_time import span
from store.queries.likely import LikelyOrders

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.grammar.parse import Parsed
    from store.queries.likely import Likely

_ALL: Final = 10_000
_LEAST: Final = 20
"""Cells of title and place that are shown whatever else is."""
_COMPARED: Final = 400
"""Characters of each that are compared."""


def likely_meant(parsed: Parsed) -> LikelyOrders | None:
    """The question whether it is known already; None for what writes no order down."""
    if parsed.action.id != "new" or "title" not in parsed.told:
        return None
    told, named = parsed.told, parsed.named
    title, asset, kind, caller = (
        str(told.get(name, ""))[:_COMPARED] for name in ("title", "asset", "kind", "caller")
    )
    site, customer = (named[name].code if name in named else "" for name in ("site", "customer"))
    return LikelyOrders(
        title=title, site=site, customer=customer, asset=asset, kind=kind, caller=caller
    )


def likely_said(
    one: Likely, verb: str, *, at: datetime, zone: tzinfo | None, cells: int = _ALL
) -> str:
    """The likeliest, and the line that chases it; what is finished is not chased unasked.

    Title and place are cut where they would push the rest out of so many cells.
    """
    line = one.line
    said = _("like #{number} {what}, {span} ago: {line}")
    told = {"number": str(line.number), "line": f"{verb} {line.number}"}
    told["span"] = span(at - line.opened_at)
    if over := finished(line, at=at, zone=zone):
        said = _("like #{number} {what}, {finished}")
        told["finished"] = over
    room = cells - cell_len(said.format(what="", **told))
    what = what_and_where(line.title, line.site_name or "", max(_LEAST, room))
    return said.format(what="".join(text for text, _tone in what), **told)
