"""What of a typed request tells which orders at the desk it is likely about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _
from console.render_likely import finished
from console.render_time import span
from store.queries.likely import LikelyOrders

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.grammar.parse import Parsed
    from store.queries.likely import Likely

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


def likely_said(one: Likely, verb: str, *, at: datetime, zone: tzinfo | None) -> str:
    """The likeliest, and the line that chases it; what is finished is not chased unasked."""
    line = one.line
    what = " · ".join(filter(None, (line.title, line.site_name)))
    if over := finished(line, at=at, zone=zone):
        said = _("like #{number} {what}, {finished}")
        return said.format(number=line.number, what=what, finished=over)
    said = _("like #{number} {what}, {span} ago: {line}")
    ago = span(at - line.opened_at)
    return said.format(number=line.number, what=what, span=ago, line=f"{verb} {line.number}")
