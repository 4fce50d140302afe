"""Why a queue is empty, and which key helps; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, _n, tell
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.looks import Parts
    from console.overview import Overview
    from store.domain.errors import Refusal

_WHY: Final[Mapping[str, str]] = {
    "all_open": N_("Nothing is open: every order has left the desk."),
    "unassigned": N_("Every open order has a technician."),
    "not_accepted": N_("Every technician has accepted what was given out."),
    "at_risk": N_("No deadline is near."),
    "overdue": N_("Nothing is late."),
    "in_progress": N_("Nobody is at work on an order now."),
    "waiting": N_("No order waits for anything."),
    "waiting_expired": N_("No wait has run out."),
    "follow_ups_due": N_("No customer expects a call yet."),
    "nobody_following": N_("Somebody follows every order."),
    "to_close": N_("Nothing is done and still to be closed."),
}
"""What it means when nothing stands in a queue."""


def why_shut(refusal: Refusal, address: str, *, key: str) -> tuple[Parts, ...]:
    """Why there is no board at all: the store, where it was sought, and what happens next."""
    hint = _("It is tried again every few seconds; {key} leaves.").format(key=key)
    said = ((tell(refusal), "overdue"), (address, "strong"), (hint, "muted"))
    return ((), *(((f"  {line}", tone),) for line, tone in said if line))


def why_empty(
    queue: str | None, overview: Overview | None, *, key: Callable[[str], str]
) -> tuple[Parts, ...]:
    """A sentence for an empty queue, or a list of none, and the keys that lead somewhere."""
    if overview is None:
        return ((),)
    if queue is None:
        why = _("No order fits.")
        hint = _("{filter} looks again, {filter}{filter} at all orders; Esc shows the whole list.")
        hint = hint.format(filter=key("filter"))
        return ((), ((f"  {why}", "strong"),), ((f"  {hint}", "muted"),))
    if overview.empty:
        why = _("No order was ever written down here.")
        hint = _("{new} writes the first one down; {begin} offers a sample or a file of orders.")
        hint = hint.format(new=key("new"), begin=key("begin"))
    else:
        why = _(_WHY[queue])
        hint = _hint(overview.counts.get("all_open", 0), key)
    return ((), ((f"  {why}", "strong"),), ((f"  {hint}", "muted"),))


def _hint(count: int, key: Callable[[str], str]) -> str:
    """Where to go on: to what is open, else to a new order or to an old one."""
    if not count:
        said = _("{new} writes a new one down; {filter}{filter} finds those that are closed.")
        return said.format(new=key("new"), filter=key("filter"))
    said = _n(
        "1 shows the only open order; {new} writes a new one down.",
        "1 shows all {count} open orders; {new} writes a new one down.",
        count,
    )
    return said.format(count=count, new=key("new"))
