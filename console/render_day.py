"""A day's summary as a page: figures, what matters most, and how many there are besides; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.figure_words import label_said, value_said
from console.i18n import _, _n
from console.page import Section
from console.report_review import PROMISES
from console.words_packs import instant, order_named, wall
from store.packing import figures_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from store.queries.packs import PackShown

    Rows = Sequence[tuple[str, ...]]

FIRST: Final = 10
"""So many of each list, the worst first, where not all of them are asked for."""
_COUNTED: Final = {"opened": "orders_opened", "closed": "orders_closed"}
"""By list the figure that counts all of it."""


def day_sections(
    shown: PackShown, told: Mapping[str, Any], zone: tzinfo, *, whole: bool
) -> Iterator[Section]:
    """The figures, what is late, what is promised next; all that came where it is asked for."""
    figures = figures_from(told["figures"])
    yield Section(
        heading=_("The day"),
        heads=(_("indicator"), _("value"), "n"),
        rows=tuple((label_said(one), value_said(one), str(one.n)) for one in figures.values()),
    )
    until = _("Promised until {when}").format(when=wall(instant(told["until"]), zone))
    for heading, name in ((_("Late and open, the longest first"), "late"), (until, "ahead")):
        heads = (_("due"), _("promise"), "#", _("order"), _("site"))
        named = told[name] if whole else told[name][:FIRST]
        rows: Rows = tuple(
            (wall(instant(due), zone), promise_said(kind), *order_named(shown, number))
            for number, due, kind in named
        )
        yield _list(heading, heads, rows, _count(told, name), whole=whole)
    for heading, name in ((_("Opened"), "opened"), (_("Closed"), "closed")):
        rows = tuple(order_named(shown, number) for number in told[name]) if whole else ()
        yield _list(heading, ("#", _("order"), _("site")), rows, _count(told, name), whole=whole)
    if not whole:
        said = _("paidan pack show {kind} {period} --all lists them; on the screen the key a.")
        line = shown.line
        yield Section(heading="", said=(said.format(kind=line.kind, period=line.period),))


def promise_said(kind: str) -> str:
    """What is promised; of a later program as it is written."""
    return _(PROMISES[kind]) if kind in PROMISES else kind


def _count(told: Mapping[str, Any], name: str) -> int:
    """Of how many a list is, of which it may name fewer."""
    if name in _COUNTED:
        value = told["figures"].get(_COUNTED[name], (len(told[name]),))[0]
        return max(int(value or 0), len(told[name]))
    return max(int(told.get("counts", {}).get(name, 0)), len(told[name]))


def _list(heading: str, heads: tuple[str, ...], rows: Rows, count: int, *, whole: bool) -> Section:
    """What is named, and how many are not."""
    rest, said = count - len(rows), ""
    if not count:
        said = _("None.")
    elif not rows:
        said = _n("{count} order.", "{count} orders.", count).format(count=count)
    elif rest and whole:
        said = _("The first {shown} of {count}.").format(shown=len(rows), count=count)
    elif rest:
        said = _n("And {count} more.", "And {count} more.", rest).format(count=rest)
    told = (said,) if said else ()
    return Section(heading=heading, said=told, heads=heads if rows else (), rows=tuple(rows))
