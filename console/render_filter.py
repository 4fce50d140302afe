"""The line of a filter as parts: what is asked, what is wrong, what fits, how many; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.grammar.remarks import meant_in_short
from console.hanging import HANG
from console.i18n import _
from console.looks import spread
from store.domain.finding.sorts import SORTS
from store.queries.finding import MOST
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.found import Listing
    from console.looks import Part, Parts
    from store.queries.finding import NameMeant

_MEANS: Final = "="
"""Before what a time in the filter was taken for."""


def place_label(listing: Listing, view: str | None) -> str:
    """Where a filter looks."""
    if listing.everywhere:
        return _("all orders")
    return view if view is not None else _(QUEUES[listing.queue].label)


def asking_label(listing: Listing, view: str | None) -> str:
    """What stands before the line while one types."""
    return f" {place_label(listing, view)} /"


def standing_line(
    listing: Listing,
    view: str | None,
    count: int | None,
    cells: int,
    meant: Sequence[NameMeant] = (),
    times: Sequence[str] = (),
) -> Parts:
    """What the list is, where it is not just a queue: filter, order, and how many there are.

    Also what a name in the filter means, where that is more than one thing, or nothing; and its
    times.
    """
    parts: list[Part] = [(f" {place_label(listing, view)}", "strong")]
    if listing.words:
        parts += [(" / ", "key"), (listing.words, "")]
    parts += [(f"  {meant_in_short(one)}", "soon") for one in meant]
    parts += [(f"  {_MEANS} {time}", "soon") for time in times]
    if listing.sort:
        way = _("down") if listing.descending else _("up")
        said = _("by {column}, {way}").format(column=_(SORTS[listing.sort]), way=way)
        parts.append((f"  {said}", "muted"))
    return spread(tuple(parts), (_counted(count), (_("Esc clears "), "muted")), cells)


def offer_line(
    offers: Sequence[str], held: int, count: int | None, cells: int, times: Sequence[str] = ()
) -> Parts:
    """What times mean, what may be written next, the one that Tab takes marked, and how many."""
    parts: list[Part] = [(" ", ""), *((f"{_MEANS} {time}  ", "soon") for time in times)]
    for place, offer in enumerate(offers[held:], held):
        parts += [(f" {offer} ", "held" if place == held else "muted"), (" ", "")]
    return spread(tuple(parts), (_counted(count),), cells)


def wrong_line(sentence: str, *, unfinished: bool) -> Parts:
    """Why the filter cannot be read, in one sentence; quietly while it is only not finished."""
    sign, tone = ("… ", "muted") if unfinished else ("✗ ", "overdue")
    return ((f" {sign}", tone), HANG, (sentence, tone))


def _counted(count: int | None) -> Part:
    """How many; -1 while it is not known."""
    if count == -1:
        return ("… ", "muted")
    if count is None:
        return (_("more than {most} ").format(most=MOST), "strong")
    return (_("{count} found ").format(count=count), "strong" if count else "overdue")
