"""Rows of the board: from an order's line to cells; pure, the clock an argument."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.i18n import _
from console.render_automatic import proposed_cell
from console.render_time import span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.lifecycle import STATES, Category, State
from store.domain.targets import ClockKind
from store.domain.words import N_
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.queries.board import BoardLine

CLOCK_SIGNS: Final[Mapping[ClockKind, str]] = {
    ClockKind.RESPOND: N_("resp"),
    ClockKind.ARRIVE: N_("arr"),
    ClockKind.RESOLVE: N_("fix"),
    ClockKind.NEXT_UPDATE: N_("news"),
}
"""Which promise a countdown counts to, in four cells."""

WAKE, CALL, APPOINTED = N_("wake"), N_("call"), N_("appt")
_TONES: Final[Mapping[State, str]] = {
    State.NEW: "strong",
    State.DECLINED: "overdue",
    State.REOPENED: "strong",
    State.ON_SITE: "good",
    State.WAITING: "muted",
    State.DONE: "good",
    State.VERIFIED: "good",
    State.CLOSED: "muted",
    State.CANCELLED: "muted",
    State.DUPLICATE: "muted",
}
_COUNTED: Final = 9
SHELVED: Final = "="
"""How an alarm on the shelf is marked, here and wherever alarms are listed."""

LATE: Final = "-"
"""How what is late is marked that no loud alarm stands for."""
AWAY: Final = "x"
"""How one of a crew is marked who is not there when its work begins, as in the list of people."""
LOCKED: Final = "&"
"""How an order is marked that is locked to whoever has it."""

_RINGS_BADLY: Final = 2
"""Alarms at least this bad mark the row, whatever queue it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow(Row):
    """A row that remembers the line it was made of: what the operator sees is what he changes."""

    line: BoardLine


def board_columns(sort: str = "", *, descending: bool = False) -> tuple[Column, ...]:
    """The columns of a queue, in the operator's language; which are shown follows from the room.

    The one that the list is sorted by says which way.
    """
    columns = _columns()
    if not sort:
        return columns
    sign = "v" if descending else "^"
    return tuple(
        replace(column, title=f"{column.title}{sign}") if column.name == sort else column
        for column in columns
    )


def _widest_state() -> int:
    return 2 + max(cell_len(_(spec.label)) for spec in STATES.values())


def _columns() -> tuple[Column, ...]:
    return (
        Column(name="state", title=_("state"), width=_widest_state()),
        Column(name="number", title=_("no."), width=6, align="right"),
        Column(name="priority", title=_("P"), width=3),
        Column(name="left", title=_("left"), width=6, align="right", clock=True),
        Column(name="clock", title=_("for"), width=4),
        Column(name="title", title=_("title"), width=16, flexible=True),
        Column(name="site", title=_("site"), width=7, flexible=True, since=74),
        Column(name="customer", title=_("customer"), width=14, since=125, roomy=24),
        Column(name="technician", title=_("technician"), width=10, roomy=20),
        Column(name="since", title=_("since"), width=5, align="right", since=92),
    )


def board_row(line: BoardLine, *, at: datetime, queue: str, alarms: bool = True) -> OrderRow:
    """One line of a queue; without `alarms` it is not known what rings for the order."""
    due_at, clock = countdown(line, queue)
    cells = (
        state_cell(line.state),
        str(line.number),
        priority_cell(line, late=alarms and due_at is not None and due_at < at),
        clock,
        title_cell(line),
        line.site_name or "",
        line.customer_name or "",
        technician_cell(line),
        span(at - line.state_since),
    )
    still = _("paused") if due_at is None and line.category is Category.WAITING else ""
    return OrderRow(
        key=line.number,
        version=hash((cells, due_at, still)),
        mark=(line.key.at, line.key.number),
        cells=cells,
        due_at=due_at,
        still=still,
        pressing=line.priority == 1,
        line=line,
    )


def line_looks(line: BoardLine, at: datetime) -> object:
    """What time makes of a line's row: equal for two instants at which it looks the same."""
    dues = (line.next_deadline, line.wake_at, line.follow_at)
    return span(at - line.state_since), *(due is not None and due < at for due in dues)


def countdown(line: BoardLine, queue: str) -> tuple[datetime | None, str]:
    """What the row counts down to, and which clock that is: what the queue is sorted by."""
    by = QUEUES[queue].order if queue in QUEUES else "rank_at"
    ends: list[tuple[datetime, str]] = []
    if by != "follow_at" and line.next_deadline is not None and line.next_clock is not None:
        ends.append((line.next_deadline, clock_sign(line.next_clock, appointed=line.appointed)))
    if by == "rank_at" and line.state is State.WAITING and line.wake_at is not None:
        ends.append((line.wake_at, WAKE))
    at_work = line.category in {Category.OPEN, Category.WAITING}
    if line.follow_at is not None and (by == "follow_at" or (by == "rank_at" and at_work)):
        ends.append((line.follow_at, CALL))
    if not ends:
        return None, ""
    first, sign = min(ends, key=itemgetter(0))
    return first, _(sign)


def clock_sign(clock: ClockKind, *, appointed: bool) -> str:
    """Which promise it is, in four cells of the catalogue's."""
    return APPOINTED if appointed and clock is ClockKind.ARRIVE else CLOCK_SIGNS[clock]


def state_cell(state: State) -> str | Tinted:
    """The state's sign, which does not change with the language, and its name."""
    spec = STATES[state]
    text = f"{spec.sign} {_(spec.label)}"
    return Tinted(text, _TONES[state]) if state in _TONES else text


def priority_cell(line: BoardLine, *, late: bool = False) -> str | Tinted:
    """The priority, and a sign where an alarm stands: `!` rings, `*` acknowledged, `=` shelved.

    What is late though no loud alarm stands has a sign there, too: `-`, as before its time.
    """
    text = f"P{line.priority}"
    if line.severity is None or line.severity > _RINGS_BADLY:
        return Tinted(f"{text}{LATE}", "overdue") if late else text
    if line.shelved:
        return f"{text}{SHELVED}"
    return f"{text}*" if line.acknowledged else Tinted(f"{text}!", "overdue")


def title_cell(line: BoardLine) -> str | Tinted:
    """What is wrong; before it that it is a major incident, how often it was chased, and waived."""
    title = line.title
    if line.waiver is not None:
        title = _("waiver #{id}: {title}").format(id=line.waiver, title=title)
    asked = f"{chased_sign(line.chased)} {title}" if line.chased else title
    return Tinted(f"!! {asked}", "overdue") if line.incident else asked


def chased_sign(count: int) -> str:
    """That the customer asks where we are, and how often he did, in few cells."""
    return _("?{count}").format(count=count if count <= _COUNTED else f"{_COUNTED}+")


def crew_names(line: BoardLine) -> str:
    """All who have an order; before them how many of its crew are there, what is lacking behind."""
    names = [f"{AWAY} {name}" if code in line.away else name for code, name in line.hands_on]
    if not names:
        return ""
    whole = "+".join(sorted(names, key=lambda name: not name.startswith(f"{AWAY} ")))
    whole += "+?" * line.missing
    return whole if line.crew == 1 else f"{line.hands_there}/{line.crew} {whole}"


def technician_cell(line: BoardLine) -> str | Tinted:
    """Who has it and whether he is to keep it, or whom the desk proposes; nobody is said aloud."""
    name = crew_names(line)
    if name and line.locked:
        return f"{LOCKED}{name}"
    if line.nominee is not None:
        return proposed_cell(line.nominee, name)
    if name:
        return name if line.crew <= line.hands_there else Tinted(name, "soon")
    if not STATES[line.state].orphan:
        return ""
    nobody = _("nobody") if line.crew == 1 else f"{_('nobody')} x{line.crew}"
    return Tinted(nobody, "muted")
