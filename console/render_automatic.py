"""Automatic dispatch in words: its modes, whom the desk proposes, and what spoke for him; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from console.i18n import _, _n, coded
from console.render_time import here, span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.dispatch.automatic import MODE_WORDS, QUEUE_WORDS, WHY_WORDS, Mode, Why
from store.domain.lifecycle import VisitState
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.domain.dispatch.automatic import Setting
    from store.queries.automatic import AutomaticLine
    from store.queries.board import Nominee
    from store.queries.card import Card, TraceEntry
    from store.queries.people import Named

HEADS: Final = (*(N_("orders of"), N_("P"), N_("mode"), N_("margin"), N_("to accept"), N_("open")),)
"""The columns of the settings."""

EXPLAINED: Final[Mapping[Mode, str]] = {
    Mode.OFF: N_("the desk does nothing by itself"),
    Mode.PROPOSE: N_("the desk proposes somebody for each order that nobody has; one key sends"),
    Mode.ACT: N_(
        "the desk sends the best by itself where he beats the next one by the margin (minutes of"
        " cost), the order is in time and no other of the first priority becomes late; else it"
        " asks. Who does not accept in time loses the order to the next one"
    ),
}
"""What the modes mean."""
SENT_LATELY: Final = "auto<1d"
"""The filter for what the desk has sent somebody to by itself within a day."""
SENT: Final = "chosen"
"""The fact that the desk itself sent somebody."""
_CAME_TO_NOTHING: Final = frozenset(
    {VisitState.DECLINED, VisitState.WITHDRAWN, VisitState.RECALLED}
)
SIGN, ASKS = "?", "?!"
"""Before whom the desk proposes, and where it asks for a decision."""


def setting_cells(line: AutomaticLine) -> tuple[str, ...]:
    """One setting as a row of a list."""
    one = line.setting
    figures = ("", "") if one.mode is Mode.OFF else (_minutes(one.margin), _minutes_of(one))
    count = "" if line.open_orders is None else str(line.open_orders)
    return (queue_said(one), _priority(one), _(MODE_WORDS[one.mode]), *figures, count)


def setting_plain(line: AutomaticLine) -> dict[str, object]:
    """The same for a script."""
    one = line.setting
    return {
        "queue": one.queue,
        "view": one.view,
        "priority": one.priority or None,
        "mode": one.mode.value,
        "margin": one.margin,
        "accept_s": one.accept_s,
        "version": line.version,
        "open_orders": line.open_orders,
    }


def queue_said(one: Setting) -> str:
    """The orders that a setting is for."""
    if one.view:
        return _("view {name}").format(name=one.queue)
    return _(QUEUE_WORDS.get(one.queue, one.queue))


def setting_columns() -> tuple[Column, ...]:
    """The columns of the screen, in the operator's language."""
    queue, priority, mode, margin, accept, count = (_(head) for head in HEADS)
    return (
        Column(name="queue", title=queue, width=16, flexible=True),
        Column(name="priority", title=priority, width=6),
        Column(name="mode", title=mode, width=8),
        Column(name="margin", title=margin, width=8, align="right"),
        Column(name="accept", title=accept, width=9, align="right"),
        Column(name="open", title=count, width=6, align="right"),
    )


def setting_row(line: AutomaticLine, place: int) -> Row:
    """One setting on the screen."""
    cells = setting_cells(line)
    return Row(key=line.id, version=hash(cells), mark=(place,), cells=cells)


def explained() -> Iterator[tuple[str, str]]:
    """Each mode with what it means."""
    for mode, text in EXPLAINED.items():
        yield _(MODE_WORDS[mode]), _(text)


def sent_said(count: int | None) -> str:
    """To how many orders the desk has sent somebody by itself within a day; None for very many."""
    if count is None:
        return _("sent by the desk itself within a day: very many orders")
    said = _n(
        "sent by the desk itself within a day: {count} order",
        "sent by the desk itself within a day: {count} orders",
        count,
    )
    return said.format(count=count)


def _priority(one: Setting) -> str:
    return f"P{one.priority}" if one.priority else _("all")


def _minutes(count: int) -> str:
    return _("{count} min").format(count=count)


def _minutes_of(one: Setting) -> str:
    return _minutes(one.accept_s // 60)


# -- whom the desk proposes ------------------------------------------------------------------


def proposed_cell(nominee: Nominee, holder: str | None) -> Tinted:
    """Whom the desk proposes; of an order that somebody has, that it proposes another one."""
    sign = ASKS if nominee.why else SIGN
    return Tinted(f"{holder} {sign}" if holder else f"{sign} {nominee.name}", "soon")


def proposed_lines(nominee: Nominee, zone: tzinfo | None, *, at: datetime) -> Iterator[Parts]:
    """When he is there and what is left of the promise; why the desk asks."""
    said = []
    if not nominee.has_it:
        said.append(_("proposed: {name}").format(name=nominee.name))
    if nominee.arrive_at is not None:
        then = here(max(nominee.arrive_at, at), zone)
        form = "%H:%M" if then.date() == here(at, zone).date() else "%m-%d %H:%M"
        said.append(_("there {time}").format(time=then.strftime(form)))
    if nominee.left_s is not None:
        said.append(left_said(nominee.left_s))
    if said:
        yield ((_(", ").join(said), "soon"),)
    if nominee.why:
        yield ((_("your decision: {why}").format(why=why_said(nominee.why)), "soon"),)


def nominee_said(nominee: Nominee) -> str:
    """Whom the desk proposes, and why it asks, on one line."""
    asks = _("your decision: {why}").format(why=why_said(nominee.why)) if nominee.why else ""
    named = "" if nominee.has_it else coded(nominee.name, nominee.code)
    return _("; ").join(filter(None, (named, asks)))


def left_said(seconds: float) -> str:
    """What is left of the promise."""
    if seconds < 0:
        return _("{span} late").format(span=span(timedelta(seconds=-seconds)))
    return _("{span} left").format(span=span(timedelta(seconds=seconds)))


def why_said(why: str) -> str:
    """Why the desk asks; a reason of later programs as it is."""
    return _(WHY_WORDS[Why(why)]) if why in frozenset(Why) else why


def sent_lines(
    card: Card, trace: Iterable[TraceEntry], zone: tzinfo | None, *, at: datetime
) -> Iterator[Parts]:
    """That the desk itself sent who has the order, or did it, and what spoke for him."""
    went = {
        (one.technician, one.assigned_at)
        for one in card.order.visits
        if one.state not in _CAME_TO_NOTHING
    }
    for entry in trace:
        if entry.fact != SENT or (entry.body.get("technician"), entry.at) not in went:
            continue
        then = here(entry.at, zone)
        form = "%H:%M" if then.date() == here(at, zone).date() else "%m-%d %H:%M"
        said = _("sent by the desk {when}").format(when=then.strftime(form))
        # the parts of the cost stand in the trace: this is to be read at a glance
        known = {name: body for name, body in entry.body.items() if name != "cost"}
        why = _(", ").join(reasons_said(known, card.technicians))
        yield ((_("{what}: {about}").format(what=said, about=why) if why else said, "soon"),)


def reasons_said(body: Mapping[str, Any], people: Mapping[int, Named]) -> list[str]:
    """What an entry of the journal tells of a choice: its cost, the next one, why it is asked."""
    from store.domain.dispatch.score import PARTS  # most desks never ask

    said = []
    cost, parts = body.get("cost"), body.get("parts")
    if isinstance(cost, (int, float)) and isinstance(parts, dict):
        told = _(", ").join(
            f"{_(PARTS[name])} {value:.0f}"
            for name, value in parts.items()
            if name in PARTS and isinstance(value, (int, float))
        )
        whole = _("cost {minutes}").format(minutes=round(cost))
        said.append(coded(whole, told) if told else whole)
    following, gap = people.get(body.get("next", 0)), body.get("gap")
    if following is not None and isinstance(gap, (int, float)):
        more = _("{name} would cost {more} min more")
        said.append(more.format(name=following.name, more=round(gap)))
    if isinstance(body.get("left_s"), int):
        said.append(left_said(body["left_s"]))
    instead = people.get(body.get("instead", 0))
    if instead is not None:
        said.append(_("{name} has not accepted").format(name=instead.name))
    if isinstance(body.get("why"), str):
        said.append(_("your decision: {why}").format(why=why_said(body["why"])))
    return said
